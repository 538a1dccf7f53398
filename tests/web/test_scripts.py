"""Each page loads its own scripts, and no other."""

from __future__ import annotations

import re

import brotli
import pytest
from flask import Flask

from companion.settings import ROOT
from companion.web.assets import scripts, stylesheet_text
from companion.web.scripts import MARKS, SOMEONE, scripts_of
from tests.web.fetcher import Browser, Page

IMPORT = re.compile(r'^(?:import|export) .*?from "\./([\w-]+\.js)"', re.MULTILINE)


def loaded(page: Page) -> list[str]:
    """The modules of a page, by name, in their order."""
    sources = [each.get("src", "") for each in page.all("script", type="module")]
    return [source.rpartition("/")[2].removesuffix(".js") for source in sources]


def with_imports(names: list[str]) -> set[str]:
    """These scripts and all that they import."""
    found: set[str] = set()
    left = [f"modules/{name}.js" for name in names]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += [f"modules/{other}" for other in IMPORT.findall(scripts()[name].decode())]
    return found


def small(content: bytes) -> int:
    return len(brotli.compress(content, quality=5))


def test_every_module_is_begun_by_a_page_or_imported_by_another() -> None:
    there = {path.stem for path in (ROOT / "static" / "js" / "modules").glob("*.js")}
    assert {f"modules/{name}.js" for name in there} == with_imports(list(MARKS))


def test_every_mark_is_one_that_its_module_looks_for() -> None:
    for name, marks in MARKS.items():
        text = scripts()[f"modules/{name}.js"].decode()
        assert all(mark in text for mark in marks), name


@pytest.mark.parametrize("name", [name for name in MARKS if name not in {"focus", "install"}])
def test_every_attribute_a_module_starts_from_loads_it(name: str) -> None:
    """The first attribute that a module asks the page for is one that brings the module."""
    text = scripts()[f"modules/{name}.js"].decode()
    asked = re.search(r'querySelector(?:All)?\("(?:form)?\[(data-[a-z-]+)\]', text)
    if asked and MARKS[name] != SOMEONE:
        assert f"modules/{name}.js" in scripts_of(f"<p {asked[1]}>", someone=False)


def test_of_two_that_listen_to_a_form_the_one_that_keeps_it_is_first() -> None:
    order = list(MARKS)
    assert order.index("write") < order.index("waiting") < order.index("once")


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/diary/2026-11-21/draw", "draw"),
        ("/learn", "find"),
        ("/learn/breathing", "exercise"),
        ("/symptoms/new", "urgent"),
        ("/today/extra", "read-back"),
        ("/reminders", "zone"),
        ("/papers/letter", "print"),
        ("/account/lock", "lock-set"),
    ],
)
def test_a_page_loads_its_own(alice: Browser, address: str, own: str) -> None:
    assert own in loaded(alice.open(address))
    assert own not in loaded(alice.open("/account"))


def test_nobody_loads_what_keeps_entries_of_someone(visitor: Browser, alice: Browser) -> None:
    assert {"write", "waiting"} <= set(loaded(alice.open("/today")))
    assert not {"write", "waiting", "draw", "find"} & set(loaded(visitor.open("/")))


@pytest.mark.parametrize("address", ["/", "/today", "/diary/2026-11-21/draw", "/account/lock", "/reminders"])
def test_what_scripts_import_is_asked_for_with_the_page(alice: Browser, address: str) -> None:
    """Else a phone finds it one after the other, a way to the server and back for each."""
    page = alice.open(address)
    ahead = [each.get("href", "").rpartition("/")[2] for each in page.all("link", rel="modulepreload")]
    begun = loaded(page)
    assert len(ahead) == len(set(ahead))
    assert {f"modules/{name}" for name in ahead} == with_imports(begun) - {f"modules/{name}.js" for name in begun}


def test_a_picture_with_its_content_in_its_address_lasts(visitor: Browser) -> None:
    icon = visitor.open("/").all("link", rel="icon")[0].get("href", "")
    assert "immutable" in visitor.client.get(icon, buffered=True).headers["Cache-Control"]
    assert (
        "immutable"
        not in visitor.client.get(icon.partition("?")[0] + "?v=another", buffered=True).headers["Cache-Control"]
    )


def test_a_first_visit_is_small(visitor: Browser, app: Flask) -> None:
    """At most 40 kB in all and 12 kB of scripts, compressed (issue "Trust", item 7)."""
    page = visitor.open("/")
    script = sum(small(scripts()[name]) for name in with_imports(loaded(page)))
    icon = (ROOT / "static" / "icons" / "icon.svg").read_bytes()
    rest = small(page.markup.encode()) + small(stylesheet_text().encode()) + small(icon)
    assert script <= 12_000
    assert script + rest <= 40_000
