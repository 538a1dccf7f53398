"""A link for someone close: what can be chosen, and what they may send."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.supporter import LONGEST_WORDS, Chosen, Kindness, Said, Shows, plain_text, read_chosen, read_said


def test_what_was_not_typed_is_left_as_usual() -> None:
    assert read_chosen({}, []) == Chosen("", (), 90)


def test_every_choice_is_taken_over() -> None:
    typed = {"whom": " Lena ", "days": "30", "language": "fr", "own_words": "yes", "remind": "yes"}
    found = read_chosen(typed, ["not_to_say", "quiet_day"])
    assert found == Chosen("Lena", (Shows.QUIET_DAY, Shows.NOT_TO_SAY), 30, "fr", own_words=True, remind=True)


@pytest.mark.parametrize(
    ("typed", "shows", "field"),
    [
        ({"whom": "x" * 61}, [], "whom"),
        ({"whom": "a\u202eb"}, [], "whom"),
        ({"days": "31"}, [], "days"),
        ({"days": "-30"}, [], "days"),
        ({"language": "de"}, [], "language"),
        ({}, ["plan"], "shows"),
        ({}, ["doses"], "shows"),
    ],
)
def test_anything_else_is_refused_at_its_field(typed: dict[str, str], shows: list[str], field: str) -> None:
    found = read_chosen(typed, shows)
    assert isinstance(found, Refused)
    assert [reason.field for reason in found.reasons] == [field]


@pytest.mark.parametrize("code", [each.value for each in Kindness])
def test_a_prepared_message_is_its_code(code: str) -> None:
    assert read_said(code, " ", own_words=True) == Said(Kindness(code))
    assert read_said(code, "x" * 999, own_words=False) == Said(Kindness(code))


def test_words_are_never_dropped_for_a_message_that_was_chosen_too() -> None:
    said = read_said("walk", "Om drie uur?", own_words=True)
    assert isinstance(said, Refused)
    assert [reason.code for reason in said.reasons] == ["kind_both"]
    assert read_said("", "Om drie uur?", own_words=True) == Said(None, "Om drie uur?")


@given(st.text())
def test_own_words_are_refused_where_they_are_not_allowed(words: str) -> None:
    assert isinstance(read_said("own", words, own_words=False), Refused)


@given(st.text(max_size=300))
def test_own_words_are_plain_text_on_one_line_and_never_too_long(words: str) -> None:
    said = read_said("own", words, own_words=True)
    if isinstance(said, Refused):
        assert said.reasons[0].field == "words"
        return
    assert said.code is None
    assert 0 < len(said.words) <= LONGEST_WORDS
    assert said.words == " ".join(said.words.split())
    assert not {unicodedata.category(each) for each in said.words.replace("\u200d", "")} & {"Cc", "Cf", "Cs", "Co"}
    assert plain_text(said.words) == said.words


def test_a_text_of_exactly_the_most_fits_and_one_more_does_not() -> None:
    assert read_said("own", "é" * 200, own_words=True) == Said(None, "é" * 200)
    assert isinstance(read_said("own", "é" * 201, own_words=True), Refused)


def test_what_turns_text_around_or_hides_in_it_goes_and_an_emoji_stays() -> None:
    assert plain_text("  ik\u202e\nben\x00 \u200ber 👩\u200d👧 ") == "ik ben er 👩\u200d👧"


@pytest.mark.parametrize("kind", ["OWN", "Thinking", "own ", "<b>"])
def test_an_unknown_message_is_refused(kind: str) -> None:
    assert isinstance(read_said(kind, "hallo", own_words=True), Refused)
