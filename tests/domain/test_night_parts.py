"""A painted row as a list of parts, and back."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.night.parts import Part, parts_of, row_of_parts
from companion.domain.night.row import LETTERS, NOTHING, empty_row
from companion.domain.night.value import NOON, DrawnRow

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY, LONG_DAY = date(2026, 11, 22), date(2026, 10, 25)


def row(*parts: tuple[str, str, str], day: date = DAY) -> DrawnRow | Refused:
    return row_of_parts(parts, day, BRUSSELS, NOON)


def told(found: object) -> list[tuple[str, str]]:
    assert isinstance(found, Refused)
    return [(reason.field, reason.code) for reason in found.reasons]


@given(st.lists(st.sampled_from(LETTERS), min_size=96, max_size=96).map("".join))
def test_parts_of_a_row_make_the_row_again(quarters: str) -> None:
    parts = parts_of(DrawnRow(quarters, time(18)))
    typed = [(str(part.first), str(part.end), part.letter) for part in parts]
    assert row_of_parts(typed, DAY, BRUSSELS, time(18)) == DrawnRow(quarters, time(18))
    assert all(set(quarters[part.first : part.end]) == {part.letter} != {NOTHING} for part in parts)


def test_what_is_not_painted_is_no_part() -> None:
    assert parts_of(empty_row(DAY, BRUSSELS)) == []
    assert parts_of(DrawnRow("..bbs.s", NOON)) == [Part(2, 4, "b"), Part(4, 5, "s"), Part(6, 7, "s")]


def test_a_part_may_fill_the_row_and_lines_with_nothing_are_nothing() -> None:
    assert row(("", "", ""), ("0", "96", "s")) == DrawnRow("s" * 96, NOON)
    assert row(("0", "100", "s"), day=LONG_DAY) == DrawnRow("s" * 100, NOON)
    assert row() == empty_row(DAY, BRUSSELS)


@pytest.mark.parametrize(
    "part",
    [("1", "", "s"), ("", "2", "s"), ("1", "2", ""), ("1", "2", "z"), ("1", "97", "s"), ("96", "97", "s"),
     ("-1", "2", "s"), ("²", "4", "s"), ("1", "0002", "s"), ("", "", "s")],
)  # fmt: skip
def test_half_a_part_is_refused(part: tuple[str, str, str]) -> None:
    assert told(row(("0", "1", "b"), part)) == [("part-1", "night_part_incomplete")]


@pytest.mark.parametrize("end", ["4", "5"])
def test_a_part_ends_after_it_begins(end: str) -> None:
    assert told(row(("5", end, "s"))) == [("part-0", "night_part_backwards")]


def test_two_parts_may_touch_and_not_overlap() -> None:
    assert not isinstance(row(("4", "8", "b"), ("8", "12", "s"), ("0", "4", "w")), Refused)
    assert told(row(("4", "8", "b"), ("7", "12", "s"), ("0", "5", "w"))) == [
        ("part-1", "night_part_overlaps"),
        ("part-2", "night_part_overlaps"),
    ]
