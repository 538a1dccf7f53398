"""What Today mentions to read, from a life as it is kept."""

import re

import pytest

from companion.bootstrap import House
from companion.domain.codes import Refused
from companion.domain.plan_change import Why
from companion.services import instruments
from companion.services.articles import articles
from companion.services.export_person import export_person, export_text
from companion.services.offer_text import mentioned, pages_of, rules, set_aside
from companion.services.read_export import Portrait, read_export
from companion.services.today import read_today
from tests.services.lives import TODAY, Life, ago, new_life


@pytest.fixture
def life(house: House) -> Life:
    return new_life(house)


def said(life: Life, shown: str = "") -> str:
    today = read_today(life.house.store, life.person, life.house.now())
    found = mentioned(life.house.store, life.person, today.plans, today.night, today.day, shown)
    return found.id if found else ""


@pytest.mark.parametrize(("back", "mentions"), [(0, "first-lower-dose"), (6, "first-lower-dose"), (7, "")])
def test_the_first_lower_dose(life: Life, back: int, mentions: str) -> None:
    life.plan(ago(back), ("8", 60), ("6", 60))
    assert said(life) == mentions


def test_a_sketch_mentions_nothing(life: Life) -> None:
    life.plan(TODAY, ("8", 60), ("6", 60), confirmed=False)
    assert said(life) == ""


@pytest.mark.parametrize(
    ("night", "mentions"), [({"waso_min": 20}, ""), ({"sol_min": 40, "waso_min": 45}, "awake-long")]
)
def test_a_long_night(life: Life, night: dict[str, int], mentions: str) -> None:
    life.nights([0], **night)
    assert said(life) == mentions
    life.nights([1], sol_min=300)


def test_a_step_back(life: Life) -> None:
    plan = life.plan(ago(40), ("8", 30), ("6", 30))
    life.bend(plan, 1, Why.BACK, 2, 14)
    assert said(life) == "step-back"


@pytest.mark.parametrize(
    ("left", "mentions"),
    [(16, ""), (14, "last-step"), (1, "last-step"), (0, "after-last-dose"), (-13, "after-last-dose"), (-14, "")],
)
def test_the_last_step_and_what_comes_after_it(life: Life, left: int, mentions: str) -> None:
    life.plan(ago(60 - left), ("8", 30), ("6", 30))
    assert said(life) == mentions


def test_hidden_is_hidden_for_good_and_nothing_else_comes_that_day(life: Life) -> None:
    life.plan(TODAY, ("8", 60), ("6", 60))
    life.nights([0], sol_min=90)
    assert said(life) == "awake-long"
    assert said(life, shown="first-lower-dose") == "first-lower-dose"
    for _ in range(2):
        assert set_aside(life.house.store, life.person, "awake-long", life.house.now())
    assert said(life) == ""
    assert not set_aside(life.house.store, life.person, "nothing-of-the-kind", life.house.now())


def test_every_symptom_that_is_not_urgent_has_its_page() -> None:
    bwsq = instruments.load("bwsq")
    assert set(pages_of(bwsq)) == {item.id for item in bwsq.items if item.urgent_from is None}
    assert set(pages_of(bwsq).values()) <= {known.slug for known in articles("nl")}
    assert pages_of(instruments.load("sds")) == {}


def test_no_line_advises_about_a_dose() -> None:
    advice = re.compile(r"\b(neem|verlaag|verhoog|minder nu|stop|prenez|baissez|augmentez|arrêtez)\b|\d", re.IGNORECASE)
    assert not [rule.id for rule in rules() for text in rule.say.values() if advice.search(text)]


def test_what_was_hidden_goes_along_in_the_export_and_comes_back(life: Life) -> None:
    set_aside(life.house.store, life.person, "stay", life.house.now())
    text = export_text(export_person(life.house.store, life.person))
    found = read_export(text)
    assert isinstance(found, Portrait)
    assert [entry.data for entry in found.entries] == [{"text": "stay"}]
    assert isinstance(read_export(text.replace('"text": "stay"', '"text": 5')), Refused)
