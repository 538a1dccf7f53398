"""Laying out a plan, one question a page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.bootstrap import House
from tests.build import kept, rows
from tests.web.fetcher import Browser
from tests.web.plans import have, past_the_questions, programme, sketches, typed_rows, until_goal

DIAZEPAM = [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14"), ({"bedtime": "2"}, "14")]


def document(house: House) -> dict[str, Any]:
    [version] = rows(house, "plan_version")
    read: dict[str, Any] = json.loads(version["document"])
    return read


def test_diazepam_from_tablets_of_10_5_and_2_as_typed_rows(house: House, alice: Browser) -> None:
    page = typed_rows(alice, DIAZEPAM, start="2026-11-23")
    assert page.address == "/plan"
    found = sketches(page)
    assert [row.state for row in found] == ["still a sketch"] * 3
    assert "23 november 2026" in found[0].text
    assert "6 december 2026" in found[0].text
    assert "één tablet van 5 mg en één tablet van 2 mg" in found[0].text
    assert "7 mg" in found[0].text
    assert "4 januari 2027" in page.text
    assert {each["split"] for each in document(house)["products"]} == {"whole"}


def test_in_french_the_pieces_are_said_in_french(bob: Browser) -> None:
    page = typed_rows(bob, DIAZEPAM, start="2026-12-01", daily={"bedtime": "10"})
    assert "1er décembre 2026" in sketches(page)[0].text
    assert "un comprimé de 5 mg et un comprimé de 2 mg" in sketches(page)[0].text


def test_halves_only_when_the_person_says_so(house: House, alice: Browser) -> None:
    half = [({"bedtime": "7.5"}, "14")]
    refused = typed_rows(alice, half, start="2026-11-23", expect=422)
    assert refused.errors("r0-bedtime")
    assert refused.values()["r0-bedtime"] == ["7.5"]
    assert rows(house, "plan") == []
    halved = have("diazepam", "10", "5", "2", split="halves")
    page = typed_rows(alice, half, start="2026-11-23", products=halved)
    assert "anderhalve tablet van 5 mg" in sketches(page)[0].text


def test_lormetazepam_in_ten_steps_of_thirty_days(house: House, alice: Browser) -> None:
    page = programme(alice)
    found = sketches(page)
    assert len(found) == 10
    expected = ["2 mg", "1,8 mg", "1,6 mg", "1,4 mg", "1,2 mg", "1 mg", "0,8 mg", "0,6 mg", "0,4 mg", "0,2 mg"]
    assert [row.text.replace("\u00a0", " ")[: len(mg)] for row, mg in zip(found, expected, strict=True)] == expected
    assert "5 januari 2026" in found[0].text
    assert "1 november 2026" in page.text
    assert page.has("First day without: %(day)s") is False
    assert document(house)["pace"]["percents"] == ["100", "90", "80", "70", "60", "50", "40", "30", "20", "10"]


def test_five_steps_are_offered_as_our_own_sum_and_can_be_changed(house: House, alice: Browser) -> None:
    page = until_goal(alice, "lormetazepam", {"made": True}, {"bedtime": "2"})
    page = page.send({"goal": "stop"}).send({"how": "programme"})
    page = past_the_questions(page).send({"steps": "5", "days": "20", "start": "2026-12-01"})
    assert page.has(
        "These percentages are our own sum: equal steps. They are not the official table, which we do not know. "
        "Your doctor’s form counts: change what is different."
    )
    assert [page.values()[f"p{i}"] for i in range(5)] == [["100"], ["80"], ["60"], ["40"], ["20"]]
    page.send({"p1": "85,5"})
    assert document(house)["pace"]["percents"] == ["100", "85.5", "60", "40", "20"]


def test_seven_steps_ask_for_the_percentages_of_the_doctors_form(house: House, alice: Browser) -> None:
    page = programme(alice, steps="7", expect=422)
    assert page.address == "/plan/new/percents"
    assert page.has("For 7 steps we know no published percentages. Copy them from your doctor’s form.")
    assert page.errors("p0")
    assert rows(house, "plan") == []
    some = page.send({"p0": "100", "p1": "85"}, expect=422)
    assert [name for name in some.values() if name.startswith("p") and some.errors(name)] == [
        "p2",
        "p3",
        "p4",
        "p5",
        "p6",
    ]
    assert some.values()["p1"] == ["85"]
    done = some.send({f"p{i}": percent for i, percent in enumerate(("100", "85", "70", "55", "40", "25", "10"))})
    assert len(sketches(done)) == 7


def test_stabilising_needs_no_rows(house: House, alice: Browser) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "5", "2"), {"morning": "5", "bedtime": "7"})
    page = page.send({"goal": "stabilise"})
    assert page.address == "/plan"
    [row] = sketches(page)
    assert "12 mg" in row.text.replace("\u00a0", " ")
    assert document(house)["goal"] == {"kind": "stabilise"}


def test_reducing_ends_in_an_open_row_at_the_target(alice: Browser) -> None:
    page = typed_rows(
        alice,
        [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "")],
        start="2026-11-23",
        goal={"goal": "reduce", "target": "5"},
    )
    assert "7 december 2026" in sketches(page)[1].text
    assert alice.say("You stay at the last dose until you change something. Staying counts too.") in page.text


def test_the_dose_is_read_back_in_words(alice: Browser) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "5", split="halves"), {"bedtime": "7½"})
    assert "7,5 mg" in page.text.replace("\u00a0", " ")
    assert "zevenenhalve milligram (" in page.text
    assert "anderhalve tablet van 5 mg" in page.text


def test_products_and_dose_are_answered_on_one_page(house: House, alice: Browser) -> None:
    page = alice.open("/plan/new?again=1").send({"medicine": "diazepam"})
    halved = have("diazepam", "5", split="halves")
    refused = page.send(halved | {"bedtime": "1"}, expect=422)
    assert refused.address == "/plan/new/products"
    assert refused.errors("bedtime")
    assert refused.values()["have"] == halved["have"]
    page = refused.send({"bedtime": "7½"})
    assert page.address == "/plan/new/goal"
    again = alice.open("/plan/new/products").values()
    assert again["have"] == halved["have"]
    assert "bedtime" not in again  # from now on it stands on its own page
    assert alice.open("/plan/new/dose").values()["bedtime"] == ["7,5"]


def test_products_and_dose_are_both_said_when_both_are_wrong(alice: Browser) -> None:
    page = alice.open("/plan/new?again=1").send({"medicine": "diazepam"}).send({"bedtime": "veel"}, expect=422)
    assert page.errors("have")
    assert page.errors("bedtime")
    assert page.values()["bedtime"] == ["veel"]


@pytest.mark.parametrize(("how", "then"), [("rows", "rows"), ("pace", "doctor-first")])
def test_the_way_may_be_chosen_beside_the_goal(alice: Browser, how: str, then: str) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "5", "2"), {"bedtime": "7"})
    assert page.send({"goal": "stop", "how": how}).address == f"/plan/new/{then}"
    assert alice.open("/plan/new/how").values()["how"] == [how]
    assert alice.open("/plan/new/goal").send().address == "/plan/new/how"


def test_staying_stable_needs_no_way(alice: Browser) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "5", "2"), {"bedtime": "7"})
    assert page.send({"goal": "stabilise", "how": "pace"}).address == "/plan"


def test_any_medicine_can_be_typed_and_is_then_marked_to_check(alice: Browser) -> None:
    products = {"other0_form": "tablet", "other0_strength": "0,25", "other0_split": "halves"}
    page = typed_rows(
        alice, [({"noon": ",125"}, "7")], start="2026-11-23", medicine="Qwxzyl", products=products, daily={"noon": "½"}
    )
    assert page.has("Ask your pharmacist which strengths exist and which may be halved.")
    assert "Qwxzyl" in page.text


def test_made_capsules_are_never_halved_so_nothing_is_asked_about_it(alice: Browser) -> None:
    rows = [({"bedtime": "1,8"}, "7")]
    page = typed_rows(
        alice, rows, start="2026-11-23", medicine="Qwxzyl", products={"made": True}, daily={"bedtime": "2"}
    )
    assert "Qwxzyl" in page.text
    assert not page.has("Ask your pharmacist which strengths exist and which may be halved.")


def test_a_misspelt_medicine_is_asked_about_and_may_stay_as_typed(alice: Browser) -> None:
    page = alice.open("/plan/new?again=1").send({"medicine": "diazepan"}, expect=422)
    assert "diazepam" in [each.get("value") for each in page.all("input", name="chosen")]
    assert page.values() == {"medicine": ["diazepan"], "chosen": ["diazepam"]}
    page.send({"chosen": "diazepam"})
    assert alice.open("/plan/new/medicine").values()["medicine"] == ["diazepam"]
    alice.open("/plan/new?again=1").send({"medicine": "diazepan"}, expect=422).send({"chosen": "="})
    assert alice.open("/plan/new/medicine").values()["medicine"] == ["diazepan"]


def test_a_brand_name_is_known(alice: Browser) -> None:
    page = alice.open("/plan/new?again=1").send({"medicine": "valium"})
    assert page.address == "/plan/new/products"
    assert "10 mg" in page.text.replace("\u00a0", " ")


def test_a_break_loses_nothing(alice: Browser) -> None:
    until_goal(alice, "diazepam", have("diazepam", "10"), {"bedtime": "10"})
    assert alice.open("/plan/new").address == "/plan/new/goal"
    assert alice.open("/plan/new/dose").values()["bedtime"] == ["10"]
    assert alice.open("/plan/new?again=1").values()["medicine"] == [""]


def test_another_medicine_starts_the_questions_again(alice: Browser) -> None:
    until_goal(alice, "diazepam", have("diazepam", "10"), {"bedtime": "10"})
    alice.open("/plan/new/medicine").send({"medicine": "lormetazepam"})
    assert alice.open("/plan/new/goal").address == "/plan/new/products"


def test_a_question_cannot_be_skipped(alice: Browser) -> None:
    for name in ("products", "dose", "goal", "how", "programme", "percents", "rows"):
        assert alice.open(f"/plan/new/{name}").address == "/plan/new/medicine"
        assert alice.follow(alice.post(f"/plan/new/{name}", {"x": "y"}), "/plan").address == "/plan/new/medicine"
    alice.get("/plan/new/nothing", expect=404)
    alice.post("/plan/new/nothing", expect=404)


def test_the_last_button_pressed_twice_makes_one_plan(house: House, alice: Browser) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "10"), {"bedtime": "10"})
    page.send({"goal": "stabilise"})
    alice.post("/plan/new/goal", {"goal": "stabilise", "entry_id": page.values()["entry_id"][0]})
    assert len(rows(house, "plan")) == 1


# What is refused


MEDICINE = [({"medicine": ""}, "medicine")]
PRODUCTS = [
    ({}, "have"),
    ({"other0_form": "tablet", "other0_strength": "0"}, "other0_strength"),
    ({"other0_form": "tablet", "other0_strength": "five"}, "other0_strength"),
    ({"other0_form": "drops", "other0_strength": ""}, "other0_strength"),
    ({"other0_form": "liquid", "other0_strength": "1", "other0_step": ""}, "other0_step"),
    ({"other1_form": "capsule", "other1_strength": "1 000"}, "other1_strength"),
]
DOSE = [
    ({}, "morning"),
    ({"bedtime": "0"}, "morning"),
    ({"bedtime": "ten"}, "bedtime"),
    ({"bedtime": "1.000"}, "bedtime"),
    ({"morning": "05", "bedtime": "10"}, "morning"),
    ({"bedtime": "-5"}, "bedtime"),
    ({"bedtime": "1e3"}, "bedtime"),
    ({"evening": "3"}, "evening"),
]
GOAL = [
    ({}, "goal"),
    ({"goal": "reduce", "target": ""}, "target"),
    ({"goal": "reduce", "target": "0"}, "target"),
    ({"goal": "reduce", "target": "10"}, "target"),
    ({"goal": "reduce", "target": "twelve"}, "target"),
]
ROWS = [
    ({}, "r0-bedtime"),
    ({"r0-bedtime": "5"}, "r0-days"),
    ({"r0-bedtime": "5", "r0-days": "0"}, "r0-days"),
    ({"r0-bedtime": "5", "r0-days": "-1"}, "r0-days"),
    ({"r0-bedtime": "5", "r0-days": "1.5"}, "r0-days"),
    ({"r0-bedtime": "5", "r0-days": "99999"}, "r0-days"),
    ({"r0-bedtime": "", "r0-days": "7"}, "r0-bedtime"),
    ({"r0-bedtime": "0", "r0-days": "7"}, "r0-bedtime"),
    ({"r0-bedtime": "1 000", "r0-days": "7"}, "r0-bedtime"),
    ({"r0-bedtime": "3", "r0-days": "7"}, "r0-bedtime"),
    ({"r0-bedtime": "5", "r0-days": "7", "r2-bedtime": "2,5", "r2-days": "7"}, "r2-bedtime"),
    ({"r0-bedtime": "5", "r0-days": "7", "start": "2026-02-30"}, "start"),
    ({"r0-bedtime": "5", "r0-days": "7", "start": ""}, "start"),
    ({"r0-bedtime": "5", "r0-days": "7", "start": "1999-12-31"}, "start"),
    ({"r0-bedtime": "5", "r0-days": "7", "start": "23/11/2026"}, "start"),
]


def refused(house: House, browser: Browser, step: str, typed: dict[str, Any], field: str) -> None:
    before = kept(house)
    page = browser.open(f"/plan/new/{step}").send(typed, expect=422)
    assert page.errors(field), page.summary()
    assert page.errors(field) in page.summary()
    values = page.values()
    assert {name: values.get(name, [""]) for name in typed} == {
        name: value if isinstance(value, list) else [value] for name, value in typed.items()
    }
    after = kept(house)
    if step == "rows":  # what was typed is kept as a draft, so that nobody types ten steps twice
        del before["plan_draft"], after["plan_draft"]
    assert after == before


def test_typed_steps_come_back_after_a_look_at_another_page(alice: Browser) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "10", "5", "2"), {"bedtime": "10"})
    page.send({"goal": "stop"}).send({"how": "rows"})
    alice.open("/plan/new/rows").send({"r0-bedtime": "3,3", "r0-days": "14"}, expect=422)
    alice.open("/plan/new/products")
    values = alice.open("/plan/new/rows").values()
    assert (values["r0-bedtime"], values["r0-days"]) == (["3,3"], ["14"])


@pytest.mark.parametrize(("typed", "field"), MEDICINE)
def test_no_medicine_is_refused(house: House, alice: Browser, typed: dict[str, Any], field: str) -> None:
    refused(house, alice, "medicine", typed, field)


@pytest.mark.parametrize(("typed", "field"), PRODUCTS)
def test_products_that_cannot_be_are_refused(house: House, alice: Browser, typed: dict[str, Any], field: str) -> None:
    alice.open("/plan/new?again=1").send({"medicine": "Qwxzyl"})
    refused(house, alice, "products", typed, field)


@pytest.mark.parametrize(("typed", "field"), DOSE)
def test_a_dose_that_cannot_be_is_refused(house: House, alice: Browser, typed: dict[str, Any], field: str) -> None:
    alice.open("/plan/new?again=1").send({"medicine": "diazepam"}).send(have("diazepam", "10", "5"))
    refused(house, alice, "dose", typed, field)


@pytest.mark.parametrize(("typed", "field"), GOAL)
def test_a_goal_that_cannot_be_is_refused(house: House, alice: Browser, typed: dict[str, Any], field: str) -> None:
    until_goal(alice, "diazepam", have("diazepam", "10", "5"), {"bedtime": "10"})
    refused(house, alice, "goal", typed, field)


def test_not_saying_how_is_refused(house: House, alice: Browser) -> None:
    until_goal(alice, "diazepam", have("diazepam", "10", "5"), {"bedtime": "10"}).send({"goal": "stop"})
    refused(house, alice, "how", {}, "how")


def test_the_programme_is_for_one_intake_a_day(house: House, alice: Browser) -> None:
    daily = {"morning": "5", "bedtime": "10"}
    page = until_goal(alice, "diazepam", have("diazepam", "10", "5"), daily).send({"goal": "stop"})
    assert [each.get("value") for each in page.all("input", name="how")] == ["rows", "pace"]
    before = kept(house)
    answer = alice.post("/plan/new/how", {"how": "programme"}, expect=422)
    assert alice.follow(answer, "/plan/new/how", expect=422).errors("how")
    assert kept(house) == before


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"days": "10"}, "steps"),
        ({"steps": "5"}, "days"),
        ({"steps": "5", "days": "10", "start": "2026-13-01"}, "start"),
        ({"steps": "5", "days": "10", "start": "2101-01-01"}, "start"),
    ],
)
def test_a_frame_that_cannot_be_is_refused(house: House, alice: Browser, typed: dict[str, Any], field: str) -> None:
    page = until_goal(alice, "lormetazepam", {"made": True}, {"bedtime": "2"})
    past_the_questions(page.send({"goal": "stop"}).send({"how": "programme"}))
    refused(house, alice, "programme", typed, field)


@pytest.mark.parametrize(
    ("percent", "field"), [("0", "p3"), ("101", "p3"), ("x", "p3"), ("", "p3"), ("-1", "p3"), ("85", "p3")]
)
def test_a_percentage_that_cannot_be_is_refused(house: House, alice: Browser, percent: str, field: str) -> None:
    page = until_goal(alice, "lormetazepam", {"made": True}, {"bedtime": "2"})
    page = page.send({"goal": "stop"}).send({"how": "programme"})
    past_the_questions(page).send({"steps": "5", "days": "10", "start": "2026-12-01"})
    refused(house, alice, "percents", {"p3": percent}, field)


@pytest.mark.parametrize(("typed", "field"), ROWS)
def test_rows_that_cannot_be_are_refused(house: House, alice: Browser, typed: dict[str, str], field: str) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "10", "5", "2"), {"bedtime": "10"})
    page.send({"goal": "stop"}).send({"how": "rows"})
    if field == "r0-bedtime" and typed.get("r0-bedtime") == "3":
        typed = typed | {"r0-bedtime": "1"}
    refused(house, alice, "rows", typed, field)


def test_rows_that_do_not_end_at_the_target_are_refused(house: House, alice: Browser) -> None:
    page = typed_rows(
        alice,
        [({"bedtime": "7"}, "14"), ({"bedtime": "4"}, "")],
        start="2026-11-23",
        goal={"goal": "reduce", "target": "5"},
        expect=422,
    )
    assert page.summary()
    assert page.values()["r1-bedtime"] == ["4"]
    assert rows(house, "plan") == []


def test_more_rows_keep_what_was_typed(alice: Browser) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "10", "5", "2"), {"bedtime": "10"})
    page = page.send({"goal": "stop"}).send({"how": "rows"})
    page = page.send({"r0-bedtime": "7", "r0-days": "nonsense"}, button="more")
    assert page.values()["r0-days"] == ["nonsense"]
    assert "r7-days" in page.values()


def test_a_plan_of_many_rows_stops_growing_at_some_point(alice: Browser) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "10", "5", "2"), {"bedtime": "10"})
    page = page.send({"goal": "stop"}).send({"how": "rows"})
    for _ in range(15):
        page = page.send(button="more")
    assert "r59-days" in page.values()
    assert "r60-days" not in page.values()
