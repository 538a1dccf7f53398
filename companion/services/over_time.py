"""A questionnaire over time, as a page tells it: what came and what went, list by list, and the sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from companion.domain.instrument import Change, Changed, Instrument, Sum, changes
from companion.domain.instrument.over_time import Strip, first_and_latest, strips
from companion.domain.person import Person
from companion.services import instruments
from companion.services.log_symptoms import KeptList, lists_between
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class Comparison:
    """The latest list beside an earlier one."""

    before: KeptList
    after: KeptList
    items: Sequence[Changed]

    def of(self, change: str) -> list[Changed]:
        """The items with a change ("came", "went", "stayed", "unknown", "not_there")."""
        return [each for each in self.items if each.change is Change(change)]


@dataclass(frozen=True)
class SumStrip:
    """One sum through the lists: `shown` of those that stand beside each other, `points` of every list that has it."""

    sum: Sum
    shown: Sequence[int | None]
    points: Sequence[tuple[date, int]]


@dataclass(frozen=True)
class OverTime:
    """`lists`: all that stand, oldest first. `shown`: those that stand beside each other."""

    instrument: Instrument
    lists: Sequence[KeptList]
    shown: Sequence[KeptList]
    strips: Sequence[Strip]
    sums: Sequence[SumStrip]
    since_previous: Comparison | None
    since_first: Comparison | None

    @property
    def quiet(self) -> int:
        """How many items are not shown because they were not there in any of the lists."""
        return len(self.instrument.items) - len(self.strips)

    @property
    def leaves_out(self) -> bool:
        """Whether there are lists between the first and the latest ones that are not shown."""
        return len(self.shown) < len(self.lists)


def over_time(store: Store, person: Person, instrument_id: str, today: date) -> OverTime:
    """Every list of a questionnaire up to today. Raises KeyError for one that is not there."""
    lists = lists_between(store, person, date.min, today, instrument_id)
    return beside_each_other(instruments.load(instrument_id), lists)


def beside_each_other(instrument: Instrument, lists: Sequence[KeptList]) -> OverTime:
    """Lists of one questionnaire, oldest first."""
    shown = first_and_latest(lists)
    return OverTime(
        instrument,
        lists,
        shown,
        strips(instrument, [each.answers for each in shown]),
        _sums(lists, shown),
        _compare(lists[-2], lists[-1]) if len(lists) > 1 else None,
        _compare(lists[0], lists[-1]) if len(lists) > 2 else None,
    )


def _compare(before: KeptList, after: KeptList) -> Comparison:
    return Comparison(before, after, changes(after.instrument, before.answers, after.answers))


def _sums(lists: Sequence[KeptList], shown: Sequence[KeptList]) -> list[SumStrip]:
    """Each sum of the questionnaire; none where it was never there."""
    by_list = [(each.entry.day, each.sums) for each in lists]
    here = [each.sums for each in shown]
    found = [
        SumStrip(
            each,
            [sums[place].points for sums in here],
            [(day, points) for day, sums in by_list if (points := sums[place].points) is not None],
        )
        for place, each in enumerate(lists[-1].sums if lists else ())
    ]
    return [each for each in found if each.points]
