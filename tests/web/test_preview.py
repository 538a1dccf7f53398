"""The page that shows every component in every state."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from companion.web.preview import NOTICES
from tests.house.reading import ROOT
from tests.web.fetcher import Browser

TEMPLATES = ROOT / "companion" / "web" / "templates"
COMPONENTS = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "components").glob("*.html")}
SAYS = re.compile(r'_\("((?:[^"\\]|\\.)*)"')


def text_of(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def reached(name: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """Every template that one takes something from, itself included."""
    seen |= {name}
    for other in re.findall(r'{%-? ?(?:from|include|import|extends) "([^"]+)"', text_of(name)):
        if other not in seen:
            seen |= reached(other, seen)
    return seen


def test_every_component_is_there() -> None:
    assert len(COMPONENTS) > 25
    assert COMPONENTS - reached("preview/preview.html") == set()


def test_every_notice_is_there() -> None:
    assert list(NOTICES) == re.findall(r'code == "([\w-]+)"', text_of("components/notice_of.html"))


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_state_is_there_in_both_languages(visitor: Browser, language: str) -> None:
    visitor.language = visitor.accepts = language
    page = visitor.open("/preview")
    for look in (
        "notice-check",
        "error-summary",
        "disabled",
        "urgent",
        "aria-invalid",
        'class="codes"',
        "stair-sketch",
    ):
        assert look in page.markup, look


def test_every_empty_page_is_there(visitor: Browser) -> None:
    page = visitor.open("/preview")
    said = [
        SAYS.findall(call)[0]
        for path in TEMPLATES.rglob("*.html")
        for call in re.findall(r"{{ empty\((.*?)\) }}", path.read_text(encoding="utf-8"))
    ]
    assert len(said) > 5
    assert [each for each in said if not page.has(each)] == []


def test_whatever_can_be_said_of_what_waits_is_there(visitor: Browser) -> None:
    page = visitor.open("/preview")
    said = re.findall(r'data-text-[\w-]+="{{ _\("([^"]+)"', text_of("offline/line.html"))
    assert len(said) == 7
    assert [each for each in said if "{n}" not in each and not page.has(each)] == []


def test_a_field_of_every_kind_is_there_refused_too() -> None:
    kinds = {"area", "file", "input", "radios", "tick"}
    fields: set[str] = set()
    for path in Path(TEMPLATES / "preview").glob("*.html"):
        fields |= set(re.findall(r"{{ (\w+)\(form,", path.read_text(encoding="utf-8")))
    assert kinds <= fields
