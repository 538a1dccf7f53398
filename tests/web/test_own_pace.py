"""One's own pace: typed by the person, shown with its sums, several forms side by side, nothing ever filled in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.web.fetcher import Browser, Page
from tests.web.plans import have, past_the_questions, sketches, until_goal

PACE = {"kind": "percent_of_current", "percent": "10", "every_days": "14", "start": "2026-11-23"}


def pace_page(
    browser: Browser,
    *,
    medicine: str = "lormetazepam",
    products: dict[str, Any] | None = None,
    daily: dict[str, str] | None = None,
    goal: dict[str, str] | None = None,
) -> Page:
    """The page of one's own pace, nothing typed yet. Lormetazepam 2 mg from tablets of 1 mg in halves, to stop."""
    page = until_goal(
        browser, medicine, products or have("lormetazepam", "1", split="halves"), daily or {"bedtime": "2"}
    )
    page = page.send(goal or {"goal": "stop"}).send({"how": "pace"})
    page = past_the_questions(page)
    assert page.address == "/plan/new/pace"
    return page


def document(house: House) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(rows(house, "plan_version")[-1]["document"])
    return read


def test_no_number_is_filled_in_for_anyone_and_the_first_day_is_today(alice: Browser) -> None:
    values = pace_page(alice).values()
    values.pop("entry_id")
    assert values.pop("start") == ["2026-11-21"]
    assert set(map(tuple, values.values())) == {("",)}


def test_the_table_shows_the_sum_of_each_step(alice: Browser) -> None:
    page = pace_page(alice, products=have("lormetazepam", "1", split="quarters")).send(PACE, button="preview")
    assert page.status == 200
    text = page.text.replace("\u00a0", " ")
    assert "2 mg − 10% = 1,8 mg → " + alice.say("%(mg)s is what your tablets can make") % {"mg": "1,75 mg"} in text
    assert "23 november 2026" in text
    assert "drie kwart" in text
    assert page.values()["percent"] == ["10"]


def test_in_french(bob: Browser) -> None:
    page = pace_page(bob).send(PACE, button="preview")
    assert "2 mg − 10 % = 1,8 mg" in page.text.replace("\u00a0", " ")


def test_laying_it_out_gives_a_sketch_with_its_sums(house: House, alice: Browser) -> None:
    page = pace_page(alice).send(PACE, button="preview").send(button="lay-out:own")
    assert page.address == "/plan"
    found = sketches(page)
    assert [row.state for row in found] == ["still a sketch"] * 3
    assert "2 mg − 10% = 1,8 mg" in found[0].text.replace("\u00a0", " ")
    assert document(house)["pace"] == {"kind": "percent_of_current", "percent": "10", "every_days": 14}
    assert rows(house, "confirmation") == []


def test_a_preview_keeps_no_plan_but_what_was_typed(house: House, alice: Browser) -> None:
    pace_page(alice).send(PACE, button="preview")
    assert rows(house, "plan") == []
    assert alice.open("/plan/new").address == "/plan/new/pace"
    assert alice.open("/plan/new/pace").values()["every_days"] == ["14"]


def test_only_the_part_that_changes_is_sent_for_the_script(alice: Browser) -> None:
    pace_page(alice)
    part = alice.post("/plan/new/pace", PACE | {"do": "preview", "part": "yes"}, expect=200).get_data(as_text=True)
    assert "<html" not in part
    assert "plan-row" in part
    unfinished = alice.post("/plan/new/pace", {"do": "preview", "part": "yes"}, expect=200).get_data(as_text=True)
    assert "plan-row" not in unfinished
    assert alice.say("Choose how you want to go down.") in unfinished


def test_a_fixed_amount_with_a_lead_in_more_time_and_a_last_dose(house: House, alice: Browser) -> None:
    pace: dict[str, Any] = {
        "kind": "amount",
        "mg": "0,2",
        "every_days": "10",
        "start": "2026-12-01",
        "lead_in": "7",
        "stretch": True,
    }
    pace_page(alice).send(pace | {"last_dose": "0,5"}, button="preview").send(button="lay-out:own")
    kept_as = document(house)
    assert kept_as["pace"] == {"kind": "amount", "mg": "0.2", "every_days": 10}
    assert (kept_as["lead_in_days"], kept_as["stretch"], kept_as["last_dose"]) == (7, True, "0.5")


def test_which_of_several_moments_goes_down_first(house: House, alice: Browser) -> None:
    page = pace_page(alice, daily={"morning": "1", "bedtime": "1"})
    assert {each.get("value") for each in page.all("input", name="lower_first")} == {"morning", "bedtime"}
    page.send(PACE | {"lower_first": "bedtime"}, button="preview").send(button="lay-out:own")
    assert document(house)["lower_first"] == ["bedtime"]


def test_with_one_moment_that_is_not_asked(alice: Browser) -> None:
    page = pace_page(alice)
    assert not page.all("input", name="lower_first")
    refused = alice.post("/plan/new/pace", PACE | {"lower_first": "noon"}, expect=422)
    assert alice.say("Choose one of the moments at which you take something.") in refused.get_data(as_text=True)


def test_over_the_usual_ceiling_is_said_with_its_source(alice: Browser) -> None:
    page = pace_page(alice, products=have("lormetazepam", "1")).send(PACE, button="preview")
    assert page.has(
        "Over two weeks this is more than a quarter lower: above the usual ceiling of the Joint Clinical Practice "
        "Guideline (2025). Something to talk about with your doctor."
    )


# Side by side


