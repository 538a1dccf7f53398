"""A table for a spreadsheet: nothing runs, nothing is lost."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.spreadsheet import BOM, spreadsheet

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))


def read(text: str) -> list[list[str]]:
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    "hostile",
    ["=1+1", "+32", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", " =1", '=HYPERLINK("x")', "\u00a0=1", "'=1"],
)
def test_nothing_that_someone_typed_can_run(hostile: str) -> None:
    [_, [cell]] = read(spreadsheet(["note"], [[hostile]]))
    assert cell == "'" + hostile


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=4))
def test_every_text_comes_back_whole_and_begins_harmlessly(rows: list[list[str]]) -> None:
    found = read(spreadsheet(["a", "b"], rows))[1:]
    assert len(found) == len(rows)
    for cells, row in zip(found, rows, strict=True):
        for cell, text in zip(cells, row, strict=True):
            assert cell in (text, "'" + text)
            assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_numbers_have_a_decimal_comma_and_what_is_not_there_is_empty() -> None:
    assert read(spreadsheet(["a", "b", "c", "d"], [[Decimal("0.125"), 3, None, 88.5]]))[1] == ["0,125", "3", "", "88,5"]
