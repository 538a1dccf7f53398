"""Living with a plan: stay, go on, a step back, wait, change what comes next, and undo that on the same day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from companion.domain.bending import Bend, bent, go_on_day
from companion.domain.bent_confirmation import Step, confirmed_after
from companion.domain.codes import Refused
from companion.domain.history import Turn
from companion.domain.person import Person
from companion.domain.plan import Layout, Row, RowKind
from companion.domain.plan_change import Why, code_of, reason_text
from companion.services.plan_view import PLANS, LivePlan, live, live_plans, read_and_lay_out
from companion.storage import plans
from companion.storage.plans import KeptPlan
from companion.storage.unit_of_work import Store, Unit

CHANGED_MEANWHILE = Refused.because("", "plan_changed_meanwhile")


@dataclass(frozen=True)
class Preview:
    """What would change: the plan as it is and as it would be. Nothing is kept yet."""

    bend: Bend
    before: LivePlan
    after: LivePlan
    today: date

    @property
    def coming(self) -> Sequence[Row]:
        """Every row from the day of the change on, as it would be; rows without dates last."""
        return [row for row in self.after.layout.rows if row.last_day is None or row.last_day >= self.bend.on]

    @property
    def here(self) -> Row | None:
        """The row of the day of the change, as it would be."""
        return self.after.row_on(self.bend.on)

    @property
    def last_day_before(self) -> date | None:
        row = self.before.row_on(self.today)
        return row.last_day if row else None

    @property
    def in_days(self) -> int | None:
        """How many days the end of the plan moves; None where there is no end before or after."""
        ends = self.before.layout.first_day_without, self.after.layout.first_day_without
        return (ends[1] - ends[0]).days if ends[0] and ends[1] else None


@dataclass(frozen=True)
class Choices:
    """What can be asked of a plan today; the page offers nothing else."""

    stay: bool
    open_stay: bool
    back: bool
    go_on: date | None
    hospital: bool
    home: bool
    rows: bool

    @property
    def any(self) -> bool:
        return any((self.stay, self.back, self.go_on, self.hospital, self.home, self.rows))


@lru_cache(maxsize=PLANS)
def choices_of(plan: LivePlan, today: date) -> Choices:
    """What can be asked today. Only a confirmed row is bent: a sketch is read first."""
    if plan.kept.ended_on:
        return Choices(False, False, False, None, False, False, False)
    if plan.waits_on(today):
        return Choices(False, False, False, None, False, True, False)
    row = plan.in_force(today)
    open_stay = row is not None and plan.stays_open(today)
    return Choices(
        stay=row is not None and row.last_day is not None,
        open_stay=open_stay,
        back=row is not None and _back_is_higher(plan, row, today),
        go_on=go_on_day(plan.kept.document, plan.layout, today) if open_stay else None,
        hospital=row is not None,
        home=False,
        rows=plan.row_on(today) is not None or today < plan.asked.start,
    )


def _back_is_higher(plan: LivePlan, row: Row, today: date) -> bool:
    """Whether there is a step to go back to: one with more than the dose of today."""
    document = bent(plan.kept.document, Bend(Why.BACK, today, 1), today, plan.waits_on(today))
    laid = document if isinstance(document, Refused) else read_and_lay_out(document)
    there = None if isinstance(laid, Refused) else laid[1].row_on(today)
    return there is not None and there.daily_mg > row.daily_mg


def _after(plan: LivePlan, document: Mapping[str, Any]) -> LivePlan | Refused:
    laid = read_and_lay_out(document)
    return laid if isinstance(laid, Refused) else LivePlan(replace(plan.kept, document=document), *laid)


def preview(plan: LivePlan, bend: Bend, today: date) -> Preview | Refused:
    """The plan as it would be, with what would stand confirmed."""
    document = bent(plan.kept.document, bend, today, plan.waits_on(today))
    if isinstance(document, Refused):
        return document
    after = _after(plan, document)
    if isinstance(after, Refused):
        return after
    until = confirmed_after(_steps(plan.layout), plan.kept.until, _steps(after.layout), bend.why, bend.on)
    reasons = (*plan.kept.reasons, reason_of(bend))
    return Preview(bend, plan, replace(after, kept=replace(after.kept, until=until, reasons=reasons)), today)


def reason_of(bend: Bend) -> str:
    if bend.why is Why.HOSPITAL:
        return reason_text(bend.why, bend.on, bend.on + timedelta(days=bend.days - 1) if bend.days else None)
    return reason_text(bend.why, bend.on) if bend.why is Why.HOME else bend.why.value


def _steps(layout: Layout) -> list[Step]:
    return [
        Step(row.n, row.first_day, row.last_day, {moment.value: dose.mg for moment, dose in row.moments.items()})
        for row in layout.rows
    ]


def bend_plan(store: Store, person: Person, plan_id: str, seen: int, bend: Bend, now: datetime) -> Refused | None:
    """Do what the preview told, where the plan is still the version seen."""
    with store.write(person.id) as unit:
        kept = plans.get(unit, person.id, plan_id)
        if kept is None or kept.version != seen or kept.ended_on:
            return CHANGED_MEANWHILE
        return bend_kept(unit, person, kept, bend, person.day(now), now)


def bend_kept(unit: Unit, person: Person, kept: KeptPlan, bend: Bend, asked_on: date, now: datetime) -> Refused | None:
    """The next version of a plan that is still the version seen, as it was asked on a day of the person."""
    found = preview(live(kept), bend, asked_on)
    if isinstance(found, Refused):
        return found
    after = found.after.kept
    plans.change(unit, person.id, kept.id, kept.version, after.document, after.until, reason_of(bend), now)
    return None


# Undo on the same day


BY_HAND = {"row", "row added", "row removed", "row split", "row moved"}
"""Reasons of versions whose rows were changed one by one."""


def undoable(plan: LivePlan, person: Person, today: date) -> bool:
    """Whether the last change of the plan was made today and can be taken back."""
    undo = {*Why} - {Why.UNDONE} | BY_HAND
    return code_of(plan.kept.reason) in undo and person.day(plan.kept.made_at) == today and not plan.kept.ended_on


def undo_bend(store: Store, person: Person, plan_id: str, seen: int, now: datetime) -> Refused | None:
    """The version before, again, as the next version: both stay to be read."""
    with store.write(person.id) as unit:
        versions = plans.versions(unit, person.id, plan_id)
        if len(versions) < 2 or versions[-1].version != seen:
            return CHANGED_MEANWHILE
        last, before = versions[-1], versions[-2]
        if not undoable(live(last), person, person.day(now)):
            return CHANGED_MEANWHILE
        plans.change(unit, person.id, plan_id, seen, before.document, before.until, Why.UNDONE.value, now)
    return None


# Reading what changed


def versions_of(store: Store, person: Person, plan_id: str) -> list[KeptPlan]:
    """Every version, newest first; empty when there is no such plan."""
    with store.read() as unit:
        return plans.versions(unit, person.id, plan_id)[::-1]


def undated_days(plan: LivePlan, today: date) -> Mapping[int, int | None]:
    """How many days each row without dates is planned to last, by its number; None: it stays open."""
    day = go_on_day(plan.kept.document, plan.layout, today) if plan.undated else None
    if day is None:
        return {}
    tried = preview(plan, Bend(Why.GO_ON, day), today)
    if isinstance(tried, Refused):
        return {}
    dated = tried.after.rows[-len(plan.undated) :]
    lengths = [(row.last_day - row.first_day).days + 1 if row.last_day and row.first_day else None for row in dated]
    return {row.n: days for row, days in zip(plan.undated, lengths, strict=True)}


# What one looks back on


def turns_of(plan: LivePlan) -> list[Turn]:
    """Stays, steps back and waits of a plan, in the order of their days; results, all of them."""
    waits = [Turn("hospital", wait.first_day, wait.last_day) for wait in plan.waits]
    backs = [
        Turn("back", row.first_day, row.last_day) for row in plan.rows if row.kind is RowKind.BACK and row.first_day
    ]
    starts = {wait.first_day for wait in plan.waits}
    stays = []
    for event in plan.kept.document.get("events", []):
        day = date.fromisoformat(event["on"])
        row = plan.row_on(day)
        if event["kind"] == "stay" and day not in starts and row and (row.last_day or plan.stays_open(day)):
            stays.append(Turn("stay", day, row.last_day))
    once = {(turn.kind, turn.last_day): turn for turn in sorted(stays, key=lambda turn: turn.first_day, reverse=True)}
    return sorted([*once.values(), *backs, *waits], key=lambda turn: turn.first_day)


def plans_with_choices(store: Store, person: Person, today: date) -> list[tuple[LivePlan, Choices]]:
    with store.read() as unit:
        return [(plan, choices_of(plan, today)) for plan in live_plans(unit, person)]
