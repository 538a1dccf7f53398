"""Sign in with a passphrase; sign out here, there or everywhere. An unknown name answers like a wrong passphrase, as
slowly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.domain.codes import Refused
from companion.domain.person import Person, name_key
from companion.services.passphrases import verify_passphrase
from companion.services.slow_down import Visit, failed, of_sign_in, too_soon
from companion.services.tokens import digest, new_token
from companion.storage import attempts, people, sessions, subscriptions
from companion.storage.unit_of_work import Store, Unit

SESSION = timedelta(days=180)
SEEN_AGAIN = timedelta(days=1)


@dataclass(frozen=True)
class SignedIn:
    person: Person
    token: str


def start_session(unit: Unit, person_id: str, visit: Visit, now: datetime, ends: datetime | None = None) -> str:
    """A new session; returns its token, of which only the digest is stored."""
    token = new_token()
    sessions.start(unit, person_id, digest(token), now, ends or now + SESSION, visit.device[:80], visit.phone)
    return token


def sign_in(store: Store, name: str, passphrase: str, visit: Visit, now: datetime) -> SignedIn | Refused:
    """It counts as a failure until it turns out right: many at once are no way around the slowing."""
    with store.write() as unit:
        counts = of_sign_in(unit, name, visit, now)
        if wait := too_soon(unit, counts, now):
            return wait
        counted = failed(unit, counts, now)
        found = people.by_name(unit, name_key(name))
    right = verify_passphrase(found[1] if found else None, passphrase)
    if not right or found is None:
        return Refused.because("passphrase", "person_sign_in")
    with store.write() as unit:
        attempts.clear(unit, counts[0].key, counted)
        token = start_session(unit, found[0].id, visit, now)
    return SignedIn(found[0], token)


def person_of_token(store: Store, token: str, now: datetime) -> Person | None:
    """Who a session belongs to. Once a day its end moves on, so that nobody who comes back is signed out."""
    with store.read() as unit:
        found = sessions.who(unit, digest(token), now)
    if found is None:
        return None
    person, seen_at = found
    if now - seen_at >= SEEN_AGAIN:
        with store.write() as unit:
            sessions.see(unit, digest(token), now, now + SESSION)
    return person


def sign_out(store: Store, person: Person, token: str, phone: str = "") -> None:
    """This session ends, and messages do not come to this browser any more: `phone` is its name among those."""
    with store.write() as unit:
        sessions.end(unit, person.id, digest(token))
        subscriptions.remove(unit, person.id, phone)


def sign_out_there(store: Store, person: Person, session: str) -> None:
    """Another session of theirs ends, and messages do not come to that browser. Harmless when it is over already."""
    with store.write() as unit:
        for phone in sessions.phones(unit, person.id, session):
            subscriptions.remove(unit, person.id, phone)
        sessions.end(unit, person.id, session)


def gets_messages(store: Store, person: Person, token: str, phone: str) -> None:
    """The browser of this session has this name among those that get messages: they end together."""
    with store.write(person.id) as unit:
        sessions.gets_messages(unit, person.id, digest(token), phone)


def sign_out_elsewhere(store: Store, person: Person, token: str, phone: str = "") -> None:
    """Every session but this one ends, and messages come to no other browser."""
    with store.write() as unit:
        sessions.end_all(unit, person.id, but=digest(token))
        subscriptions.remove_all(unit, person.id, but=phone)


def sign_out_everywhere(store: Store, person: Person) -> None:
    with store.write() as unit:
        sessions.end_all(unit, person.id)
        subscriptions.remove_all(unit, person.id)
