"""How a day is: five steps from hard to light, and words for who wants to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.check_in import LONGEST_WORDS, CheckIn, check_in_to_data, read_check_in
from companion.domain.codes import Refused
from companion.i18n.reasons import sentence


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_level_is_a_number_or_its_digit(level: int) -> None:
    assert read_check_in({"level": level, "words": ""}) == CheckIn(level)
    assert read_check_in({"level": str(level)}) == CheckIn(level)


def test_words_are_kept_as_written_without_spaces_around() -> None:
    assert read_check_in({"level": 2, "words": "  moe,\r\nmaar rustig "}) == CheckIn(2, "moe,\nmaar rustig")
    assert read_check_in({"level": 2, "words": None}) == CheckIn(2)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"level": "check_in_level"}),
        ({"level": 0}, {"level": "check_in_level"}),
        ({"level": 6}, {"level": "check_in_level"}),
        ({"level": True}, {"level": "check_in_level"}),
        ({"level": 3.0}, {"level": "check_in_level"}),
        ({"level": "٣"}, {"level": "check_in_level"}),
        ({"level": "3 "}, {"level": "check_in_level"}),
        ({"level": 3, "words": 4}, {"words": "check_in_not_text"}),
        ({"level": 3, "words": "\x00"}, {"words": "check_in_not_text"}),
        ({"level": 3, "words": "x" * (LONGEST_WORDS + 1)}, {"words": "check_in_words_too_long"}),
        ({"level": 3, "mood": "x"}, {"mood": "check_in_unknown_field"}),
        ({"level": 9, "words": [], "a": 1}, {"a": "", "level": "", "words": ""}),
    ],
)
def test_anything_else_is_refused_at_its_field(given: dict[str, Any], expected: dict[str, str]) -> None:
    found = read_check_in(given)
    assert isinstance(found, Refused)
    assert {reason.field for reason in found.reasons} == expected.keys()
    for reason in found.reasons:
        assert expected[reason.field] in {"", reason.code}
        assert sentence(reason).endswith(".")


values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4), st.lists(st.integers()))


@given(st.dictionaries(st.sampled_from(["level", "words", "x"]), values))
def test_no_json_makes_reading_fail(given: dict[str, object]) -> None:
    assert isinstance(read_check_in(given), CheckIn | Refused)


@given(st.integers(1, 5), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip))
def test_a_check_in_survives_json(level: int, words: str) -> None:
    assert read_check_in(json.loads(json.dumps(check_in_to_data(CheckIn(level, words))))) == CheckIn(level, words)
