"""The content itself: the numbers people call."""

from datetime import date

import pytest

from companion.services.directory import all_lines, line, urgent_lines

NUMBERS = {
    "nl": [
        "112",
        "1813",
        "0800 32 123",
        "106",
        "107",
        "108",
        "02 616 26 26",
        "070 245 245",
        "1733",
        "0903 99 000",
    ],
    "fr": [
        "112",
        "0800 32 123",
        "1813",
        "107",
        "106",
        "108",
        "02 616 26 26",
        "070 245 245",
        "1733",
        "0903 99 000",
    ],
}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_urgent_page_has_every_number_in_its_order(language: str) -> None:
    assert [help_line.shown for help_line in urgent_lines(language)] == NUMBERS[language]


def test_a_language_we_have_no_suicide_line_for_still_gets_every_number() -> None:
    assert {help_line.shown for help_line in urgent_lines("de")} == set(NUMBERS["nl"])


def test_only_the_on_call_lines_are_unconfirmed_and_they_promise_no_hours() -> None:
    unsure = [help_line for help_line in all_lines() if help_line.check]
    assert {help_line.shown for help_line in unsure} == {"1733", "0903 99 000"}
    assert not any(help_line.hours for help_line in unsure)
    assert all(
        help_line.confidence == "A" or help_line.shown in {"108", "02 616 26 26"}
        for help_line in all_lines()
        if not help_line.check
    )


def test_free_is_said_only_where_it_was_found() -> None:
    assert {help_line.shown for help_line in all_lines() if help_line.price == "free"} == {
        *("112", "1813", "0800 32 123", "106", "107", "108", "070 245 245")
    }


def test_every_line_was_checked_on_a_known_day() -> None:
    assert {help_line.checked for help_line in all_lines()} == {date(2026, 11, 21)}


def test_a_line_is_at_hand_by_its_id() -> None:
    assert line("poison").dial == "tel:070245245"
    with pytest.raises(KeyError):
        line("nobody")
