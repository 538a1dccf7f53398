"""Guessing is slowed, and nobody can be locked out by it (docs/adr/0012-getting-in.md).

Each try that fails is counted for an hour, under keyed digests: after some free ones the next must wait 1, 2, 4 …
seconds since the last, never longer than said here. An unknown name is counted and slowed like any other.

- A browser in which this person signed in before has a count of its own: nobody else can make it wait.
- Someone else's failures for a name do not slow the first try from a network where nothing failed.
- Recovery codes (80 random bits) are counted by name and network together: no other network can make them wait.
- Passkeys cannot be guessed and are never slowed.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from companion.domain.codes import Refused
from companion.domain.person import Person, name_key
from companion.storage import attempts
from companion.storage.unit_of_work import Store, Unit

WINDOW: Final = timedelta(hours=1)
HALF_A_MINUTE: Final = timedelta(seconds=30)
FIVE_MINUTES: Final = timedelta(minutes=5)
FIRST_TRIES: Final = 100
"""Failed first tries for one name, each from another network, after which first tries wait too: that is no person."""


@dataclass(frozen=True)
class Count:
    """Failures under a key: `free` of them cost nothing, after which the next waits, at most so long."""

    key: str
    free: int = 5
    longest: timedelta = HALF_A_MINUTE


@dataclass(frozen=True)
class Visit:
    """Where a try comes from: its network address, the words for its browser, what that browser was given when somebody
    signed in there (`known_browser`), and its name among those that get messages."""

    address: str
    device: str = ""
    known: str = ""
    phone: str = ""


def known_browser(store: Store, person: Person) -> str:
    """For a browser to keep, from now on known for this person."""
    fresh = secrets.token_hex(16)
    with store.read() as unit:
        return f"{fresh}.{_known_mark(unit, fresh, person.name)}"


def _known_mark(unit: Unit, fresh: str, name: str) -> str:
    return unit.seal.mark(f"known {fresh} {name_key(name)}")


def _is_known(unit: Unit, known: str, name: str) -> bool:
    fresh, _, mark = known.partition(".")
    return hmac.compare_digest(mark.encode(), _known_mark(unit, fresh, name).encode())


def network(address: str) -> str:
    """What counts as one address: of IPv6 the 64 bits that one household has (RFC 6177)."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def of_sign_in(unit: Unit, name: str, visit: Visit, now: datetime) -> Sequence[Count]:
    """The counts of a try with a passphrase. It is always a failure of the name; see above when that makes it wait."""
    if _is_known(unit, visit.known, name):
        return [Count(unit.seal.mark("known " + visit.known))]
    here = _of_address(unit, visit)
    by_name = Count(unit.seal.mark("name " + name_key(name)))
    if attempts.since(unit, here.key, now - WINDOW):
        return [by_name, here]
    firsts = Count(unit.seal.mark("first " + name_key(name)), FIRST_TRIES)
    many = len(attempts.since(unit, firsts.key, now - WINDOW)) >= FIRST_TRIES
    return [by_name, firsts, here] if many else [Count(by_name.key, free=10**9), firsts, here]


def of_code(unit: Unit, name: str, visit: Visit) -> Sequence[Count]:
    """The counts of a try with a recovery code."""
    if _is_known(unit, visit.known, name):
        return [Count(unit.seal.mark("known code " + visit.known))]
    return [Count(unit.seal.mark(f"code {name_key(name)} {network(visit.address)}")), _of_address(unit, visit)]


def of_join(unit: Unit, visit: Visit) -> Sequence[Count]:
    """Joining with a name that is taken: how somebody would look for names."""
    return [Count(unit.seal.mark("join " + network(visit.address)), free=10)]


def of_example(unit: Unit, visit: Visit) -> Sequence[Count]:
    """Looking around with an example. None of these fails; so few an hour that one network cannot take all of them."""
    return [Count(unit.seal.mark("example " + network(visit.address)), free=6, longest=FIVE_MINUTES)]


def of_owner(unit: Unit, person: Person) -> Sequence[Count]:
    """Asking someone who is signed in for their passphrase again."""
    return [Count(unit.seal.mark("owner " + person.id))]


def _of_address(unit: Unit, visit: Visit) -> Count:
    return Count(unit.seal.mark("address " + network(visit.address)), free=20)


def too_soon(unit: Unit, counts: Sequence[Count], now: datetime) -> Refused | None:
    """How long the next try still has to wait; None when it may be tried now."""
    wait = timedelta()
    for count in counts:
        tries = attempts.since(unit, count.key, now - WINDOW)
        if len(tries) >= count.free:
            pause = min(timedelta(seconds=2 ** min(len(tries) - count.free, 20)), count.longest)
            wait = max(wait, tries[-1] + pause - now)
    if wait <= timedelta():
        return None
    return Refused.because("", "person_wait", seconds=str(max(1, round(wait.total_seconds()))))


def failed(unit: Unit, counts: Sequence[Count], now: datetime) -> list[str]:
    """Count a failure. Returns what takes it back."""
    return [attempts.add(unit, count.key, now) for count in counts]
