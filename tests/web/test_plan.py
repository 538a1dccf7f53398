"""My plan: read, confirm, change; the past never changes and nothing new is taken for agreed."""

from __future__ import annotations

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.web.fetcher import Browser, Page
from tests.web.plans import confirm, plan_id, programme, sketches, typed_rows

START = "2026-11-21"
ROWS = [({"bedtime": "7"}, "7"), ({"bedtime": "5"}, "7"), ({"bedtime": "2"}, "7")]


@pytest.fixture
def plan(alice: Browser) -> str:
    """Diazepam 7, 5, 2 mg, a week each, from today; nothing confirmed."""
    typed_rows(alice, ROWS, start=START)
    return f"/plan/{plan_id(alice)}"


def states(page: Page) -> list[str]:
    return [row.state for row in sketches(page)]


def doses(page: Page) -> list[str]:
    return [row.text.replace("\u00a0", " ").split(" mg")[0] for row in sketches(page)]


def test_without_a_plan_the_page_offers_one_and_nothing_is_asked(alice: Browser) -> None:
    page = alice.open("/plan")
    assert "/plan/new" in page.links()
    assert page.forms() == []


def test_a_sketch_does_not_reach_today_or_the_picture(alice: Browser, plan: str) -> None:
    assert not alice.open("/today").all("h2", class_="dose-words")
    assert alice.open("/today").has("Today’s step is still a sketch")
    assert not alice.open("/history").all("path", class_="chart-stair")


@pytest.mark.parametrize("day", ["2026-11-21", "2026-12-11"], ids=["first day", "last day"])
def test_the_dot_of_today_is_drawn_whole_and_covers_no_amount(
    clock: Clock, alice: Browser, plan: str, day: str
) -> None:
    confirm(alice)
    clock.set(f"{day} 21:00")
    page = alice.open("/plan")
    [halo] = page.all("circle", class_="stair-halo")
    middle, reach = float(halo.get("cx", "")), float(halo.get("r", "")) + 2  # its line is 4 wide
    [picture] = page.all("svg", class_="stair")
    assert reach <= middle <= float(picture.get("viewBox", "").split()[2]) - reach
    wide = 60
    for label in page.all("text"):
        x = float(label.get("x", ""))
        left, right = (x, x + wide) if label.get("text-anchor") == "start" else (x - wide, x)
        assert right < middle - reach or left > middle + reach, (label.text, left, middle)


def test_the_word_today_stays_inside_the_drawing(clock: Clock, alice: Browser, plan: str) -> None:
    confirm(alice)
    seen = set()
    for day in ("2026-12-01", "2026-12-07"):
        clock.set(f"{day} 21:00")
        page = alice.open("/plan")
        [picture] = page.all("svg", class_="stair")
        [label] = [each for each in page.all("text") if each.text == alice.say("today")]
        seen.add(label.get("text-anchor"))
        wide = 90 if label.get("text-anchor") == "start" else 0  # “aujourd’hui”
        assert float(label.get("x", "")) + wide <= float(picture.get("viewBox", "").split()[2])
    assert seen == {"start", "end"}


def test_rows_are_confirmed_one_by_one(alice: Browser, plan: str) -> None:
    assert states(confirm(alice, [1])) == ["confirmed", "still a sketch", "still a sketch"]
    assert states(confirm(alice, [3])) == ["confirmed", "still a sketch", "confirmed"]
    page = confirm(alice)
    assert states(page) == ["confirmed"] * 3
    assert not page.all("input", name="rows")
    assert alice.say("Agreed with your doctor.") not in page.text


def test_only_confirmed_rows_reach_today(clock: Clock, alice: Browser, plan: str) -> None:
    confirm(alice, [1, 3])
    shown = {}
    for day in ("2026-11-21", "2026-11-27", "2026-11-28", "2026-12-04", "2026-12-05", "2026-12-11", "2026-12-12"):
        clock.set(f"{day} 21:00")
        shown[day] = len(alice.open("/today").all("h2", class_="dose-words"))
    assert list(shown.values()) == [1, 1, 0, 0, 1, 1, 0]


def test_whom_it_was_agreed_with_is_asked_shown_and_never_blocks(house: House, alice: Browser, plan: str) -> None:
    texts = {
        "not_yet": "Not agreed with a doctor or pharmacist yet.",
        "pharmacist": "Agreed with your pharmacist.",
        "both": "Agreed with your doctor and your pharmacist.",
    }
    for n, (agreed, sentence) in enumerate(texts.items(), 1):
        assert confirm(alice, [n], agreed).has(sentence)


