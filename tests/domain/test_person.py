"""Who may join, and under which name."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from companion.domain.codes import Refused
from companion.domain.person import Person, check_joining, check_name, check_passphrase, name_key

GOOD = "a long enough phrase"


def codes(refused: Refused | None) -> list[str]:
    return [reason.code for reason in refused.reasons] if refused else []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Al", []),
        ("A" * 40, []),
        (f"  {'A' * 40}  ", []),
        ("A", ["person_name_length"]),
        ("A" * 41, ["person_name_length"]),
        (" ", ["person_name_length"]),
        ("Al\u200b", ["person_name_characters"]),
    ],
)
def test_a_name_has_two_to_forty_characters_that_print(name: str, told: list[str]) -> None:
    assert codes(check_name(name)) == told


@pytest.mark.parametrize(
    ("passphrase", "told"),
    [
        ("abcd" * 2 + "ab", []),
        ("abcd" * 50, []),
        ("abcd" * 2 + "a", ["person_passphrase_length"]),
        ("abcd" * 50 + "a", ["person_passphrase_length"]),
        ("abc" * 4, ["person_passphrase_easy"]),
        ("  MOONLIGHT  night", ["person_passphrase_easy"]),
    ],
)
def test_a_passphrase_is_long_and_neither_the_name_nor_three_letters(passphrase: str, told: list[str]) -> None:
    assert codes(check_passphrase(passphrase, "Moonlight Night")) == told


def test_everything_that_must_be_right_to_join_is_told_at_once() -> None:
    assert check_joining("Alice", GOOD, adult=True) is None
    assert codes(check_joining("Alice", GOOD, adult=False)) == ["person_adult"]
    assert codes(check_joining("A", "short", adult=False)) == [
        "person_name_length",
        "person_passphrase_length",
        "person_adult",
    ]


def test_case_width_and_spaces_make_no_other_name() -> None:
    assert name_key("  ＡLICE   Straße ") == name_key("alice STRASSE")
    assert name_key("Alice") != name_key("Alicia")


def test_the_day_is_that_of_the_persons_zone_and_turn() -> None:
    person = Person("1", "Alice", "nl", ZoneInfo("Europe/Brussels"), time(3), datetime(2026, 1, 1, tzinfo=UTC))
    before, after = datetime(2026, 11, 22, 1, 59, tzinfo=UTC), datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    assert (person.day(before), person.part_of_day(before)) == (date(2026, 11, 21), "night")
    assert (person.day(after), person.part_of_day(after)) == (date(2026, 11, 22), "morning")
