"""Lives for the history: a person with a plan of typed rows, and entries as they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from companion.bootstrap import House
from companion.domain.bending import Bend
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.domain.plan_change import Why
from companion.services.bend_plan import bend_plan
from companion.services.change_plan import start_plan
from companion.services.join import Joined, Joining, join
from companion.services.plan_view import live_plans
from companion.storage import entries, plans

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
NIGHT = {"in_bed": "22:30", "lights_out": "23:00", "sol_min": 30, "waso_min": 45, "final_wake": "06:00", "up": "06:40"}
"""The worked night of the fact sheet: 490 minutes in bed, 345 asleep, 70.4 %."""


def ago(days: int) -> date:
    return TODAY - days * DAY


@dataclass(frozen=True)
class Life:
    house: House
    person: Person

    def note(self, kind: Kind, day: date, data: Mapping[str, Any], entry_id: str = "") -> str:
        entry_id = entry_id or str(uuid4())
        at = datetime.combine(day, time(9), self.person.zone).astimezone(UTC)
        with self.house.store.write() as unit:
            entries.add(unit, self.person.id, [Entry(entry_id, kind, day, at, data)], at)
        return entry_id

    def nights(self, days: Sequence[int], **other: Any) -> None:
        for back in days:
            self.note(Kind.NIGHT, ago(back), NIGHT | other)

    def bwsq(self, back: int, *severe: int, **more: Any) -> None:
        answers = {str(n): 2 if n in severe else 0 for n in range(1, 21)}
        self.note(Kind.SYMPTOMS, ago(back), {"instrument": "bwsq", "answers": answers, "new": "", "safety": {}} | more)

    def dose(self, back: int, mg: str, plan_id: str | None, **more: Any) -> None:
        data = {"plan": plan_id, "moment": "bedtime", "mg": mg, "taken": mg != "0"}
        self.note(Kind.DOSE, ago(back), data | more)

    def plan(self, start: date, *rows: tuple[str, int], goal: str = "stop", confirmed: bool = True) -> str:
        """Made capsules at bedtime, 10 mg before, from `start`; each row its mg and days."""
        plan_id = str(uuid4())
        document = {
            "medicine": "lormetazepam",
            "products": [{"form": "made_capsule"}],
            "daily": {"bedtime": "10"},
            "goal": {"kind": goal},
            "pace": {"kind": "rows", "rows": [{"daily": {"bedtime": mg}, "days": days} for mg, days in rows]},
            "start": start.isoformat(),
        }
        begun = datetime.combine(start, time(8), self.person.zone).astimezone(UTC)
        assert start_plan(self.house.store, self.person, plan_id, document, begun) is None
        if confirmed:
            self.confirm()
        return plan_id

    def confirm(self) -> None:
        with self.house.store.write() as unit:
            for plan in live_plans(unit, self.person):
                until = {row.n: row.last_day or date.max for row in plan.rows}
                plans.confirm(unit, self.person.id, plan.id, plan.kept.version, until, plan.kept.made_at)

    def bend(self, plan_id: str, version: int, why: Why, back: int, days: int | None = None) -> None:
        at = datetime.combine(ago(back), time(20), self.person.zone).astimezone(UTC)
        assert bend_plan(self.house.store, self.person, plan_id, version, Bend(why, ago(back), days), at) is None
        self.confirm()


def new_life(house: House) -> Life:
    joined = join(house.store, Joining("alice", "seven quiet yellow boats", True, "nl"), house.now())
    assert isinstance(joined, Joined)
    return Life(house, joined.person)
