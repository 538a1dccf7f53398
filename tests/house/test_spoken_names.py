"""Who says aloud what a button or link shows, finds it: its name for machines holds those words (WCAG 2.5.3)."""

from __future__ import annotations

import re

import pytest

from companion.i18n.catalogues import LANGUAGES, catalogue
from tests.house.reading import ROOT

_SHOWN = re.compile(r'<(?:a|button)\b[^<]*?aria-label="\{\{ _\("([^"]+)".*?\}\}">\{\{ _\("([^"]+)"\) \}\}<')
PAIRS = sorted(
    {pair for path in (ROOT / "companion").rglob("*.html") for pair in _SHOWN.findall(path.read_text(encoding="utf-8"))}
)


def test_there_are_such_names() -> None:
    assert ("Change step %(n)s", "Change") in PAIRS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "shown"), PAIRS)
def test_a_name_holds_the_words_that_are_shown(language: str, name: str, shown: str) -> None:
    say = catalogue(language).gettext
    assert say(shown).casefold() in say(name).casefold()
