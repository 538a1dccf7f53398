"""Join with a made-up name and a passphrase; recovery codes so that a forgotten passphrase loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.person import DEFAULTS, Person, check_joining, name_key
from companion.services.passphrases import hash_passphrase
from companion.services.sign_in import start_session
from companion.services.slow_down import Visit, failed, of_join, too_soon
from companion.services.tokens import code_digest, digest, new_recovery_codes
from companion.storage import people, sessions
from companion.storage.unit_of_work import Store

NOWHERE = Visit("")


@dataclass(frozen=True)
class Joining:
    name: str
    passphrase: str
    adult: bool
    language: str
    visit: Visit = NOWHERE


@dataclass(frozen=True)
class Joined:
    person: Person
    token: str


def join(store: Store, joining: Joining, now: datetime, *, demo: bool = False) -> Joined | Refused:
    """A new person, signed in, with fresh recovery codes waiting to be read once in this session."""
    if refused := check_joining(joining.name, joining.passphrase, joining.adult):
        return refused
    person = Person(
        id=str(uuid4()),
        name=" ".join(joining.name.split()),
        language=joining.language,
        zone=ZoneInfo(DEFAULTS["zone"]),
        day_turn=time.fromisoformat(DEFAULTS["day_turn"]),
        made_at=now,
    )
    hashed = hash_passphrase(joining.passphrase)
    codes = new_recovery_codes()
    with store.write() as unit:
        counts = of_join(unit, joining.visit)
        if joining.visit != NOWHERE and (wait := too_soon(unit, counts, now)):
            return wait
        if people.by_name(unit, name_key(person.name)):
            failed(unit, counts, now)
            return Refused.because("name", "person_name_taken")
        people.add(unit, person, name_key(person.name), hashed, demo=demo)
        people.replace_codes(unit, person.id, [code_digest(code) for code in codes], now)
        token = start_session(unit, person.id, joining.visit, now)
        sessions.put_once(unit, person.id, digest(token), "\n".join(codes))
    return Joined(person, token)
