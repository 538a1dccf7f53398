"""Somebody with ten years of entries in a house of their own: what the benchmarks of pages open.

3,650 nights with a note each, 260 lists, 7,300 doses and 3,650 check-ins beside a plan of 130 rows. From a fixed seed.
"""

from __future__ import annotations

import atexit
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from companion.bootstrap import House, build, migrate
from companion.domain.bending import Bend
from companion.domain.codes import Refused
from companion.domain.consent import TEXT_VERSION, Consent, Purpose
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.domain.plan_change import Why
from companion.services.bend_plan import bend_plan
from companion.services.change_plan import start_plan
from companion.services.join import Joining, join
from companion.services.plan_view import first_day, live_plans
from companion.settings import Settings
from companion.storage import entries, people, plans
from companion.web.app import create_app

NOW = datetime(2036, 11, 21, 21, 0, tzinfo=UTC)
NIGHTS = 3650
LISTS_EVERY = 14
DAY = timedelta(days=1)
NAME, PASSPHRASE = "ten-years", "seven quiet yellow boats"
ORIGIN = "http://localhost"


@dataclass(frozen=True)
class Lived:
    """The house, who lives in it, and a browser in which they are signed in."""

    house: House
    person: Person
    app: Flask
    client: FlaskClient

    def open(self, address: str) -> bytes:
        answer = self.client.get(address, base_url=ORIGIN)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        return answer.data


@contextmanager
def ten_years(nights: int = NIGHTS) -> Iterator[Lived]:
    """Build the house anew; it goes when the block ends."""
    with TemporaryDirectory() as folder:
        settings = Settings(
            instance=Path(folder),
            database_url=f"sqlite:///{Path(folder) / 'companion.db'}",
            host_name="bench",
            host_contact="bench@example.org",
        )
        house = build(settings, lambda: NOW)
        try:
            migrate(house)
            person = fill(house, nights)
            app = create_app(house)
            client = app.test_client()
            signed = {"name": NAME, "passphrase": PASSPHRASE}
            client.post("/sign-in", data=signed, base_url=ORIGIN, headers={"Origin": ORIGIN})
            yield Lived(house, person, app, client)
        finally:
            house.store.engine.dispose()


@cache
def lived() -> Lived:
    """The one that all benchmarks of a run share."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(ten_years())


def fill(house: House, nights: int = NIGHTS) -> Person:
    """A person with so many nights, and everything else over the same days."""
    joined = join(house.store, Joining(NAME, PASSPHRASE, adult=True, language="nl"), NOW)
    if isinstance(joined, Refused):
        raise SystemExit(f"the person of the benchmark: {joined.reasons}")
    person, seed = joined.person, random.Random("ten years")  # noqa: S311  # made-up data
    today = person.day(NOW)
    days = [today - back * DAY for back in range(nights - 1, -1, -1)]
    with house.store.write() as unit:
        for purpose in Purpose:
            people.add_consent(unit, person.id, Consent(purpose, TEXT_VERSION, "nl", NOW))
    plan_id = _plan(house, person, days, seed)
    made = [
        *(_night(person, day, seed) for day in days),
        *(_list(person, day, seed) for day in days[::LISTS_EVERY]),
        *(_check_in(person, day, seed) for day in days),
        *_doses(house, person, plan_id, days, seed),
    ]
    with house.store.write() as unit:
        entries.add(unit, person.id, made, NOW)
    return person


def _id(seed: random.Random) -> str:
    return str(UUID(int=seed.getrandbits(128), version=4))


def _at(person: Person, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), person.zone).astimezone(UTC)


def _plan(house: House, person: Person, days: list[date], seed: random.Random) -> str:
    """130 rows of four weeks, two moments a day, with a stay and a step back every other year."""
    plan_id = _id(seed)
    document = {
        "medicine": "diazepam",
        "products": [{"form": "made_capsule"}],
        "daily": {"morning": "13", "bedtime": "13.1"},
        "goal": {"kind": "stop"},
        "pace": {"kind": "amount", "mg": "0.2", "every_days": 28},
        "start": days[0].isoformat(),
    }
    if refused := start_plan(house.store, person, plan_id, document, _at(person, days[0], 9)):
        raise SystemExit(f"the plan of the benchmark: {refused.reasons}")
    bends = [(at, Why.STAY if place % 2 else Why.BACK) for place, at in enumerate(range(300, len(days), 365))]
    for version, (at, why) in enumerate(bends, 1):
        _confirm(house, person)
        bend = Bend(why, days[at], 14)
        if refused := bend_plan(house.store, person, plan_id, version, bend, _at(person, days[at], 20)):
            raise SystemExit(f"the plan of the benchmark: {refused.reasons}")
    _confirm(house, person)
    return plan_id


def _confirm(house: House, person: Person) -> None:
    with house.store.write() as unit:
        [plan] = live_plans(unit, person)
        until = {row.n: row.last_day or date.max for row in plan.rows}
        plans.confirm(unit, person.id, plan.id, plan.kept.version, until, NOW)


def _doses(house: House, person: Person, plan_id: str, days: list[date], seed: random.Random) -> Iterator[Entry]:
    with house.store.read() as unit:
        [plan] = live_plans(unit, person)
    hours = {"morning": 8, "bedtime": 22}
    for row in plan.rows:
        day = first_day(row)
        while day <= min(row.last_day or days[-1], days[-1]):
            for moment, dose in row.moments.items():
                at = _at(person, day, hours[moment.value], seed.randint(0, 50))
                mg = dose.mg * 2 if seed.random() < 0.02 else dose.mg
                yield _dose(plan_id, day, at, f"{mg:f}", seed, moment=moment.value)
            if seed.random() < 0.01:
                yield _dose(plan_id, day, _at(person, day, 23), "1", seed, moment=None, extra=True)
            day += DAY


def _dose(plan_id: str, day: date, at: datetime, mg: str, seed: random.Random, **more: object) -> Entry:
    data = {"plan": plan_id, "mg": mg, "taken": True, "taken_at": at.isoformat().replace("+00:00", "Z")}
    return Entry(_id(seed), Kind.DOSE, day, at, data | more)


def _night(person: Person, day: date, seed: random.Random) -> Entry:
    data = {
        "in_bed": f"22:{seed.randint(10, 50)}",
        "lights_out": f"23:{seed.randint(10, 20)}",
        "sol_min": seed.randint(10, 50),
        "awakenings": seed.randint(1, 4),
        "waso_min": seed.randint(15, 90),
        "final_wake": f"06:{seed.randint(10, 40)}",
        "up": f"07:{seed.randint(10, 40)}",
        "quality": seed.randint(1, 5),
        "rested": seed.randint(1, 5),
        "note": f"Made up, the night before {day}: lay awake a while, read, slept again.",
    }
    return Entry(_id(seed), Kind.NIGHT, day, _at(person, day, 8), data)


def _list(person: Person, day: date, seed: random.Random) -> Entry:
    answers = {str(n): int(n not in (17, 18) and seed.random() < 0.2) for n in range(1, 21)}
    data = {"instrument": "bwsq", "answers": answers, "new": "Made up.", "safety": {"seizure": "no", "suicide": "no"}}
    return Entry(_id(seed), Kind.SYMPTOMS, day, _at(person, day, 9), data)


def _check_in(person: Person, day: date, seed: random.Random) -> Entry:
    data = {"level": seed.randint(1, 5), "words": "Made up: a day like any other."}
    return Entry(_id(seed), Kind.CHECK_IN, day, _at(person, day, 18), data)
