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
    assert not re.search(
        r"(?<![-\w])(transition|animation)(-\w+)?:|scroll-behavior|@view-transition", welcome.sub("", text)
    )


def test_no_outline_is_taken_away_from_what_can_be_focused() -> None:
    taken = re.findall(r"([^{}]+)\{[^{}]*outline:\s*(?:none|0)\b", ALL)
    assert [each.strip() for each in taken] == ["main:focus"]  # reached by the skip link only


TOKENS = without_comments((ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8"))
DAY, NIGHT = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
    for part in TOKENS.split("@media (prefers-contrast")[0].split("@media (prefers-color-scheme: dark)")
)


def test_the_calm_pages_have_the_night_of_the_phone() -> None:
    """They stand twice: a page that is always dark cannot ask the phone for them, and `light-dark()` is too new."""
    calm = without_comments((ROOT / "static" / "css" / "components" / "calm.css").read_text(encoding="utf-8"))
    assert dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", calm)) == NIGHT


PRINT = re.compile(r"@media print[^{]*\{(?:[^{}]*\{[^{}]*\}|[^{}]*@page[^{]*\{[^{}]*\})*[^{}]*\}")
"""Paper has points of its own: they make a month fit on one A4."""
DRAWN = {".chart-text", ".night-sign", ".night-hour", ".stair text"}
"""Texts of pictures: their sizes are units of the drawing."""


def sizes_of(path: Path) -> list[tuple[str, str]]:
    """Every size of text that a file gives on a screen, after the selector that gets it."""
    screen = PRINT.sub("", without_comments(path.read_text(encoding="utf-8")))
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", screen)
    said = [
        (where.strip(), each) for where, rule in rules for each in re.findall(r"(?<![-\w])font(?:-size)?:([^;]+)", rule)
    ]
    return [(where, each.strip()) for where, each in said if where not in DRAWN]


def test_every_size_of_text_is_one_of_the_scale() -> None:
    """`html` takes a share of what the browser asks; whatever else is a number stands in tokens.css."""
    bare = re.compile(r"(?<![-\w.])(?:\d*\.)?\d+(?:rem|em|px|pt|vw|%)|larger|smaller")
    sizes = [(path.name, *each) for path in STYLES for each in sizes_of(path)]
    assert len(sizes) > 40  # else this test looks at nothing
    found = {each for each in sizes if bare.search(re.sub(r"max\((var\([^)]*\)), 16px\)", r"\1", each[2]))}
    assert found == {("base.css", "html", "112.5%")}


def test_the_scale_of_text_goes_up_and_starts_at_14_px() -> None:
    rem = {name: float(size) for name, size in re.findall(r"--size-(\w+): (?:min\()?([\d.]+)rem[;,]", TOKENS)}
    assert {"title", "heading"} <= rem.keys()
    assert list(rem.values()) == sorted(rem.values())
    assert rem["tiny"] * 18 >= 14
    used = {name for path in STYLES for _, each in sizes_of(path) for name in re.findall(r"--size-(\w+)", each)}
    assert used == {*re.findall(r"--size-(\w+):", TOKENS)}


def test_the_width_holds_back_no_text_of_the_usual_size() -> None:
    """Of 18 px, on the narrowest phone, 320 px; nor one of 200 % on a phone of 390."""
    most = re.findall(r"--size-(\w+): min\(([\d.]+)rem, ([\d.]+)vw\)", TOKENS)
    assert {name for name, _, _ in most} == {"title", "heading"}
    for name, rem, width in most:
        assert float(rem) * 18 <= float(width) * 3.20, name
        assert float(rem) * 36 <= float(width) * 3.90, name


def contrast(one: str, other: str) -> float:
    """Of two colours: WCAG 2.2, definitions of contrast ratio and relative luminance."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DAY, NIGHT], ids=["day", "night"])
def test_text_and_outlines_of_both_themes_stand_out(theme: dict[str, str]) -> None:
    for ground in ("paper", "card"):
        for text in ("ink", "soft", "do", "medicine", "sleep", "feeling"):
            assert contrast(theme[text], theme[ground]) >= 4.5, (text, ground)
        assert contrast(theme["outline"], theme[ground]) >= 3, ground
    for soft in ("do-soft", "medicine-soft", "sleep-soft", "feeling-soft"):
        assert contrast(theme["ink"], theme[soft]) >= 7, soft
        assert contrast(theme["do"], theme[soft]) >= 4.5, soft
    assert contrast(theme["on-do"], theme["do"]) >= 4.5
