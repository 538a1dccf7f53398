"""How to add something, in CONTRIBUTING.md: exactly which files, so that nobody has to search."""

from __future__ import annotations

import re

import pytest

from tests.house.reading import ROOT

RECIPES = dict(re.findall(r"^### … (.+?)\n(.*?)(?=^##)", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M | re.S))
A_LANGUAGE = re.compile(r"""["'](?:nl|fr)["']""")


def test_there_is_a_recipe_for_what_newcomers_add() -> None:
    wanted = {"an article", "an instrument", "a medicine", "a help line", "a language"}
    assert {name.split(" (")[0] for name in RECIPES} == wanted


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_names_files_that_are_there_and_what_shows_that_it_worked(name: str) -> None:
    files = [each for each in re.findall(r"`([\w./-]+/[\w./-]+\.\w+)`", RECIPES[name]) if "<" not in each]
    assert [each for each in files if not (ROOT / each).exists()] == []
    assert any(each.startswith("tests/") for each in files)


def test_every_file_that_names_our_two_languages_is_in_the_recipe_of_a_third() -> None:
    places = [("companion", "*.py"), ("companion/web/templates", "*.html"), ("static", "*.js")]
    naming = {
        path.relative_to(ROOT).as_posix()
        for folder, pattern in places
        for path in (ROOT / folder).rglob(pattern)
        if A_LANGUAGE.search(path.read_text(encoding="utf-8"))
    }
    assert len(naming) > 20  # else this test looks at nothing
    assert {each for each in naming if f"`{each}`" not in RECIPES["a language"]} == set()


def test_every_leaf_of_content_is_in_some_recipe() -> None:
    """A file of content that no recipe names is one that nobody knows how to add to."""
    said = " ".join(RECIPES.values())
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "companion" / "content").glob("*.*")}
    assert {each for each in files if each not in said} == set()
