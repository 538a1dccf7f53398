"""The note from a calm day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.calm_note import LONGEST, note_from_data, note_to_data, read_note
from companion.domain.codes import Refused


@given(st.text("ab é\n“…”", max_size=LONGEST))
def test_a_note_is_kept_as_it_was_written_without_the_space_around_it(typed: str) -> None:
    found = read_note(typed.replace("\n", "\r\n"))
    if typed.strip():
        assert found == typed.strip()
        assert note_from_data(note_to_data(str(found))) == found
    else:
        assert isinstance(found, Refused)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (" ", "calm_note_empty"),
        ("a" * (LONGEST + 1), "symptoms_text_too_long"),
        ("a\x00", "symptoms_not_text"),
        ("\udfff", "symptoms_not_text"),
    ],
)
def test_what_is_no_note_is_refused(typed: str, code: str) -> None:
    found = read_note(typed)
    assert isinstance(found, Refused)
    assert [reason.code for reason in found.reasons] == [code]


def test_a_note_that_was_taken_away_is_an_empty_one() -> None:
    assert note_from_data(note_to_data("")) == ""


@pytest.mark.parametrize("data", [{}, {"words": 1}, {"words": " a"}, {"words": "a", "more": 1}])
def test_data_that_we_did_not_write_is_refused(data: dict[str, object]) -> None:
    assert isinstance(note_from_data(data), Refused)
