"""What is made up about somebody: for the test people and for examples. Everything comes from the seed of a life."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from companion.domain.codes import Refused
from companion.domain.confirmation import OPEN
from companion.domain.entry import Entry, Kind
from companion.domain.night import drawn_from_night, night_from_data
from companion.domain.night.row import row_text
from companion.domain.person import Person
from companion.domain.reminder import Habit
from companion.domain.reminder import Kind as Kinds
from companion.services.change_plan import start_plan
from companion.services.plan_view import first_day, live
from companion.services.set_reminders import id_of, keep_on
from companion.storage import entries, plans
from companion.storage.reminders import Reminder
from companion.storage.unit_of_work import Store

WAVES: Final = (2, 4, 6, 5, 4, 5, 3, 4, 3, 2, 3, 2, 2, 1)


@dataclass(frozen=True)
class Life:
    """Everything made up about one person."""

    person: Person
    seed: random.Random
    last: date
    now: datetime

    def id(self) -> str:
        return str(UUID(int=self.seed.getrandbits(128), version=4))

    def at(self, day: date, hour: int, minute: int) -> datetime:
        return datetime.combine(day, time(hour, minute), self.person.zone).astimezone(UTC)


def lay_plan(store: Store, life: Life, document: dict[str, Any], *, agreed_with: str, ahead: int) -> str:
    """A plan with its rows confirmed until `ahead` rows after today's."""
    plan_id = life.id()
    begun = life.at(date.fromisoformat(document["start"]), 9, 0)
    if refused := start_plan(store, life.person, plan_id, document, begun):
        raise ValueError(f"demo plan: {refused.reasons}")
    with store.write(life.person.id) as unit:
        kept = plans.get(unit, life.person.id, plan_id)
        if kept is None:
            raise ValueError("demo plan is not there")
        rows = live(kept).rows
        now = next(row.n for row in rows if first_day(row) <= life.last <= (row.last_day or OPEN))
        until = {row.n: row.last_day or OPEN for row in rows if row.n <= now + ahead}
        plans.confirm(unit, life.person.id, plan_id, 1, until, begun)
        plans.agree(unit, life.person.id, plan_id, agreed_with, begun)
    return plan_id


def note_doses(store: Store, life: Life, plan_id: str) -> None:
    with store.write(life.person.id) as unit:
        kept = plans.get(unit, life.person.id, plan_id)
        if kept is not None:
            made = [entry for row in live(kept).rows for entry in _row_doses(life, plan_id, row)]
            entries.add(unit, life.person.id, made, life.now)


def _row_doses(life: Life, plan_id: str, row: Any) -> Iterator[Entry]:
    hours = {"morning": (8, 15), "noon": (12, 30), "evening": (19, 0), "bedtime": (22, 30)}
    day = row.first_day
    while day < life.last and day <= (row.last_day or OPEN):
        for moment, dose in row.moments.items():
            if life.seed.random() > 0.04:
                hour, minute = hours[moment.value]
                at = life.at(day, hour, minute) + timedelta(minutes=life.seed.randint(-20, 25))
                data = {
                    "plan": plan_id,
                    "moment": moment.value,
                    "mg": f"{dose.mg.normalize():f}",
                    "taken": True,
                    "taken_at": at.isoformat().replace("+00:00", "Z"),
                }
                yield Entry(life.id(), Kind.DOSE, day, at, data)
        day += timedelta(days=1)


