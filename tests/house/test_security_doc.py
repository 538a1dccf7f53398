"""`docs/security.md` has every line of ASVS 4.0.3 up to level 2 once, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import pytest

from tests.house.reading import ROOT

TEXT: Final = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
STATES: Final = {"met", "partly", "not met", "host", "–"}
_LINE: Final = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*)\|$", re.MULTILINE)

LEVEL_2: Final = {
    "1.1": range(1, 8), "1.2": range(1, 5), "1.4": (1, 4, 5), "1.5": range(1, 5), "1.6": range(1, 5), "1.7": (1, 2),
    "1.8": (1, 2), "1.9": (1, 2), "1.10": (1,), "1.11": (1, 2), "1.12": (2,), "1.14": range(1, 7),
    "2.1": range(1, 13), "2.2": range(1, 4), "2.3": range(1, 4), "2.4": range(1, 6), "2.5": range(1, 8),
    "2.6": range(1, 4), "2.7": range(1, 7), "2.8": range(1, 8), "2.9": range(1, 4), "2.10": range(1, 5),
    "3.1": (1,), "3.2": range(1, 5), "3.3": range(1, 5), "3.4": range(1, 6), "3.5": range(1, 4), "3.7": (1,),
    "4.1": (1, 2, 3, 5), "4.2": (1, 2), "4.3": range(1, 4),
    "5.1": range(1, 6), "5.2": range(1, 9), "5.3": range(1, 11), "5.4": range(1, 4), "5.5": range(1, 5),
    "6.1": range(1, 4), "6.2": range(1, 7), "6.3": (1, 2), "6.4": (1, 2),
    "7.1": range(1, 5), "7.2": (1, 2), "7.3": (1, 3, 4), "7.4": range(1, 4),
    "8.1": range(1, 5), "8.2": range(1, 4), "8.3": range(1, 9),
    "9.1": range(1, 4), "9.2": range(1, 5), "10.2": (1, 2), "10.3": range(1, 4), "11.1": range(1, 9),
    "12.1": range(1, 4), "12.2": (1,), "12.3": range(1, 7), "12.4": (1, 2), "12.5": (1, 2), "12.6": (1,),
    "13.1": (1, 3, 4, 5), "13.2": (1, 2, 3, 5, 6), "13.3": (1, 2), "13.4": (1, 2),
    "14.1": range(1, 5), "14.2": range(1, 7), "14.3": (2, 3), "14.4": range(1, 8), "14.5": range(1, 5),
}  # fmt: skip
"""The requirements of levels 1 and 2 by section; numbers that 4.0.3 took out are left out."""


@lru_cache
def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_requirement_has_one_line() -> None:
    asked = [f"{section}.{n}" for section, numbers in LEVEL_2.items() for n in numbers]
    assert [found[0] for found in _LINE.findall(TEXT)] == asked


def test_every_line_says_how_it_stands_and_why() -> None:
    for number, asks, state, why in _LINE.findall(TEXT):
        assert asks.strip(), number
        assert state.strip() in STATES, number
        assert why.strip() or state.strip() == "host", f"{number} says nothing"


@pytest.mark.parametrize("document", ["security.md", "privacy.md", "intended-use.md"])
def test_every_test_that_is_named_exists(document: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / document).read_text(encoding="utf-8"))
    assert [f"{path}::{name}" for path, name in named if name not in functions_of(ROOT / path)] == []
    assert document != "security.md" or len(set(named)) > 60


def test_nothing_is_left_to_do() -> None:
    assert "TODO" not in TEXT
