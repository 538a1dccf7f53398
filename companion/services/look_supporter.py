"""Someone close holds the address of a link: what it shows them. Only what was chosen is read at all.

A link that ended, was stopped or never was is the same "None".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.domain.plan import Moment, MomentDose
from companion.domain.supply import on
from companion.domain.supporter import Kindness, Shows
from companion.services import consent
from companion.services.confirmed_days import confirmed_days, first_day_without
from companion.services.plan_view import LivePlan, plans_of
from companion.services.tokens import digest
from companion.storage import people, supporters
from companion.storage.supporters import Supporter
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class Shown:
    """What a link shows now. `next_step` None: not chosen, or no confirmed step has a date."""

    shows: Collection[Shows]
    quiet: bool
    next_step: date | None
    own_words: bool
    offered: Collection[Kindness] = tuple(Kindness)


def find_supporter(store: Store, token: str, now: datetime) -> Supporter | None:
    """The link of an address, when it works."""
    with store.read() as unit:
        supporter = supporters.by_digest(unit, digest(token))
    return supporter if supporter and supporter.works(now) else None


def look_supporter(store: Store, supporter: Supporter, now: datetime) -> Shown:
    """What this link shows. Nothing is noted about who looks or when."""
    with store.read() as unit:
        person = people.by_id(unit, supporter.person_id)
    if person is None:
        raise ValueError(f"link {supporter.id} has nobody")
    today = person.day(now)
    return Shown(
        shows=supporter.shows,
        quiet=Shows.QUIET_DAY in supporter.shows and supporter.quiet_on == today,
        next_step=_next_step(store, person, today) if Shows.NEXT_STEP in supporter.shows else None,
        own_words=supporter.own_words,
    )


def _next_step(store: Store, person: Person, today: date) -> date | None:
    """The first day to come on which something else begins, as far as it stands confirmed."""
    if Purpose.PLAN not in consent.standing(store, person):
        return None
    running = (plan for plan in plans_of(store, person) if not plan.kept.ended_on)
    return min((day for plan in running for day in _changes(plan) if day > today), default=None)


def _changes(plan: LivePlan) -> Iterator[date]:
    known = confirmed_days(plan)
    for stretch in known:
        before = on(known, stretch.first_day - timedelta(days=1))
        if before is None or _amounts(before.moments) != _amounts(stretch.moments):
            yield stretch.first_day
    if without := first_day_without(plan, known):
        yield without


def _amounts(moments: Mapping[Moment, MomentDose]) -> dict[Moment, Decimal]:
    return {moment: dose.mg for moment, dose in moments.items()}
