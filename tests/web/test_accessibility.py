"""The accessibility statement, and small things that readers, voices and password managers rely on."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from companion.web.app import create_app
from tests.build import Clock, open_house
from tests.people import newcomer
from tests.web.fetcher import Browser


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_statement_says_what_is_done_what_is_not_and_whom_to_tell(visitor: Browser, language: str) -> None:
    visitor.language = visitor.accepts = language
    page = visitor.open("/accessibility")
    for heading in ("What is done", "What is not checked yet", "What is harder", "Does something not work for you?"):
        assert page.has(heading)
    assert page.has("Real screen readers, such as VoiceOver, TalkBack and NVDA.")
    assert "Lena’s test bench" in page.text
    assert "lena@example.org" in page.text
    assert "2026" in page.text


def test_every_page_leads_to_the_statement(visitor: Browser, alice: Browser) -> None:
    for page in (visitor.open("/"), visitor.open("/nowhere", expect=404), alice.open("/today")):
        assert "/accessibility" in page.links()


def test_a_host_who_filled_in_nothing_is_not_made_up(tmp_path: Path, clock: Clock, empty_database: Path) -> None:
    nobody = {"host_name": "", "host_contact": ""}
    with open_house(tmp_path / "nobody", clock, empty_database, **nobody) as house:
        page = newcomer(create_app(house)).open("/accessibility")
    assert page.has("Whoever runs this site has not filled in yet how you can reach them.")


def test_what_a_button_shows_is_the_beginning_of_its_name(visitor: Browser) -> None:
    """WCAG 2.5.3: who says "FR" aloud finds the button that shows FR."""
    for language in ("nl", "fr"):
        visitor.language = visitor.accepts = language
        [button] = visitor.open("/").all("button", name="language")
        assert button.get("aria-label", "").startswith(f"{(button.text or '').strip()}, ")


def test_names_of_languages_are_read_in_their_own_language(alice: Browser) -> None:
    page = alice.open("/papers/letter")
    said = {each.text: each.get("lang") for each in page.all("span") if each.text in {"Nederlands", "Français"}}
    assert said == {"Nederlands": "nl", "Français": "fr"}
    options = {each.text: each.get("lang") for each in alice.open("/share/new").all("option")}
    assert (options["Nederlands"], options["Français"]) == ("nl", "fr")


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/join", {"name": "username", "passphrase": "new-password"}),
        ("/sign-in", {"name": "username", "passphrase": "current-password"}),
        ("/recover", {"name": "username", "passphrase": "new-password"}),
    ],
)
def test_fields_about_oneself_say_what_they_ask(app: Flask, address: str, fields: dict[str, str]) -> None:
    page = newcomer(app).open(address)
    assert {name: page.all("input", name=name)[0].get("autocomplete") for name in fields} == fields


def test_on_paper_only_ones_own_name_and_telephone_are_offered(visitor: Browser) -> None:
    purposes = [each.get("autocomplete") for each in visitor.open("/papers/agreement").all("input", type="text")]
    assert purposes[:6] == ["name", "tel", "off", "off", "off", "off"]
    assert {"name", "tel"}.isdisjoint(purposes[6:])
