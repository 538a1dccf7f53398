"""A plan as capsules: every confirmed day once, sums exact."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.capsules import OPEN_DAYS, capsule_lines, capsules_in_all
from companion.domain.confirmation import OPEN
from companion.domain.plan import Moment
from companion.domain.plan.layout import MomentDose
from companion.domain.supply import Stretch

FIRST = date(2026, 11, 21)
AMOUNTS = st.integers(1, 40_000).map(lambda thousandths: Decimal(thousandths) / 1000)
DOSES = st.dictionaries(st.sampled_from(Moment), AMOUNTS, min_size=1)


@st.composite
def stretches(draw: st.DrawFn) -> list[Stretch]:
    """Some stretches one after the other; the last one may have no end."""
    found, day = [], FIRST
    for n, length in enumerate(draw(st.lists(st.integers(1, 90), max_size=6)), 1):
        doses = {moment: MomentDose(mg, ()) for moment, mg in sorted(draw(DOSES).items(), key=lambda each: each[0])}
        last = day + timedelta(days=length - 1)
        found.append(Stretch(n, day, last, doses))
        day = last + timedelta(days=1)
    if found and draw(st.booleans()):
        last_one = found.pop()
        found.append(Stretch(last_one.n, last_one.first_day, OPEN, last_one.moments))
    return found


@given(stretches())
def test_the_capsules_hold_exactly_what_is_taken_on_the_days_with_an_end(known: list[Stretch]) -> None:
    count, total = capsules_in_all(capsule_lines(known))
    ended = [each for each in known if each.last_day != OPEN]
    assert count == sum(each.days * len(each.moments) for each in ended)
    assert total == sum((dose.mg * each.days for each in ended for dose in each.moments.values()), Decimal(0))


@given(stretches())
def test_each_dose_of_each_stretch_is_a_line_with_a_capsule_a_day(known: list[Stretch]) -> None:
    lines = capsule_lines(reversed(known))
    assert [(line.n, line.moment, line.mg) for line in lines] == [
        (each.n, moment, dose.mg) for each in known for moment, dose in each.moments.items()
    ]
    for line in lines:
        days = (line.last_day - line.first_day).days + 1 if line.last_day else OPEN_DAYS
        assert (line.days, line.count, line.total_mg) == (days, days, line.mg * days)


def test_a_step_without_an_end_is_counted_by_thirty_days_and_not_in_the_total() -> None:
    doses = {Moment.BEDTIME: MomentDose(Decimal("0.5"), ())}
    lines = capsule_lines([Stretch(1, FIRST, FIRST, doses), Stretch(2, FIRST + timedelta(days=1), OPEN, doses)])
    assert [(line.days, line.count, line.total_mg) for line in lines] == [(1, 1, Decimal("0.5")), (30, 30, 15)]
    assert capsules_in_all(lines) == (1, Decimal("0.5"))


def test_nothing_confirmed_is_no_capsule() -> None:
    assert capsule_lines([]) == []
    assert capsules_in_all([]) == (0, Decimal(0))
