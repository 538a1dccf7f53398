"""What the styles promise to people whose colours or movements are their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.reading import ROOT

STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
CHOSEN = re.compile(r"^\s*(\S[^{}]*(?::checked|\[aria-(?:current|pressed)[^\]]*\])[^{}]*)\{([^{}]*)\}", re.MULTILINE)
SAYS_IT_ITSELF = {".choice:has(input:checked)", ".paper-box input:checked"}
"""Where the browser's own radio or box stays in sight, and what is drawn in print only."""
FORCED = re.compile(r"@media [^{]*\(forced-colors: active\)[^{]*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


ALL = "\n".join(without_comments(path.read_text(encoding="utf-8")) for path in STYLES)


def test_what_is_chosen_keeps_a_line_where_colours_are_forced() -> None:
    forced = " ".join(FORCED.findall(ALL))
    lost = {
        selector.strip()
        for selector, rules in CHOSEN.findall(FORCED.sub("", ALL))
        if re.search(r"background|box-shadow|(?<![-\w])color:", rules) and selector.strip() not in SAYS_IT_ITSELF
    }
    assert lost  # else this test looks at nothing
    assert {each for each in lost if each not in forced} == set()


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_nothing_moves_unless_movement_is_welcome(path: Path) -> None:
    text = without_comments(path.read_text(encoding="utf-8"))
    welcome = re.compile(r"@media \(prefers-reduced-motion: no-preference\)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
    assert not re.search(r"(?<![-\w])(transition|animation)(-\w+)?:|scroll-behavior", welcome.sub("", text))


def test_no_outline_is_taken_away_from_what_can_be_focused() -> None:
    taken = re.findall(r"([^{}]+)\{[^{}]*outline:\s*(?:none|0)\b", ALL)
    assert [each.strip() for each in taken] == ["main:focus"]  # reached by the skip link only


def test_sizes_of_text_follow_the_browser() -> None:
    """`px` stays with lines, targets and pictures (chart texts are units of their drawing); print may say points."""
    screen = re.sub(r"@media print[^{]*\{(?:[^{}]*\{[^{}]*\}|[^{}]*@page[^{]*\{[^{}]*\})*[^{}]*\}", "", ALL)
    fixed = re.findall(r"([^{}]+)\{[^{}]*?(?:font-size:\s*|font:\s*(?:\d+ )?)\d+(?:\.\d+)?px", screen)
    drawn = {".chart-text", ".night-sign", ".night-hour", ".stair text"}
    assert {each.strip() for each in fixed} <= drawn
