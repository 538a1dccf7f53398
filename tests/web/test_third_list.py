"""Adding a questionnaire needs a file and no code: form, sums, list, over time, offer and download."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.services import instruments
from companion.web.app import create_app
from tests import third_list
from tests.build import Clock, open_house, rows
from tests.people import joined
from tests.web.fetcher import Browser
from tests.web.plans import confirm, typed_rows

ALL = {f"answers[{n}]": str(n % 5 + 1) for n in range(1, 20)} | {"answers[20]": "1"}


@pytest.fixture
def hosted(tmp_path: Path, clock: Clock, empty_database: Path) -> Iterator[House]:
    """A house with a questionnaire of its host."""
    folder = third_list.write(tmp_path / "lists")
    with open_house(tmp_path / "house", clock, empty_database, instruments=folder) as house:
        yield house
    instruments.open_shelf()


@pytest.fixture
def app(hosted: House) -> Flask:
    return create_app(hosted)


@pytest.mark.parametrize(("name", "word"), [("alice", "helemaal"), ("bob", "tout à fait")])
def test_the_form_has_every_item_with_its_answers_and_notes(app: Flask, name: str, word: str) -> None:
    page = joined(app, name).open("/symptoms/new/third")
    radios = page.all("input", type="radio")
    assert len(radios) == 19 * 5 + 2
    assert word in page.text
    assert ("Alleen als je ooit minderde." if name == "alice" else "Seulement si") in page.text
    assert page.values().keys() == {"entry_id"}
    assert not page.all("section", class_="urgent")
    assert ("Met toestemming van de makers." if name == "alice" else "Avec l’accord des auteurs.") in page.text


def test_the_list_has_a_sum_for_each_part_and_none_for_the_whole(hosted: House, app: Flask) -> None:
    alice = joined(app, "alice")
    page = alice.open("/symptoms/new/third").send(ALL)
    for scale in third_list.SCALES:
        assert f"Deel {scale}: " in page.text
    assert alice.say("Sum: %(total)s of %(top)s").split("%")[0] not in page.text
    assert "ja" in page.text
    assert len(rows(hosted, "entry")) == 1
    wrong = alice.follow(
        alice.post("/symptoms/new/third", {"answers[1]": "9", "answers[20]": "5"}, expect=422),
        "/symptoms/new/third",
        422,
    )
    assert wrong.errors("answers[1]")
    assert wrong.errors("answers[20]")


def test_it_is_shown_over_time_and_can_be_taken_along(app: Flask, clock: Clock) -> None:
    alice = joined(app, "alice")
    alice.open("/symptoms/new/third").send(ALL)
    clock.forward(days=30)
    alice.open("/symptoms/new/third").send(ALL | {"answers[1]": "5"})
    assert "/symptoms/list/third" in alice.open("/symptoms").links()
    page = alice.open("/symptoms/list/third")
    assert len(list(page.root.iter("tr"))) == 21
    assert "eerst: bijna niet · nu: helemaal" in page.text
    assert len(page.all("figure", class_="sum-figure")) == 4
    assert page.has("The sums")
    export = json.loads(alice.get("/account/export").get_data(as_text=True))
    assert [each["data"]["answers"]["1"] for each in export["symptoms"]] == [2, 5]
    assert alice.open("/history").status == 200


def test_it_is_offered_by_its_own_rhythm(app: Flask, clock: Clock) -> None:
    alice = joined(app, "alice")
    typed_rows(alice, [({"bedtime": "7"}, "60")], start="2026-11-21")
    confirm(alice)
    alice.open("/symptoms/new").send({"answers[1]": "0"})
    clock.set("2026-11-22 20:00")
    alice.open("/symptoms/new/sds").send({"answers[1]": "0"})
    clock.set("2026-11-23 20:00")
    assert "/symptoms/new/third" in alice.open("/today").links()
    alice.open("/symptoms/new/third").send(ALL)
    clock.set("2026-11-24 20:00")
    assert "/symptoms/new/third" not in alice.open("/today").links()
    clock.set("2026-12-24 20:00")
    assert "/symptoms/new/third" in alice.open("/today").links()


def test_without_its_file_nothing_breaks_and_the_answers_stay_in_the_download(
    app: Flask, hosted: House, clock: Clock
) -> None:
    alice = joined(app, "alice")
    address = alice.open("/symptoms/new/third").send(ALL).address
    instruments.open_shelf()
    clock.forward(days=1)
    for page in ("/today", "/symptoms", "/history"):
        assert alice.open(page).status == 200
    alice.get(address, expect=404)
    export = json.loads(alice.get("/account/export").get_data(as_text=True))
    assert export["symptoms"][0]["data"]["instrument"] == "third"


def test_other_houses_do_not_have_it(tmp_path: Path, clock: Clock, empty_database: Path) -> None:
    with open_house(tmp_path / "other", clock, empty_database) as house:
        alice: Browser = joined(create_app(house), "alice")
        alice.get("/symptoms/new/third", expect=404)