def test_with_whom_it_was_agreed_is_asked_and_never_blocks(alice: Browser, plan: str) -> None:
    alice.open("/plan").send({"rows": ["1", "2"]}, action=f"{plan}/confirm")
    assert [row.state for row in sketches(alice.open("/plan"))][:2] == ["confirmed", "confirmed"]


def test_what_was_agreed_is_asked_again_after_a_change(alice: Browser, plan: str) -> None:
    confirm(alice, agreed="doctor")
    assert alice.open("/plan").has("Agreed with your doctor.")
    alice.open(f"{plan}/rows/2").send({"days": "9"}, containing="days", button="change")
    assert not alice.open("/plan").has("Agreed with your doctor.")


def test_all_steps_can_be_confirmed_at_once(alice: Browser, plan: str) -> None:
    alice.open("/plan").send({}, action=f"{plan}/confirm", button="yes")
    assert {row.state for row in sketches(alice.open("/plan"))} == {"confirmed"}


def test_confirming_without_a_tick_is_refused(house: House, alice: Browser, plan: str) -> None:
    before = kept(house)
    page = alice.open("/plan")
    nothing = page.send({"agreed_with": "doctor"}, action=f"{plan}/confirm", expect=422)
    assert nothing.errors("rows")
    assert nothing.values(f"{plan}/confirm")["agreed_with"] == ["doctor"]
    strange = alice.post(
        f"{plan}/confirm", {"version": "1", "rows": ["9", "x", "²"], "agreed_with": "both"}, expect=422
    )
    assert alice.follow(strange, plan, expect=422).errors("rows")
    assert kept(house) == before


def test_confirming_what_changed_meanwhile_is_refused(house: House, alice: Browser, plan: str) -> None:
    old_tab = alice.open("/plan")
    alice.open(f"{plan}/rows/3").send({"bedtime": "4"}, containing="days", button="change")
    before = kept(house)
    page = old_tab.send({"rows": ["3"], "agreed_with": "doctor"}, action=f"{plan}/confirm", expect=422)
    assert page.summary() == [alice.say("Your plan changed in the meantime. Read it again, then choose.")]
    assert kept(house) == before
    assert states(page.send({"rows": ["3"]}, action=f"{plan}/confirm")) == ["still a sketch"] * 2 + ["confirmed"]


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "²", "999999999999999999999"])
def test_a_version_that_never_was_is_refused(house: House, alice: Browser, plan: str, version: str) -> None:
    before = kept(house)
    alice.post(f"{plan}/confirm", {"version": version, "rows": ["1"], "agreed_with": "doctor"}, expect=422)
    alice.post(f"{plan}/rows/1", {"version": version, "bedtime": "4", "days": "7", "do": "change"}, expect=422)
    assert kept(house) == before


# Changing rows


def test_a_row_to_come_can_be_changed_and_is_a_sketch_again(alice: Browser, plan: str) -> None:
    confirm(alice)
    page = alice.open(f"{plan}/rows/2")
    assert (page.values(plan + "/rows/2", "days")["bedtime"], page.values(plan + "/rows/2", "days")["days"]) == (
        ["5"],
        ["7"],
    )
    page = page.send({"bedtime": "4", "days": "10"}, containing="days", button="change")
    assert doses(page) == ["7", "4", "2"]
    assert states(page)[:2] == ["confirmed", "still a sketch"]


def test_a_row_that_began_keeps_the_days_that_are_over(clock: Clock, alice: Browser, plan: str) -> None:
    confirm(alice)
    clock.set("2026-11-24 21:00")
    page = alice.open(f"{plan}/rows/1").send({"bedtime": "5"}, containing="days", button="change")
    assert doses(page) == ["7", "5", "5", "2"]
    assert states(page) == ["confirmed", "still a sketch", "confirmed", "confirmed"]
    assert "23 november 2026" in sketches(page)[0].text
    assert "24 november 2026" in sketches(page)[1].text


def test_the_same_dose_for_longer_keeps_what_was_confirmed(clock: Clock, alice: Browser, plan: str) -> None:
    confirm(alice)
    page = alice.open(f"{plan}/rows/1").send({"days": "14"}, containing="days", button="change")
    assert states(page)[0] == "partly confirmed"
    clock.set("2026-11-27 21:00")
    assert alice.open("/today").all("h2", class_="dose-words")
    clock.set("2026-11-28 21:00")
    assert not alice.open("/today").all("h2", class_="dose-words")


def test_a_row_cannot_end_before_today(house: House, clock: Clock, alice: Browser, plan: str) -> None:
    confirm(alice)
    clock.set("2026-11-24 21:00")
    before = kept(house)
    page = alice.open(f"{plan}/rows/1").send({"days": "3"}, containing="days", button="change", expect=422)
    assert page.errors("days")
    assert page.values(f"{plan}/rows/1", "days")["days"] == ["3"]
    assert kept(house) == before


