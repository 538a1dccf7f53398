"""The content itself: the numbers people call."""

from datetime import date

import pytest

from companion.domain.directory import LATER_ORDER
from companion.services.articles import article
from companion.services.directory import all_lines, later_lines, line, urgent_lines

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


def test_of_what_is_urgent_only_the_on_call_lines_are_unconfirmed_and_they_promise_no_hours() -> None:
    unsure = [help_line for help_line in urgent_lines("nl") if help_line.check]
    assert {help_line.shown for help_line in unsure} == {"1733", "0903 99 000"}
    assert not any(help_line.hours for help_line in unsure)
    assert all(
        help_line.confidence == "A" or help_line.shown in {"108", "02 616 26 26"}
        for help_line in urgent_lines("nl")
        if not help_line.check
    )


def test_free_is_said_only_where_it_was_found() -> None:
    assert {help_line.shown for help_line in urgent_lines("nl") if help_line.price == "free"} == {
        *("112", "1813", "0800 32 123", "106", "107", "108", "070 245 245")
    }


def test_every_line_was_checked_on_a_known_day() -> None:
    assert {help_line.checked for help_line in all_lines()} == {date(2026, 11, 21)}


def test_a_line_is_at_hand_by_its_id() -> None:
    assert line("poison").dial == "tel:070245245"
    with pytest.raises(KeyError):
        line("nobody")


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("nl", ["De DrugLijn", "UGent Durf Denken", "Infor Drogues & Addictions"]),
        ("fr", ["Infor Drogues & Addictions", "De DrugLijn", "UGent Durf Denken"]),
    ],
)
def test_what_can_wait_stands_apart_and_begins_with_who_answers_in_this_language(
    language: str, first: list[str]
) -> None:
    found = later_lines(language)
    assert [each.name_in(language) for each in found if each.kind == "medicines"] == first
    assert [each.kind for each in found] == sorted((each.kind for each in found), key=LATER_ORDER.index)
    assert not {each.id for each in found} & {each.id for each in urgent_lines(language)}


def test_what_was_not_confirmed_is_not_said() -> None:
    by_id = {each.id: each for each in all_lines()}
    assert by_id["infordrogues"].check
    assert not by_id["infordrogues"].hours
    assert by_id["luss"].number == ""
    assert {each.region for each in all_lines() if each.id == "afbouwmedicatie"} == {"netherlands"}


def test_what_does_not_exist_in_belgium_is_not_listed() -> None:
    said = " ".join(each.name_in("nl") + each.about_in("nl") for each in all_lines()).casefold()
    assert not [word for word in ("buddy", "advieslijn", "slaapstraat", "benzoforum") if word in said]


def test_an_article_that_a_line_leads_to_exists_in_both_languages() -> None:
    for slug in {each.article for each in all_lines() if each.article}:
        assert article("nl", slug)
        assert article("fr", slug)
