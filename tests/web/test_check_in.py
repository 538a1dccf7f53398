"""How is it today: one tap keeps it, another changes it, words are optional, and it can be taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.people import joined
from tests.web.fetcher import Browser, Page

ACTION = "/today/check-in"


def standing(house: House) -> list[dict[str, Any]]:
    return [json.loads(each["data"]) for each in rows(house, "entry") if not each["superseded"]]


def tap(page: Page, level: int) -> Page:
    return page.send(action=ACTION, button=str(level))


def chosen(page: Page) -> list[str | None]:
    return [each.get("aria-pressed") for each in page.all("button", class_="step")]


def test_one_tap_keeps_it(house: House, alice: Browser) -> None:
    page = alice.open("/today")
    assert chosen(page) == [None] * 5
    page = tap(page, 4)
    assert page.address == "/today#how"
    assert chosen(page) == ["false", "false", "false", "true", "false"]
    assert "Vandaag: eerder licht" in page.text
    [entry] = rows(house, "entry")
    assert (entry["kind"], json.loads(entry["data"])) == ("check_in", {"level": 4, "words": ""})


@pytest.mark.parametrize(("level", "word"), [(1, "difficile"), (2, "plutôt difficile"), (5, "léger")])
def test_every_step_has_its_word(bob: Browser, level: int, word: str) -> None:
    page = bob.open("/today")
    buttons = [" ".join("".join(each.itertext()).split()) for each in page.all("button", class_="step")]
    assert buttons[level - 1] == word
    assert f"Aujourd’hui : {word}" in tap(page, level).text


def test_a_double_tap_and_another_tap_of_the_same_page(house: House, clock: Clock, alice: Browser) -> None:
    page = alice.open("/today")
    tap(page, 2)
    tap(page, 2)
    assert len(rows(house, "entry")) == 1
    clock.forward(minutes=1)
    tap(page, 3)
    assert [each["level"] for each in standing(house)] == [3]
    assert len(rows(house, "entry")) == 2


def test_words_may_follow_and_stay_when_the_step_changes(house: House, alice: Browser) -> None:
    tap(alice.open("/today"), 2)
    form = alice.open("/today/check-in")
    assert form.values()["level"] == ["2"]
    page = form.send({"words": "jeuk & <zucht>"})
    assert page.address == "/today#how"
    assert "jeuk & <zucht>" in page.text
    assert "zucht" not in json.dumps(rows(house, "entry"), default=str)
    page = tap(page, 5)
    assert "jeuk & <zucht>" in page.text
    assert "Vandaag: licht" in page.text


def test_words_that_are_too_long_come_back_with_everything_typed(house: House, alice: Browser) -> None:
    before = kept(house)
    page = alice.open("/today/check-in").send({"level": "3", "words": "x" * 4001}, expect=422)
    assert page.errors("words")
    assert page.values()["words"] == ["x" * 4001]
    assert page.values()["level"] == ["3"]
    page = alice.open("/today/check-in").send({"words": "iets"}, expect=422)
    assert page.errors("level")
    assert kept(house) == before


def test_undo_takes_it_back_and_keeps_the_earlier_version(house: House, alice: Browser) -> None:
    page = tap(alice.open("/today"), 1).send(action="/today/check-in/undo")
    assert chosen(page) == [None] * 5
    assert page.has("Undone.")
    assert [each["superseded"] for each in rows(house, "entry")] == [True]


def test_a_tap_on_the_page_of_yesterday_keeps_nothing(house: House, clock: Clock, alice: Browser) -> None:
    page = alice.open("/today")
    clock.set("2026-11-22 09:00")
    page = tap(page, 4)
    assert page.has("A new day has begun. Here is what belongs to today.")
    assert rows(house, "entry") == []


def test_words_typed_over_the_turn_of_the_day_are_not_lost(house: House, clock: Clock, alice: Browser) -> None:
    form = alice.open("/today/check-in")
    clock.set("2026-11-22 09:00")
    form.send({"level": "3", "words": "lang getypt"})
    assert len(standing(house)) == 1


def test_without_consent_nothing_is_kept(app: Flask, house: House) -> None:
    undecided = joined(app, "alice", purposes=("plan",))
    page = tap(undecided.open("/today"), 3)
    assert page.address.startswith("/consent")
    assert undecided.open("/today/check-in").address.startswith("/consent")
    assert rows(house, "entry") == []


def test_the_days_stand_apart_from_lists_and_sums(alice: Browser, clock: Clock) -> None:
    tap(alice.open("/today"), 2)
    clock.set("2026-11-22 10:00")
    tap(alice.open("/today"), 5)
    page = alice.open("/symptoms")
    days = [" ".join("".join(each.itertext()).split()) for each in page.all("ul", class_="days")[0].iter("li")]
    assert [day.split()[-1] for day in days] == ["licht", "zwaar"]
    assert page.has("Your own taps of the last two weeks. They are no list and count in no sum.")
    assert page.has("No list yet. One list is a beginning; from two on you see here what changed.")
    assert not alice.open("/symptoms/list/sds").all("ul", class_="days")


def test_the_download_holds_every_version(alice: Browser) -> None:
    tap(tap(alice.open("/today"), 2), 3)
    export = json.loads(alice.get("/account/export").get_data(as_text=True))
    assert [(each["data"]["level"], each["superseded"]) for each in export["check_ins"]] in (
        [(2, True), (3, False)],
        [(3, False), (2, True)],
    )