def test_a_row_that_is_over_cannot_be_reached(house: House, clock: Clock, alice: Browser, plan: str) -> None:
    confirm(alice)
    clock.set("2026-11-28 21:00")
    before = kept(house)
    alice.get(f"{plan}/rows/1", expect=404)
    alice.post(f"{plan}/rows/1", {"version": "1", "bedtime": "5", "days": "7", "do": "change"}, expect=404)
    assert f"{plan}/rows/1" not in alice.open("/plan").links()
    assert kept(house) == before


def test_a_sketch_that_begins_in_the_past_can_still_be_changed(clock: Clock, alice: Browser, plan: str) -> None:
    clock.set("2026-12-24 21:00")
    alice.open(f"{plan}/rows/1").send({"days": "3"}, containing="days", button="change")
    assert "3" in alice.open(f"{plan}/rows/1").values(f"{plan}/rows/1", "days")["days"]


def test_a_row_can_be_put_in_and_taken_out(alice: Browser, plan: str) -> None:
    adding = alice.open(f"{plan}/rows/1?add=1")
    assert adding.values()["bedtime"] == [""]
    page = adding.send({"bedtime": "6", "days": "5"}, button="add")
    assert doses(page) == ["7", "6", "5", "2"]
    assert doses(_removed(alice, plan, 3)) == ["7", "6", "2"]


def _removed(browser: Browser, plan: str, n: int) -> Page:
    page = browser.open(f"{plan}/rows/{n}")
    version = page.values(f"{plan}/rows/{n}", "days")["version"][0]
    return browser.follow(browser.post(f"{plan}/rows/{n}", {"version": version, "do": "remove"}), "/plan")


def test_taking_out_is_offered_only_for_a_row_that_has_not_begun(clock: Clock, alice: Browser, plan: str) -> None:
    confirm(alice)
    clock.set("2026-11-24 21:00")
    assert not alice.open(f"{plan}/rows/1").all("button", value="remove")
    assert alice.open(f"{plan}/rows/2").all("button", value="remove")
    refused = alice.post(f"{plan}/rows/1", {"version": "1", "do": "remove"}, expect=422)
    page = alice.follow(refused, f"{plan}/rows/1", expect=422)
    assert page.summary() == [alice.say("This step has begun. Change it instead.")]


def test_the_only_row_cannot_be_taken_out(alice: Browser) -> None:
    typed_rows(alice, ROWS[:1], start="2026-12-01")
    plan = f"/plan/{plan_id(alice)}"
    alice.post(f"{plan}/rows/1", {"version": "1", "do": "remove"}, expect=422)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"bedtime": ""}, "bedtime"),
        ({"bedtime": "0"}, "bedtime"),
        ({"bedtime": "x"}, "bedtime"),
        ({"bedtime": "1"}, "bedtime"),
        ({"bedtime": "1.000"}, "bedtime"),
        ({"days": "0"}, "days"),
        ({"days": "x"}, "days"),
        ({"days": "5000"}, "days"),
        ({"days": ""}, "days"),
    ],
)
@pytest.mark.parametrize("do", ["change", "add"])
def test_a_row_that_cannot_be_is_refused(
    house: House, alice: Browser, plan: str, typed: dict[str, str], field: str, do: str
) -> None:
    before = kept(house)
    address = f"{plan}/rows/2" + ("?add=1" if do == "add" else "")
    values = {"bedtime": "5", "days": "7"} | typed
    page = alice.open(address).send(values, containing="days", button=do, expect=422)
    assert page.errors(field), page.summary()
    again = page.values(f"{plan}/rows/2", "days")
    assert {name: again[name] for name in values} == {name: [value] for name, value in values.items()}
    assert kept(house) == before


def test_an_old_tab_cannot_change_a_row(house: House, alice: Browser, plan: str) -> None:
    old_tab = alice.open(f"{plan}/rows/2")
    alice.open(f"{plan}/rows/3").send({"bedtime": "4"}, containing="days", button="change")
    before = kept(house)
    page = old_tab.send({"bedtime": "6"}, containing="days", button="change", expect=422)
    assert page.summary() == [alice.say("Your plan changed in the meantime. Read it again, then choose.")]
    assert page.values(f"{plan}/rows/2", "days")["bedtime"] == ["6"]
    assert kept(house) == before


def test_pressing_save_twice_changes_once(house: House, alice: Browser, plan: str) -> None:
    page = alice.open(f"{plan}/rows/2?add=1")
    page.send({"bedtime": "4", "days": "7"}, button="add")
    page.send({"bedtime": "4", "days": "7"}, button="add", expect=422)
    assert doses(alice.open("/plan")) == ["7", "5", "4", "2"]


