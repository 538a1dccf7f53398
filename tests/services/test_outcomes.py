"""How it went, from real lives in a real database; only of those who said yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.consent import KEEPING, Purpose
from companion.domain.entry import Kind
from companion.domain.outcomes import Stand
from companion.services import consent
from companion.services.join import Joined, Joining, join
from companion.services.outcomes import course_of, read_outcomes
from companion.services.plan_view import plans_of
from companion.storage import outcomes
from tests.services.lives import Life, ago


def life(house: House, *, language: str = "nl", counted: bool = True) -> Life:
    joined = join(
        house.store, Joining(f"someone {uuid4().hex[:12]}", "four quiet yellow boats", True, language), house.now()
    )
    assert isinstance(joined, Joined)
    purposes = {*KEEPING, Purpose.OUTCOMES} if counted else KEEPING
    consent.choose(house.store, joined.person, purposes, language, house.now())
    return Life(house, joined.person)


def stands(given: Life) -> dict[int, Stand]:
    with given.house.store.read() as unit:
        noted = outcomes.days_noted(unit, [given.person.id]).get(given.person.id, {})
    course = course_of(given.person, plans_of(given.house.store, given.person), noted, given.house.now())
    assert course
    return dict(course.stands)


def lower(given: Life) -> None:
    given.plan(ago(200), ("8", 100), ("6", 400))
    given.nights(range(0, 200, 20))


def stopped(given: Life) -> None:
    given.plan(ago(200), ("5", 50), ("1", 30))
    given.nights(range(0, 200, 20))


def took_again(given: Life) -> None:
    stopped(given)
    given.dose(20, "5", None)
    given.dose(110, "5", None)


def silent(given: Life) -> None:
    given.plan(ago(200), ("8", 100), ("6", 400))


def sketch_after(given: Life) -> None:
    given.plan(ago(200), ("8", 100), ("6", 400), confirmed=False)


@pytest.mark.parametrize(
    ("lived", "expected"),
    [
        (lower, [Stand.LOWER, Stand.LOWER]),
        (stopped, [Stand.STOPPED, Stand.STOPPED]),
        (took_again, [Stand.NOT_KNOWN, Stand.NOT_KNOWN]),
        (silent, [Stand.NOT_KNOWN, Stand.NOT_KNOWN]),
    ],
)
def test_where_someone_stands_after_three_and_six_months(
    house: House, lived: Callable[[Life], None], expected: Sequence[Stand]
) -> None:
    given = life(house)
    lived(given)
    assert list(stands(given).items()) == list(zip((3, 6), expected, strict=True))


def test_a_plan_that_is_a_sketch_has_not_begun(house: House) -> None:
    given = life(house)
    sketch_after(given)
    assert course_of(given.person, plans_of(house.store, given.person), {}, house.now()) is None


def test_only_those_who_said_yes_and_only_ten_or_more(house: House) -> None:
    for counted in [True] * 9 + [False] * 12:
        lower(life(house, counted=counted))
    assert read_outcomes(house.store, house.now())["languages"]["nl"]["started"] is None  # type: ignore[index]
    for _ in range(21):
        lower(life(house))
    heard: list[tuple[int, int]] = []
    found = read_outcomes(house.store, house.now(), lambda done, of: heard.append((done, of)))
    nl = found["languages"]["nl"]  # type: ignore[index]
    assert nl["started"] % 5 == 0
    assert nl["months"]["3"]["stopped"] is None
    assert found["languages"]["fr"]["started"] is None  # type: ignore[index]
    assert heard == [(30, 30)]


def test_who_withdraws_is_counted_no_more_and_loses_nothing(house: House) -> None:
    given = life(house)
    lower(given)
    consent.choose(house.store, given.person, KEEPING, "nl", house.now() + timedelta(days=1))
    with house.store.read() as unit:
        assert outcomes.said_yes(unit) == []
        assert outcomes.days_noted(unit, [given.person.id])
    assert given.note(Kind.NIGHT, ago(1), {"up": "06:40"})
