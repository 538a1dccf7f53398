"""A forgotten passphrase: a recovery code, usable once, and a new passphrase. The diary stays as it was."""

from __future__ import annotations

from datetime import datetime

from companion.domain.codes import Refused
from companion.domain.person import Person, check_passphrase, name_key
from companion.services.passphrases import hash_passphrase
from companion.services.prove import prove
from companion.services.sign_in import SignedIn, start_session
from companion.services.slow_down import Visit, failed, of_code, too_soon
from companion.services.tokens import code_digest, digest, new_recovery_codes
from companion.storage import people, sessions, subscriptions
from companion.storage.unit_of_work import Store


def recover(store: Store, name: str, code: str, passphrase: str, visit: Visit, now: datetime) -> SignedIn | Refused:
    """Sign in with a code and set a new passphrase. Every other session ends, and other browsers get no messages.

    The new passphrase is hashed before anything is looked up: a name that nobody has takes as long."""
    if refused := check_passphrase(passphrase, name):
        return refused
    hashed = hash_passphrase(passphrase)
    with store.write() as unit:
        counts = of_code(unit, name, visit)
        if wait := too_soon(unit, counts, now):
            return wait
        found = people.by_name(unit, name_key(name))
        if found is None or not people.use_code(unit, found[0].id, code_digest(code), now):
            failed(unit, counts, now)
            return Refused.because("code", "person_code")
        person = found[0]
        people.set_passphrase_hash(unit, person.id, hashed)
        sessions.end_all(unit, person.id)
        subscriptions.remove_all(unit, person.id, but=visit.phone)
        return SignedIn(person, start_session(unit, person.id, visit, now))


def change_passphrase(
    store: Store, person: Person, old: str, new: str, visit: Visit, now: datetime
) -> SignedIn | Refused:
    """A new passphrase for someone who knows the old one. Other sessions end, and other browsers get no messages; this
    one goes on under a new token."""
    if refused := prove(store, person, old, now, field="old"):
        return refused
    if refused := check_passphrase(new, person.name):
        return refused
    hashed = hash_passphrase(new)
    with store.write() as unit:
        people.set_passphrase_hash(unit, person.id, hashed)
        sessions.end_all(unit, person.id)
        subscriptions.remove_all(unit, person.id, but=visit.phone)
        return SignedIn(person, start_session(unit, person.id, visit, now))


def make_new_codes(store: Store, person: Person, passphrase: str, token: str, now: datetime) -> Refused | None:
    """Eight fresh recovery codes, waiting to be read once; the old ones stop working."""
    if refused := prove(store, person, passphrase, now):
        return refused
    codes = new_recovery_codes()
    with store.write() as unit:
        people.replace_codes(unit, person.id, [code_digest(code) for code in codes], now)
        sessions.put_once(unit, person.id, digest(token), "\n".join(codes))
    return None


def codes_to_read(store: Store, person: Person, token: str) -> list[str]:
    """The codes made in this session that have not been put away yet."""
    with store.read() as unit:
        return sessions.get_once(unit, person.id, digest(token)).split()


def put_codes_away(store: Store, person: Person, token: str) -> None:
    with store.write() as unit:
        sessions.put_once(unit, person.id, digest(token), "")
