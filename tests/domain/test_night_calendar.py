"""Rows of real time: what was painted, marked and taken stands in the row in which it happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from companion.domain.night.calendar import Arrow, CalendarRow, Sign, Strip, calendar_rows
from companion.domain.night.value import DrawnRow, Mark, MarkKind, Night

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = date(2026, 11, 22)
BEFORE = DAY - timedelta(days=1)
PAINTED = "." * 42 + "bb" + "w" + "s" * 15 + "uu" + "s" * 10 + "b" + "." * 23


def at(wall: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(wall), BRUSSELS).astimezone(UTC)


def rows(*nights: Night, doses: tuple[datetime, ...] = (), first: date = DAY, last: date = DAY) -> list[CalendarRow]:
    return calendar_rows(first, last, nights, doses, BRUSSELS)


def test_a_painted_night_stands_in_its_row() -> None:
    [row] = rows(Night(DAY, drawn=DrawnRow(PAINTED)))
    assert (row.wake_date, row.window.start, row.window.end) == (DAY, at("12:00", BEFORE), at("12:00"))
    assert row.strips == [
        Strip(at("22:30", BEFORE), at("23:00", BEFORE), "b"),
        Strip(at("23:00", BEFORE), at("23:15", BEFORE), "w"),
        Strip(at("23:15", BEFORE), at("03:00"), "s"),
        Strip(at("03:00"), at("03:30"), "u"),
        Strip(at("03:30"), at("06:00"), "s"),
        Strip(at("06:00"), at("06:15"), "b"),
    ]


def test_arrows_go_into_bed_and_out_for_good_and_in_between() -> None:
    [row] = rows(Night(DAY, drawn=DrawnRow(PAINTED)))
    assert row.arrows == [
        Arrow(at("22:30", BEFORE), down=True),
        Arrow(at("03:00"), down=False),
        Arrow(at("03:30"), down=True),
        Arrow(at("06:15"), down=False),
    ]


def test_time_out_of_bed_before_or_after_the_night_has_no_arrows() -> None:
    [row] = rows(Night(DAY, drawn=DrawnRow("." * 40 + "uu" + "s" * 20 + "uu" + "." * 32)))
    assert row.arrows == [Arrow(at("22:30", BEFORE), down=True), Arrow(at("03:30"), down=False)]


def test_a_night_of_nothing_and_a_night_not_told_are_empty_rows() -> None:
    for night in (Night(DAY), Night(DAY, drawn=DrawnRow("." * 96)), Night(DAY, drawn=DrawnRow("n" + "." * 95))):
        [row] = rows(night)
        assert row.arrows == []
        assert [strip.letter for strip in row.strips] in ([], ["n"])


def test_sleep_by_day_runs_over_two_rows() -> None:
    by_day = Night(DAY, drawn=DrawnRow("." * 64 + "s" * 16 + "." * 16, time(18)))
    one, two, three = rows(by_day, last=DAY + timedelta(days=2))
    assert one.strips == [Strip(at("10:00"), at("12:00"), "s")]
    assert two.strips == [Strip(at("12:00"), at("14:00"), "s")]
    assert (one.arrows, two.arrows) == ([Arrow(at("10:00"), down=True)], [Arrow(at("14:00"), down=False)])
    assert (three.wake_date, three.strips, three.arrows) == (DAY + timedelta(days=2), [], [])


def test_sleep_until_noon_is_not_in_the_next_row_but_its_arrow_is_on_both_edges() -> None:
    until_noon = Night(DAY, drawn=DrawnRow("." * 80 + "s" * 16))
    one, two = rows(until_noon, last=DAY + timedelta(days=1))
    assert (len(one.strips), two.strips) == (1, [])
    assert one.arrows[-1] == Arrow(at("12:00"), down=False) == two.arrows[0]


@pytest.mark.parametrize(
    ("marked", "signs"),
    [("22:40", ["22:30"]), ("22:45", ["22:30"]), ("22:46", ["22:30", "22:46"]), ("22:14", ["22:14", "22:30"])],
)
def test_a_dose_that_was_marked_too_stands_once(marked: str, signs: list[str]) -> None:
    medicine = Mark(MarkKind.MEDICINE, time.fromisoformat(marked))
    coffee = Mark(MarkKind.COFFEE, time(22, 31))
    night = Night(DAY, drawn=DrawnRow(PAINTED), marks=(coffee, medicine))
    [row] = rows(night, doses=(at("22:30", BEFORE), at("12:00"), at("11:59", BEFORE)))
    assert [sign.at for sign in row.signs if sign.kind is MarkKind.MEDICINE] == [at(each, BEFORE) for each in signs]
    assert Sign(at("22:31", BEFORE), MarkKind.COFFEE) in row.signs
    assert list(row.signs) == sorted(row.signs, key=lambda sign: sign.at)


@pytest.mark.parametrize(
    ("day", "quarters", "shift"),
    [
        (DAY, 96, None),
        (date(2026, 10, 25), 100, datetime(2026, 10, 25, 1, tzinfo=UTC)),
        (date(2026, 3, 29), 92, datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ],
)
def test_a_row_says_when_the_clock_changed_in_it(day: date, quarters: int, shift: datetime | None) -> None:
    [row] = rows(first=day, last=day)
    assert (row.window.quarters, row.shift) == (quarters, shift)