def test_up_to_three_forms_stand_side_by_side(house: House, alice: Browser) -> None:
    also: dict[str, Any] = {"also_drops": True, "drop": "0,1", "also_made": True, "last_dose": "0,2"}
    page = pace_page(alice).send(PACE | also, button="preview")
    sides = [" ".join(" ".join(side.itertext()).split()) for side in page.all("section", class_="side")]
    assert len(sides) == 3
    heads = ("What I have", "Drops", "Capsules that the pharmacist makes")
    assert all(side.startswith(alice.say(name)) for side, name in zip(sides, heads, strict=True))
    assert not page.all("button", class_="button-do")  # none of them is the recommended one
    page.send(button="lay-out:drops")
    assert document(house)["products"] == [{"form": "drops", "strength": "0.1"}]


def test_one_that_cannot_be_made_says_why_and_the_others_stand(alice: Browser) -> None:
    page = pace_page(alice).send(PACE | {"also_drops": True, "drop": "0,3", "last_dose": "0,5"}, button="preview")
    text = page.all("section", class_="side")
    assert len(text) == 2
    assert [bool(list(side.iter("dl"))) for side in text] == [True, False]


def test_drops_need_their_milligrams(alice: Browser) -> None:
    page = pace_page(alice).send(PACE | {"also_drops": True}, button="preview")
    assert [bool(list(side.iter("dl"))) for side in page.all("section", class_="side")] == [True, False]
    alice.post("/plan/new/pace", PACE | {"also_drops": "yes", "do": "lay-out:drops"}, expect=422)


# Refused


REFUSED = [
    ({}, "kind"),
    ({"percent": ""}, "percent"),
    ({"percent": "0"}, "percent"),
    ({"percent": "100"}, "percent"),
    ({"percent": "ten"}, "percent"),
    ({"kind": "amount", "mg": ""}, "mg"),
    ({"kind": "amount", "mg": "-1"}, "mg"),
    ({"every_days": ""}, "every_days"),
    ({"every_days": "0"}, "every_days"),
    ({"every_days": "4000"}, "every_days"),
    ({"start": ""}, "start"),
    ({"start": "2026-02-30"}, "start"),
    ({"lead_in": "x"}, "lead_in"),
    ({"lead_in": "9999"}, "lead_in"),
    ({"last_dose": "2"}, "last_dose"),
    ({"last_dose": "0"}, "last_dose"),
]


@pytest.mark.parametrize(("typed", "field"), REFUSED)
@pytest.mark.parametrize("button", ["preview", "lay-out"])
def test_a_pace_that_cannot_be_is_refused(
    house: House, alice: Browser, typed: dict[str, str], field: str, button: str
) -> None:
    pace_page(alice)
    fields = PACE | typed if typed else {"every_days": "14"}
    page = alice.follow(alice.post("/plan/new/pace", fields | {"do": button}, expect=422), "/plan/new/pace", 422)
    assert page.errors(field), page.summary()
    values = page.values()
    assert all(values.get(name, [value]) == [value] for name, value in fields.items())
    assert rows(house, "plan") == []


def test_made_capsules_need_a_last_dose(alice: Browser) -> None:
    page = pace_page(alice, products={"made": True}).send(PACE, button="preview", expect=422)
    assert page.errors("last_dose")


def test_an_amount_that_could_be_two_is_asked_with_one_tap_for_each(alice: Browser) -> None:
    page = pace_page(alice).send(PACE | {"percent": "12.500"}, button="preview", expect=422)
    assert page.errors("percent")
    values = [each.get("value", "") for each in page.all("button", name="pick")]
    assert values == ["percent=12%2C5&do=preview", "percent=12500&do=preview"]
    page = page.send(button=values[0])
    assert page.values()["percent"] == ["12,5"]
    assert page.values()["every_days"] == ["14"]
    assert page.all("div", class_="plan-row")


def test_the_page_waits_for_the_questions_before_it(house: House, alice: Browser) -> None:
    assert alice.open("/plan/new/pace").address == "/plan/new/medicine"
    page = until_goal(alice, "lormetazepam", have("lormetazepam", "1"), {"bedtime": "2"}).send({"goal": "stop"})
    page.send({"how": "pace"})
    before = kept(house)
    assert alice.open("/plan/new/pace").address == "/plan/new/doctor-first"
    assert alice.post("/plan/new/pace", PACE).headers["Location"] == "/plan/new/doctor-first"
    assert kept(house) == before


def test_each_row_can_then_be_changed_moved_and_split(house: House, alice: Browser, clock: Clock) -> None:
    pace_page(alice).send(PACE | {"start": "2026-12-01"}, button="preview").send(button="lay-out:own")
    plan = rows(house, "plan")[0]["id"]
    page = alice.open(f"/plan/{plan}/rows/2").send({"by": "3"}, containing="by", button="later")
    assert "18 december 2026" in sketches(page)[1].text
    page = alice.open(f"/plan/{plan}/rows/2").send({"first": "5", "second": "12"}, containing="first", button="split")
    found = sketches(page)
    assert len(found) == 4
    assert "(5 dagen)" in found[1].text
    assert "(12 dagen)" in found[2].text
    assert "2 mg − 10% = 1,8 mg" in found[0].text.replace("\u00a0", " ")  # the sum stays while the cut is the same
    page = alice.open(f"/plan/{plan}/rows/1").send({"by": "2"}, containing="by", button="later")
    assert "3 december 2026" in sketches(page)[0].text
    refused = alice.open(f"/plan/{plan}/rows/1").send({"by": "60"}, containing="by", button="earlier", expect=422)
    assert refused.errors("by")
    refused = alice.open(f"/plan/{plan}/rows/1").send({"first": "", "second": "x"}, containing="first", expect=422)
    assert refused.errors("first")
    assert refused.errors("second")
