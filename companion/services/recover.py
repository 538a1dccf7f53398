"""A forgotten passphrase: a recovery code, usable once, and a new passphrase. The diary stays as it was."""

from __future__ import annotations

from datetime import datetime

from companion.domain.codes import Refused
from companion.domain.person import Person, check_passphrase, name_key
from companion.services.passphrases import hash_passphrase, verify_passphrase
from companion.services.sign_in import (
    SignedIn,
    remember_failure,
    start_session,
    too_soon,
    wait_before_trying,
)
from companion.services.tokens import code_digest, digest, new_recovery_codes
from companion.storage import people, subscriptions
from companion.storage.unit_of_work import Store


def recover(
    store: Store, name: str, code: str, passphrase: str, address: str, device: str, now: datetime, phone: str = ""
) -> SignedIn | Refused:
    """Sign in with a code and set a new passphrase. Every other session ends, and other browsers get no messages."""
    if refused := check_passphrase(passphrase, name):
        return refused
    hashed = hash_passphrase(passphrase)
    with store.write() as unit:
        if wait := wait_before_trying(unit, name, address, now):
            return too_soon(wait)
        found = people.by_name(unit, name_key(name))
        if found is None or not people.use_code(unit, found[0].id, code_digest(code), now):
            remember_failure(unit, name, address, now)
            return Refused.because("code", "person_code")
        person = found[0]
        people.set_passphrase_hash(unit, person.id, hashed)
        people.end_sessions(unit, person.id)
        subscriptions.remove_all(unit, person.id, but=phone)
        return SignedIn(person, start_session(unit, person.id, device, now))


def change_passphrase(
    store: Store, person: Person, old: str, new: str, device: str, now: datetime, phone: str = ""
) -> SignedIn | Refused:
    """A new passphrase for someone who knows the old one. Other sessions end, and other browsers get no messages; this
    one goes on under a new token."""
    with store.read() as unit:
        stored = people.passphrase_hash(unit, person.id)
    if not verify_passphrase(stored, old):
        return Refused.because("old", "person_passphrase_old")
    if refused := check_passphrase(new, person.name):
        return refused
    hashed = hash_passphrase(new)
    with store.write() as unit:
        people.set_passphrase_hash(unit, person.id, hashed)
        people.end_sessions(unit, person.id)
        subscriptions.remove_all(unit, person.id, but=phone)
        return SignedIn(person, start_session(unit, person.id, device, now))


def make_new_codes(store: Store, person: Person, passphrase: str, token: str, now: datetime) -> Refused | None:
    """Eight fresh recovery codes, waiting to be read once; the old ones stop working."""
    with store.read() as unit:
        stored = people.passphrase_hash(unit, person.id)
    if not verify_passphrase(stored, passphrase):
        return Refused.because("passphrase", "person_passphrase_old")
    codes = new_recovery_codes()
    with store.write() as unit:
        people.replace_codes(unit, person.id, [code_digest(code) for code in codes], now)
        people.put_once(unit, person.id, digest(token), "\n".join(codes))
    return None


def codes_to_read(store: Store, person: Person, token: str) -> list[str]:
    """The codes made in this session that have not been put away yet."""
    with store.read() as unit:
        return people.get_once(unit, person.id, digest(token)).split()


def put_codes_away(store: Store, person: Person, token: str) -> None:
    with store.write() as unit:
        people.put_once(unit, person.id, digest(token), "")