def _quarter(life: Life, hour: float, spread: int) -> str:
    minutes = round((hour * 60 + life.seed.randint(-spread, spread)) / 5) * 5 % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def note_nights(store: Store, life: Life, count: int, *, better: int) -> None:
    """`count` nights up to last night; time awake falls by about `better` minutes from first to last."""
    made = []
    for back in range(count - 1, 0, -1):
        day = life.last - timedelta(days=back)
        if life.seed.random() < 0.07:
            continue
        gained = round(better * (1 - back / count))
        data = {
            "in_bed": _quarter(life, 22.6, 30),
            "lights_out": _quarter(life, 23.3, 10),
            "sol_min": max(5, life.seed.randint(15, 55) - gained // 3),
            "awakenings": life.seed.randint(1, 4),
            "waso_min": max(0, life.seed.randint(25, 95) - gained),
            "final_wake": _quarter(life, 6.4, 35),
            "up": _quarter(life, 7.4, 15),
            "quality": life.seed.randint(2, 4),
            "rested": life.seed.randint(2, 4),
        }
        at = life.at(day, 8, 5)
        drawn = _drawn(life, day, data) if back % 5 == 3 else {}
        made.append(Entry(life.id(), Kind.NIGHT, day, at, data | drawn))
    with store.write(life.person.id) as unit:
        entries.add(unit, life.person.id, made, life.now)


def _drawn(life: Life, day: date, data: Mapping[str, object]) -> dict[str, object]:
    """The same night drawn too, with a coffee in the afternoon."""
    night = night_from_data(data, day, life.person.zone)
    row = None if isinstance(night, Refused) else drawn_from_night(night, life.person.zone)
    if row is None:
        return {}
    more: dict[str, object] = {"drawn": row_text(row), "marks": [{"kind": "coffee", "at": "15:30"}]}
    together = night_from_data({**data, **more}, day, life.person.zone)
    return {} if isinstance(together, Refused) else more


def note_lists(store: Store, life: Life, days: int, *, every: int, waves: Sequence[int] = WAVES) -> None:
    """A list every so many days, each with so many symptoms."""
    made = []
    for index, back in enumerate(range(days, 0, -every)):
        day = life.last - timedelta(days=back - 1)
        wave = waves[index % len(waves)]
        raised = set(life.seed.sample([n for n in range(1, 21) if n not in (17, 18)], wave))
        answers = {str(n): (1 if n in raised else 0) for n in range(1, 21)}
        safety = {"seizure": "no", "suicide": "no"}
        data = {"instrument": "bwsq", "answers": answers, "new": "", "safety": safety}
        made.append(Entry(life.id(), Kind.SYMPTOMS, day, life.at(day, 9, 30), data))
    with store.write(life.person.id) as unit:
        entries.add(unit, life.person.id, made, life.now)


def note_looking_back(store: Store, life: Life, days: Sequence[int]) -> None:
    """The questionnaire of every three months, so many days ago."""
    made = []
    for index, back in enumerate(days):
        day = life.last - timedelta(days=back)
        answers = {str(n): max(0, life.seed.randint(1, 3) - index) for n in range(1, 6)}
        data = {"instrument": "sds", "answers": answers, "new": "", "safety": {}}
        made.append(Entry(life.id(), Kind.SYMPTOMS, day, life.at(day, 10, 15), data))
    with store.write(life.person.id) as unit:
        entries.add(unit, life.person.id, made, life.now)


def note_check_ins(store: Store, life: Life, days: int) -> None:
    """How the days before today were, most of them."""
    made = []
    for back in range(days, 0, -1):
        day = life.last - timedelta(days=back)
        level = life.seed.randint(2, 5)
        if life.seed.random() < 0.8:
            data = {"level": level, "words": ""}
            made.append(Entry(life.id(), Kind.CHECK_IN, day, life.at(day, 18, 40), data))
    with store.write(life.person.id) as unit:
        entries.add(unit, life.person.id, made, life.now)


def turn_on_reminders(store: Store, life: Life, times: Mapping[tuple[Kinds, str], str]) -> None:
    """Reminders that are on, each day at these wall times."""
    with store.write(life.person.id) as unit:
        for (kind, key), at in times.items():
            habit = Habit(time.fromisoformat(at))
            keep_on(unit, life.person, Reminder(id_of(kind, key), kind, key, True, habit, life.now), life.now)
