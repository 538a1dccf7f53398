"""The tests that a document names exist: what it says is shown by a test can be looked up."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.house.reading import ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")

DOCUMENTS = ("docs/accessibility.md", "docs/design.md", "CONTRIBUTING.md")
"""Documents that rest on tests: each has to name at least one."""


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the functions in a file; none when it is not there."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


def missing(text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    return [f"{path}::{name}" for path, name in NAMED.findall(text) if name not in names_in(ROOT / path)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert NAMED.search(text), "it names no test"
    assert missing(text) == []


def test_a_test_that_is_not_there_is_found() -> None:
    here = "tests/house/test_docs_tests.py"
    assert missing(f"`{here}::test_a_test_that_is_not_there_is_found`") == []
    assert missing(f"`{here}::test_of_nothing` `tests/nowhere.py::test_x`") == [
        f"{here}::test_of_nothing",
        "tests/nowhere.py::test_x",
    ]


NUMBERS = {
    "1.1": (1,),
    "1.2": (1, 2, 3, 4, 5),
    "1.3": (1, 2, 3, 4, 5),
    "1.4": (1, 2, 3, 4, 5, 10, 11, 12, 13),
    "2.1": (1, 2, 4),
    "2.2": (1, 2),
    "2.3": (1,),
    "2.4": (1, 2, 3, 4, 5, 6, 7, 11),
    "2.5": (1, 2, 3, 4, 7, 8),
    "3.1": (1, 2),
    "3.2": (1, 2, 3, 4, 6),
    "3.3": (1, 2, 3, 4, 7, 8),
    "4.1": (2, 3),
}
CRITERIA = [f"{guideline}.{number}" for guideline, numbers in NUMBERS.items() for number in numbers]
"""WCAG 2.2, levels A and AA: 55 (4.1.1 was taken out of 2.2)."""


def test_no_criterion_is_left_out() -> None:
    text = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d\.\d\.\d+) [^|]*\|([^|]*)\|([^|]*)\|$", text, re.MULTILINE)
    assert [number for number, *_ in rows] == CRITERIA
    assert len(CRITERIA) == 55
    for number, how, shown in rows:
        assert NAMED.search(shown) or re.match(r"\s*(not checked|not met|by reading|does not apply)\b", shown), number
        assert how.strip(), number
