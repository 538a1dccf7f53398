"""What a link shows, how long, and what a wrong PIN costs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.share import (
    MOST_TRIES,
    PURPOSES,
    USUAL,
    Back,
    Choices,
    Section,
    first_day,
    looks_like_a_robot,
    read_choices,
    wait_after,
    works,
)

NOW = datetime(2026, 11, 21, 20, tzinfo=UTC)


def codes(refused: object) -> list[tuple[str, str]]:
    assert isinstance(refused, Refused)
    return [(reason.field, reason.code) for reason in refused.reasons]


def test_the_usual_choices_leave_out_own_words_and_urgent_answers() -> None:
    assert set(Section) - set(USUAL) == {Section.NOTES, Section.URGENT}
    chosen = read_choices({}, ["nights", "plan"], Purpose)
    assert chosen == Choices("", (Section.PLAN, Section.NIGHTS), Back.THREE, 30, "", "")


def test_every_section_has_the_consent_it_was_kept_under() -> None:
    assert set(PURPOSES) == set(Section)
    assert codes(read_choices({}, ["plan", "nights"], [Purpose.PLAN])) == [("sections", "share_consent")]
    assert isinstance(read_choices({}, ["plan"], [Purpose.PLAN]), Choices)


@pytest.mark.parametrize(
    ("given_fields", "sections", "wrong"),
    [
        ({}, [], [("sections", "share_nothing")]),
        ({}, ["plan", "everything"], [("sections", "share_unknown")]),
        ({"days": "0"}, ["plan"], [("days", "share_days")]),
        ({"days": "366"}, ["plan"], [("days", "share_days")]),
        ({"days": "-1"}, ["plan"], [("days", "share_days")]),
        ({"days": "٣"}, ["plan"], [("days", "share_days")]),
        ({"back": "2"}, ["plan"], [("back", "share_back")]),
        ({"language": "de"}, ["plan"], [("language", "share_language")]),
        ({"pin": "123"}, ["plan"], [("pin", "share_pin")]),
        ({"pin": "123456789"}, ["plan"], [("pin", "share_pin")]),
        ({"pin": "12a4"}, ["plan"], [("pin", "share_pin")]),
        ({"pin": "١٢٣٤"}, ["plan"], [("pin", "share_pin")]),
        ({"pin_how": "new"}, ["plan"], [("pin", "share_pin")]),
        ({"whom": "a" * 61}, ["plan"], [("whom", "share_whom")]),
        ({"whom": "a\u202eb"}, ["plan"], [("whom", "share_whom")]),
        (
            {"days": "x", "back": "y"},
            [],
            [("sections", "share_nothing"), ("back", "share_back"), ("days", "share_days")],
        ),
    ],
)
def test_each_wrong_field_is_named(given_fields: dict[str, str], sections: list[str], wrong: list[object]) -> None:
    assert codes(read_choices(given_fields, sections, Purpose)) == wrong


def test_a_pin_may_be_kept_changed_or_taken_away() -> None:
    def pin(keep: bool, **fields: str) -> str | None:
        chosen = read_choices(fields, ["plan"], Purpose, keep_pin=keep)
        assert isinstance(chosen, Choices)
        return chosen.pin

    assert pin(False) == ""
    assert pin(False, pin="12 34") == "1234"
    assert pin(True) is None
    assert pin(True, pin_how="keep") is None
    assert pin(True, pin_how="none") == ""
    assert pin(True, pin_how="new", pin="98765") == "98765"
    assert pin(True, pin_how="keep", pin="1111") == "1111"


def test_how_far_back_is_a_day_that_does_not_move() -> None:
    assert first_day(Back.ALL, date(2026, 11, 21)) is None
    assert first_day(Back.ONE, date(2026, 3, 31)) == date(2026, 2, 28)


@given(st.integers(0, MOST_TRIES + 5))
def test_the_wait_never_gets_shorter_and_ends_in_a_lock(tries: int) -> None:
    before, after = wait_after(tries), wait_after(tries + 1)
    assert after is None or (before is not None and before <= after)
    assert (before is None) == (tries >= MOST_TRIES)
    assert tries >= 3 or before == timedelta()


def test_three_may_be_typed_at_once_and_then_each_waits_twice_as_long() -> None:
    waits = [wait_after(tries) for tries in range(11)]
    assert waits == [timedelta(minutes=each) for each in (0, 0, 0, 1, 2, 4, 8, 16, 32, 64)] + [None]


def test_consent_that_is_not_there_is_told_once() -> None:
    both = read_choices({}, ["plan", "nights"], set())
    assert codes(both) == [("sections", "share_consent")]


def test_a_link_works_until_the_instant_it_ends_or_is_stopped() -> None:
    ends = NOW + timedelta(days=30)
    assert works(ends, None, NOW)
    assert works(ends, None, ends - timedelta(seconds=1))
    assert not works(ends, None, ends)
    assert not works(ends, NOW, NOW)


@pytest.mark.parametrize(
    ("agent", "robot"),
    [
        ("", True),
        ("WhatsApp/2.23.20.0", True),
        ("facebookexternalhit/1.1", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", True),
        ("Slackbot-LinkExpanding 1.0", True),
        ("Mozilla/5.0 SkypeUriPreview", True),
        ("python-requests/2.31", True),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36", False),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1",
            False,
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", False),
    ],
)
def test_programs_that_look_at_links_are_not_somebody(agent: str, robot: bool) -> None:
    assert looks_like_a_robot(agent, "") is robot
    assert looks_like_a_robot(agent, "prefetch")
