"""Sign in, slowed per name and per address; sign out here or everywhere.

Slowing never locks anyone out for long: after five wrong tries for a name each next one waits, at most 30
seconds; for an address at most 15 minutes. An unknown name answers like a wrong passphrase, as slowly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.domain.codes import Refused
from companion.domain.person import Person, name_key
from companion.services.passphrases import verify_passphrase
from companion.services.tokens import digest, new_token
from companion.storage import people, subscriptions
from companion.storage.unit_of_work import Store, Unit

SESSION = timedelta(days=180)
SEEN_AGAIN = timedelta(days=1)
WINDOW = timedelta(hours=1)
FREE_TRIES = 5
LONGEST = {"name": timedelta(seconds=30), "address": timedelta(minutes=15)}


@dataclass(frozen=True)
class SignedIn:
    person: Person
    token: str


def start_session(unit: Unit, person_id: str, device: str, now: datetime) -> str:
    """A new session; returns its token, of which only the digest is stored."""
    token = new_token()
    people.open_session(unit, person_id, digest(token), now, now + SESSION, device[:80])
    return token


def _keys(unit: Unit, name: str, address: str) -> dict[str, str]:
    return {"name": unit.seal.mark("name " + name_key(name)), "address": unit.seal.mark("address " + address)}


def wait_before_trying(unit: Unit, name: str, address: str, now: datetime) -> timedelta:
    """How long the next try has to wait: nothing for the first tries, then 1, 2, 4 … seconds since the last."""
    wait = timedelta()
    for scope, key in _keys(unit, name, address).items():
        tries = people.attempts(unit, key, now - WINDOW)
        free = FREE_TRIES if scope == "name" else FREE_TRIES * 4
        if len(tries) >= free:
            pause = min(timedelta(seconds=2 ** min(len(tries) - free, 20)), LONGEST[scope])
            wait = max(wait, tries[-1] + pause - now)
    return max(wait, timedelta())


def too_soon(wait: timedelta) -> Refused:
    return Refused.because("", "person_wait", seconds=str(max(1, round(wait.total_seconds()))))


def remember_failure(unit: Unit, name: str, address: str, now: datetime) -> None:
    for key in _keys(unit, name, address).values():
        people.add_attempt(unit, key, now)


def sign_in(store: Store, name: str, passphrase: str, address: str, device: str, now: datetime) -> SignedIn | Refused:
    with store.read() as unit:
        if wait := wait_before_trying(unit, name, address, now):
            return too_soon(wait)
        found = people.by_name(unit, name_key(name))
    right = verify_passphrase(found[1] if found else None, passphrase)
    with store.write() as unit:
        if not right or found is None:
            remember_failure(unit, name, address, now)
            return Refused.because("passphrase", "person_sign_in")
        people.clear_attempts(unit, _keys(unit, name, address)["name"])
        token = start_session(unit, found[0].id, device, now)
    return SignedIn(found[0], token)


def person_of_token(store: Store, token: str, now: datetime) -> Person | None:
    """Who a session belongs to. Once a day its end moves on, so that nobody who comes back is signed out."""
    with store.read() as unit:
        found = people.of_session(unit, digest(token), now)
    if found is None:
        return None
    person, seen_at = found
    if now - seen_at >= SEEN_AGAIN:
        with store.write() as unit:
            people.see_session(unit, digest(token), now, now + SESSION)
    return person


def sign_out(store: Store, person: Person, token: str, phone: str = "") -> None:
    """This session ends, and messages do not come to this browser any more: `phone` is its name among those."""
    with store.write() as unit:
        people.end_session(unit, digest(token))
        subscriptions.remove(unit, person.id, phone)


def sign_out_everywhere(store: Store, person: Person) -> None:
    with store.write() as unit:
        people.end_sessions(unit, person.id)
        subscriptions.remove_all(unit, person.id)
