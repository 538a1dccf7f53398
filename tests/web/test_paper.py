"""Paper, boxes and supply, page by page."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.services.plan_view import LivePlan
from tests.build import Clock, kept, rows
from tests.confirmed import HALVES, PROGRAMME, Doc, confirmed_plan, person_named, rows_plan, tablet
from tests.web.fetcher import Browser


def plan_for(house: House, name: str, document: Doc, clock: Clock, only: list[int] | None = None) -> LivePlan:
    return confirmed_plan(house, person_named(house, name), document, clock.instant, only)


def doses(house: House) -> list[dict[str, Any]]:
    return [json.loads(row["data"]) | {"day": str(row["day"])} for row in rows(house, "entry") if not row["superseded"]]


# The plan on paper


def test_only_confirmed_days_are_on_paper_and_no_name(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES, clock, [1])
    page = alice.open("/plan/print")
    assert page.text.count("anderhalve tablet van 1") == 14
    assert "een halve tablet" not in page.text
    assert "één tablet" not in page.text
    [sheet] = page.all("article", class_="sheet")
    said = " ".join(sheet.itertext())
    assert "alice" not in said.lower()
    assert "21 tabletten van 1" in said.replace("\u00a0", " ")


def test_both_languages_whatever_the_person_speaks(house: House, bob: Browser, clock: Clock) -> None:
    plan_for(house, "bob", HALVES, clock)
    page = bob.open("/plan/print?language=both&from=2026-12&to=2026-12")
    assert [sheet.get("lang") for sheet in page.all("article", class_="sheet")] == ["nl", "fr"]
    assert "een halve tablet van 1" in page.text
    assert "un demi-comprimé de 1" in page.text
    assert "maandag" in page.text
    assert "lundi" in page.text
    assert bob.open("/plan/print?language=nl").all("article")[0].get("lang") == "nl"


def test_months_are_chosen_and_all_of_the_plan_is_possible(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", PROGRAMME, clock)
    assert len(alice.open("/plan/print").all("article")) == 3
    assert len(alice.open("/plan/print?to=2027-08").all("article")) == 10
    last = alice.open("/plan/print?from=2027-08&to=2027-08")
    assert len(last.all("article")) == 1


@pytest.mark.parametrize(
    "query", ["from=x", "from=2020-01", "to=2099-01", "language=de", "from=2026-12&to=2026-11", "plan=mine"]
)
def test_sheets_that_are_not_there_are_refused(house: House, alice: Browser, clock: Clock, query: str) -> None:
    plan_for(house, "alice", HALVES, clock)
    page = alice.open(f"/plan/print?{query}", expect=422)
    assert page.summary()


def test_a_plan_each_its_own_sheets(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES | {"medicine": "lorazepam"}, clock)
    other = plan_for(house, "alice", HALVES | {"medicine": "zolpidem"}, clock)
    assert len(alice.open("/plan/print").all("article")) == 4
    one = alice.open(f"/plan/print?plan={other.id}")
    assert all("zolpidem" in " ".join(sheet.itertext()) for sheet in one.all("article"))


def test_without_a_confirmed_step_there_is_nothing_on_paper(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES, clock, [])
    for address in ("/plan/print", "/plan/week", "/plan/box", "/plan/supply"):
        page = alice.open(address)
        assert "/plan" in page.links()
        assert not page.all("article")


def test_an_open_step_is_printed_for_a_year(house: House, alice: Browser, clock: Clock) -> None:
    steady = {key: value for key, value in HALVES.items() if key != "pace"} | {"goal": {"kind": "stabilise"}}
    plan_for(house, "alice", steady, clock)
    page = alice.open("/plan/print?to=2027-10")
    assert len(page.all("article")) == 12


# Fill my week


def test_a_week_of_compartments(house: House, alice: Browser, clock: Clock) -> None:
    document = rows_plan(
        [({"morning": "1", "bedtime": "1.5"}, 4), ({"bedtime": "0.5"}, 30)], [tablet("1")], "2026-11-20"
    )
    plan_for(house, "alice", document, clock)
    page = alice.open("/plan/week")
    assert len(page.all("th", scope="row")) == 7
    assert page.text.count("anderhalve tablet van 1") == 3
    assert page.text.count("een halve tablet van 1") == 4
    assert "10 tabletten van 1" in page.text.replace("\u00a0", " ")  # 3 + 4.5 + 2 = 9.5
    page = alice.open("/plan/week?from=2026-11-28")
    assert page.text.count("een halve tablet van 1") == 7


@pytest.mark.parametrize("first", ["x", "2026-11-20", "2028-01-01"])
def test_a_week_that_cannot_be_put_ready_is_not_there(alice: Browser, first: str) -> None:
    alice.open(f"/plan/week?from={first}", expect=404)


def test_two_medicines_share_a_pillbox(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES | {"medicine": "lorazepam"}, clock)
    drops = rows_plan([({"bedtime": "1"}, 30)], [{"form": "drops", "strength": "0.1"}], "2026-11-16")
    plan_for(house, "alice", drops, clock)
    page = alice.open("/plan/week")
    assert "lorazepam ·" in page.text
    assert "diazepam ·" in page.text
    assert page.has("Drops and liquid do not go in the box: measure them when you take them.")


# A new box


def test_a_box_is_the_same_or_different(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", PROGRAMME, clock)
    page = alice.open("/plan/box").send({"mg": "1,8"})
    assert "stap 2" in page.text or "step 2" in page.text
    assert "1 december 2026" in page.text
    page = alice.open("/plan/box").send({"mg": "1.7"})
    assert page.has("Different from your plan: ask your pharmacist.")
    clock.set("2026-12-24 12:00")
    assert alice.open("/plan/box").send({"mg": "2"}).has("Different from your plan: ask your pharmacist.")


def test_a_box_of_a_step_that_is_a_sketch_is_different(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", PROGRAMME, clock, [1])
    assert alice.open("/plan/box").send({"mg": "1,8"}).has("Different from your plan: ask your pharmacist.")


@pytest.mark.parametrize("typed", ["", "0", "abc", "1 000", "05", "-2", "1;8", "9" * 40])
def test_nonsense_on_a_label_is_refused(house: House, alice: Browser, clock: Clock, typed: str) -> None:
    plan_for(house, "alice", HALVES, clock)
    before = kept(house)
    page = alice.open("/plan/box").send({"mg": typed}, expect=422)
    assert page.errors("mg")
    assert page.values()["mg"] == [typed]
    assert kept(house) == before


# Supply


def test_counting_and_until_when(house: House, alice: Browser, clock: Clock) -> None:
    plan = plan_for(house, "alice", HALVES, clock)
    page = alice.open("/plan/supply").send({f"have-{plan.id}-tablet-1": "10,5"}, containing="counted_on")
    assert "27 november 2026" in page.text
    today = alice.open("/today")
    assert "27 november" in today.text
    assert "/plan/supply" in today.links()


def test_a_refused_count_comes_back_as_typed(house: House, alice: Browser, clock: Clock) -> None:
    plan = plan_for(house, "alice", HALVES, clock)
    name = f"have-{plan.id}-tablet-1"
    page = alice.open("/plan/supply").send({name: "veel"}, containing="counted_on", expect=422)
    assert page.errors(name)
    assert page.values(containing="counted_on")[name] == ["veel"]
    assert rows(house, "supply") == []
    page = alice.open("/plan/supply").send(containing="counted_on", expect=422)
    assert page.summary()


def test_how_many_until_a_day(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES, clock)
    page = alice.open("/plan/supply?until=2026-12-27")
    assert "35 tabletten van 1" in page.text.replace("\u00a0", " ")  # 9 × 1.5 + 14 + 14 × 0.5 = 34.5
    for wrong in ("x", "2026-11-20", "2099-01-01", "2026-02-30"):
        assert alice.open(f"/plan/supply?until={wrong}", expect=422).summary()


def test_the_prescriptions_have_asking_dates(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", PROGRAMME, clock)
    assert "21 december 2026" in alice.open("/plan/supply").text
    clock.set("2026-12-22 12:00")
    assert alice.open("/today").has("Time to ask for the next prescription")


# A month typed back


def names(plan: LivePlan, day: str, moment: str = "bedtime") -> tuple[str, str]:
    key = f"{day}-{moment}-{plan.id}"
    return f"a-{key}", f"m-{key}"


def test_a_month_is_typed_back(house: House, alice: Browser, clock: Clock) -> None:
    plan = plan_for(house, "alice", HALVES, clock)
    page = alice.open("/plan/paper/2026-11")
    chosen = [name for name in page.values() if name.startswith("a-")]
    assert len(chosen) == 6  # 16 to 21 November: the days to come are not offered
    planned, _ = names(plan, "2026-11-16")
    different, amount = names(plan, "2026-11-17")
    page = page.send({planned: "planned", different: "different", amount: "1"})
    assert [(dose["day"], dose["mg"], dose["taken"]) for dose in doses(house)] == [
        ("2026-11-16", "1.5", True),
        ("2026-11-17", "1", True),
    ]
    assert all("taken_at" not in dose for dose in doses(house))
    assert page.values()[planned] == [""]


def test_the_same_form_twice_is_one_answer(house: House, alice: Browser, clock: Clock) -> None:
    plan = plan_for(house, "alice", HALVES, clock)
    page = alice.open("/plan/paper/2026-11")
    planned, _ = names(plan, "2026-11-16")
    page.send({planned: "planned"})
    once = kept(house)
    page.send({planned: "planned"})
    assert kept(house) == once


def test_refused_amounts_keep_everything_typed_and_store_nothing(house: House, alice: Browser, clock: Clock) -> None:
    plan = plan_for(house, "alice", HALVES, clock)
    before = kept(house)
    page = alice.open("/plan/paper/2026-11")
    planned, both = names(plan, "2026-11-16")
    different, wrong = names(plan, "2026-11-17")
    empty, missing = names(plan, "2026-11-18")
    page = page.send(
        {planned: "planned", both: "2", different: "different", wrong: "1 000", empty: "different"}, expect=422
    )
    assert page.errors(planned)
    assert page.errors(wrong)
    assert page.errors(missing)
    assert page.values()[wrong] == ["1 000"]
    assert page.values()[planned] == ["planned"]
    assert kept(house) == before


def test_what_was_noted_stays_unless_it_is_changed(house: House, alice: Browser, clock: Clock) -> None:
    plan = plan_for(house, "alice", HALVES, clock)
    stale = alice.open("/plan/paper/2026-11")
    alice.open("/today").send(action="/today/taken")
    choice, amount = names(plan, "2026-11-21")
    page = stale.send({choice: "different", amount: "1"}, expect=422)
    assert page.errors(choice)
    assert [dose["mg"] for dose in doses(house)] == ["1.5"]
    assert page.values()[amount] == ["1"]
    page.send()
    assert [dose["mg"] for dose in doses(house)] == ["1"]


def test_everything_as_planned_is_one_tap_and_still_to_be_kept(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES, clock)
    page = alice.open("/plan/paper/2026-11?all=planned")
    assert doses(house) == []
    page.send()
    assert [dose["mg"] for dose in doses(house)] == ["1.5"] * 6


@pytest.mark.parametrize("month", ["2026-13", "x", "2026-1"])
def test_what_is_no_month_is_not_there(alice: Browser, month: str) -> None:
    alice.open(f"/plan/paper/{month}", expect=404)


def test_made_up_rows_of_a_form_are_left_alone(house: House, alice: Browser, charlie: Browser, clock: Clock) -> None:
    plan = plan_for(house, "alice", HALVES, clock)
    before = kept(house)
    choice, _ = names(plan, "2026-11-16")
    future, _ = names(plan, "2026-11-25")
    charlie.post("/plan/paper/2026-11", {choice: "planned", "form_id": str(uuid4())}, expect=303)
    alice.post("/plan/paper/2026-11", {future: "planned", "form_id": "x"}, expect=303)
    assert kept(house) == before


# Someone else, and nobody


@pytest.mark.parametrize("address", ["/plan/print", "/plan/week", "/plan/box", "/plan/supply", "/plan/paper/2026-11"])
def test_a_visitor_is_asked_to_sign_in_and_a_stranger_sees_nothing(
    house: House, alice: Browser, charlie: Browser, visitor: Browser, clock: Clock, address: str
) -> None:
    plan_for(house, "alice", HALVES, clock)
    assert visitor.open(address).address.startswith("/sign-in")
    assert "diazepam" not in charlie.open(address).text


def test_my_plan_leads_to_paper_and_boxes(house: House, alice: Browser, clock: Clock) -> None:
    assert "/plan/print" not in alice.open("/plan").links()
    plan_for(house, "alice", HALVES, clock)
    assert {"/plan/print", "/plan/week", "/plan/box", "/plan/supply", "/plan/paper/2026-11"} <= set(
        alice.open("/plan").links()
    )
