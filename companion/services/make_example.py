"""Somebody made up, for whoever looks around first: an invented name, no passphrase, five weeks of made-up data."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.consent import KEEPING, TEXT_VERSION, Consent
from companion.domain.person import DEFAULTS, Person
from companion.services.demo_life import (
    Life,
    lay_plan,
    note_check_ins,
    note_doses,
    note_lists,
    note_nights,
)
from companion.services.demo_night import keep_for_the_night
from companion.services.passphrases import NO_PASSPHRASE
from companion.services.sign_in import start_session
from companion.services.slow_down import Visit, failed, of_example, too_soon
from companion.storage import examples, people
from companion.storage.unit_of_work import Store

LASTS: Final = timedelta(days=1)
MOST: Final = 500
"""Examples at the same time."""
NAMES: Final = {"nl": "Sterre (voorbeeld)", "fr": "Céleste (exemple)"}
"""Nobody chose them, and nobody can come in with one: their keys are none that a name makes."""
NIGHTS: Final = 29


@dataclass(frozen=True)
class Example:
    person: Person
    token: str


def make_example(store: Store, language: str, visit: Visit, now: datetime) -> Example | Refused:
    """A new example, signed in until it is over. Refused while there are too many, and for who asks too often."""
    zone, turn = ZoneInfo(DEFAULTS["zone"]), time.fromisoformat(DEFAULTS["day_turn"])
    person = Person(str(uuid4()), NAMES[language], language, zone, turn, now, now + LASTS)
    with store.write() as unit:
        counts = of_example(unit, visit)
        if too_soon(unit, counts, now):
            return Refused.because("", "example_wait")
        if examples.count(unit) >= MOST:
            return Refused.because("", "example_many")
        failed(unit, counts, now)
        people.add(unit, person, f"Example {person.id}", NO_PASSPHRASE)  # a name's own key has no capitals
        for purpose in KEEPING:
            people.add_consent(unit, person.id, Consent(purpose, TEXT_VERSION, language, now))
        token = start_session(unit, person.id, visit, now, now + LASTS)
    _live(store, Life(person, random.Random(person.id), person.day(now), now))  # noqa: S311  # made-up data
    return Example(person, token)


def _live(store: Store, life: Life) -> None:
    """Five weeks of diazepam at a pace of one’s own, in the third step of nine, with nights, lists and days."""
    document: dict[str, Any] = {
        "medicine": "diazepam",
        "products": [
            {"strength": "5", "form": "tablet", "split": "halves"},
            {"strength": "2", "form": "tablet", "split": "halves"},
        ],
        "daily": {"bedtime": "10"},
        "goal": {"kind": "reduce", "target": "5"},
        "pace": {"kind": "amount", "mg": "1", "every_days": 14},
        "start": (life.last - timedelta(days=35)).isoformat(),
    }
    plan_id = lay_plan(store, life, document, agreed_with="doctor", ahead=1)
    note_doses(store, life, plan_id)
    note_nights(store, life, NIGHTS, better=20)
    note_lists(store, life, 29, every=14, waves=(5, 6, 4))
    note_check_ins(store, life, 10)
    keep_for_the_night(store, life.person, life.id, life.at(life.last - timedelta(days=5), 15, 20))
