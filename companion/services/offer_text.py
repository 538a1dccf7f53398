"""Which article Today mentions, if any, and hiding one for good."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import uuid4

from companion.domain.entry import Entry, Kind
from companion.domain.instrument import Instrument
from companion.domain.moment import Days, Rule, When, long_awake, mention, rules_from
from companion.domain.person import Person
from companion.domain.plan import GoalKind
from companion.services import articles
from companion.services.bend_plan import turns_of
from companion.services.log_night import KeptNight
from companion.services.offer_lists import course_of
from companion.services.plan_view import LivePlan, first_day
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store, Unit

TURNS: Mapping[str, When] = {"back": "step_back", "stay": "stay", "hospital": "others_give"}


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule we have; raises ValueError when the content is not whole."""
    return rules_from(_content(), {known.slug for known in articles.articles("nl")})


def pages_of(instrument: Instrument) -> Mapping[str, str]:
    """The article of each item of a list, by the item; none for a list that is not ours."""
    found: Mapping[str, str] = _content()["symptoms"].get(instrument.id, {})
    return found


def mentioned(
    store: Store, person: Person, plans: Sequence[LivePlan], night: KeptNight | None, day: date, shown: str = ""
) -> Rule | None:
    """The article to mention on this day of the person. `shown`: what was mentioned on it before, "" for nothing."""
    days = days_of(plans, night, day)
    if not any(rule.fits(days, day) for rule in rules()):
        return None
    with store.read() as unit:
        kept = _set_aside(unit, person)
    if any(entry.day == day for entry in kept):
        return None
    return mention(rules(), days, day, {entry.data["text"] for entry in kept}, shown)


def set_aside(store: Store, person: Person, rule_id: str, now: datetime) -> str | None:
    """Never mention this one again, nor another one today: the id of what says so; twice is harmless.

    None for one that we do not have.
    """
    if rule_id not in {rule.id for rule in rules()}:
        return None
    with store.write(person.id) as unit:
        known = {entry.data["text"]: entry.id for entry in _set_aside(unit, person)}
        if rule_id not in known:
            entry = Entry(str(uuid4()), Kind.SET_ASIDE, person.day(now), now, {"text": rule_id})
            save_entry(unit, person, entry, now)
            return entry.id
        return known[rule_id]


def show_again(store: Store, person: Person, entry_id: str) -> bool:
    """Mention it again where it fits; twice is harmless. False when this person hid nothing under that id."""
    with store.write(person.id) as unit:
        entry = entries.get(unit, person.id, entry_id)
        if entry is None or entry.kind is not Kind.SET_ASIDE:
            return False
        entries.supersede(unit, person.id, entry_id)
    return True


def _set_aside(unit: Unit, person: Person) -> list[Entry]:
    """What stands hidden."""
    return [each for each in entries.everything(unit, person.id, Kind.SET_ASIDE) if not each.superseded]


def days_of(plans: Sequence[LivePlan], night: KeptNight | None, day: date) -> Days:
    """What happened, and on which days: in the plans that go on, as far as they stand confirmed, and last night."""
    found: dict[When, list[date]] = defaultdict(list)
    for plan in plans:
        if plan.kept.ended_on and plan.kept.ended_on <= day:
            continue
        course = course_of(plan)
        if course.first_lower and plan.stands_on(course.first_lower):
            found["first_lower_dose"].append(course.first_lower)
        if course.last_dose:
            found["first_day_without"].append(course.last_dose + timedelta(days=1))
        for turn in turns_of(plan):
            found[TURNS[turn.kind]].append(turn.first_day)
        last = plan.rows[-1] if plan.rows else None
        if last and plan.asked.goal.kind is GoalKind.REDUCE and not plan.undated and plan.stands_on(first_day(last)):
            found["lower_goal"].append(first_day(last))
    if night and long_awake(night.night.sol, night.night.waso, night.night.slept):
        found["awake_long"].append(day)
    return found


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((files("companion") / "content" / "moments.toml").read_text(encoding="utf-8"))