def test_every_version_is_kept(house: House, alice: Browser, plan: str) -> None:
    alice.open(f"{plan}/rows/2").send({"bedtime": "4"}, containing="days", button="change")
    _removed(alice, plan, 3)
    versions = rows(house, "plan_version")
    assert [each["reason"] for each in versions] == ["made", "row", "row removed"]


def test_a_row_of_the_programme_can_be_changed_by_hand(clock: Clock, alice: Browser) -> None:
    programme(alice)
    confirm(alice)
    plan = _only_plan(alice)
    assert not [link for link in alice.open("/plan").links() if "/rows/" in link]
    clock.set("2026-10-05 12:00")
    page = alice.open(f"{plan}/rows/10").send({"days": "60"}, containing="days", button="change")
    assert len(sketches(page)) == 10
    assert states(page) == ["confirmed"] * 9 + ["partly confirmed"]


def _only_plan(browser: Browser) -> str:
    [action] = [href for href in browser.open("/plan").links() if href.endswith("/end")]
    return action.removesuffix("/end")


# Ending


def test_ending_says_what_it_means_first_and_keeps_what_was_noted(
    house: House, clock: Clock, alice: Browser, plan: str
) -> None:
    confirm(alice)
    clock.forward(days=2)
    page = alice.open(f"{plan}/end")
    assert page.has("Ending the plan here is not a reason to stop your medicine.")
    page = page.send()
    assert page.has("This plan has ended. What you noted stays.")
    assert not alice.open("/today").all("h2", class_="dose-words")
    assert len(rows(house, "plan_version")) == 1
    assert alice.open("/history").all("path", class_="chart-stair")


def test_a_plan_that_ended_can_no_longer_be_confirmed_or_changed(house: House, alice: Browser, plan: str) -> None:
    alice.open(f"{plan}/end").send()
    page = alice.open("/plan")
    assert not page.all("input", name="rows")
    assert f"{plan}/rows/1" not in page.links()
    before = kept(house)
    alice.client.post(
        f"{plan}/confirm", data={"version": "1", "rows": "1", "agreed_with": "both"}, headers={"Origin": alice.origin}
    )
    alice.client.post(
        f"{plan}/rows/1",
        data={"version": "1", "bedtime": "5", "days": "9", "do": "change"},
        headers={"Origin": alice.origin},
    )
    assert kept(house) == before


def test_ending_twice_keeps_the_first_day(house: House, clock: Clock, alice: Browser, plan: str) -> None:
    alice.open(f"{plan}/end").send()
    clock.forward(days=3)
    alice.post(f"{plan}/end")
    [head] = rows(house, "plan")
    assert head["ended_on"].isoformat() == START


def test_ending_is_undone_on_the_same_day_and_not_later(house: House, clock: Clock, alice: Browser, plan: str) -> None:
    confirm(alice)
    alice.open(f"{plan}/end").send()
    page = alice.open("/plan").send(action=f"{plan}/end", button="undo")
    assert page.has("Undone.")
    assert alice.open("/today").all("h2", class_="dose-words")
    alice.open(f"{plan}/end").send()
    clock.forward(days=1)
    assert not [form for form in alice.open("/plan").forms() if form.get("action") == f"{plan}/end"]
    alice.post(f"{plan}/end", {"do": "undo"})
    [head] = rows(house, "plan")
    assert head["ended_on"].isoformat() == START


def test_a_step_taken_out_comes_back_with_one_tap_and_its_confirmation(alice: Browser, plan: str) -> None:
    confirm(alice)
    before = [(row.text, row.state) for row in sketches(alice.open("/plan"))]
    alice.post(f"{plan}/rows/2", {"version": "1", "do": "remove"})
    page = alice.open("/plan")
    assert len(sketches(page)) == len(before) - 1
    page = page.send(action=f"{plan}/undo")
    assert [(row.text, row.state) for row in sketches(page)] == before


def test_two_plans_stand_beside_each_other(alice: Browser, plan: str) -> None:
    programme(alice, start="2026-12-01")
    page = alice.open("/plan")
    actions = [form.get("action", "") for form in page.forms()]
    assert len(actions) == 2
    other = next(each for each in actions if not each.startswith(plan))
    page = page.send({"rows": ["1"], "agreed_with": "doctor"}, action=other)
    page = page.send({"rows": ["1"], "agreed_with": "not_yet"}, action=f"{plan}/confirm")
    refused = page.send({"rows": ["2"], "agreed_with": "doctor"} | {"rows": []}, action=other, expect=422)
    assert refused.summary()
    alice.open("/history")
    alice.open("/today")
