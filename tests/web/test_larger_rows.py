"""A step that is larger than asked is chosen on its own: other products, more time, or this cut after all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.web.fetcher import Browser, Page
from tests.web.plans import confirm, have, sketches
from tests.web.test_own_pace import PACE, pace_page


def documents(house: House) -> list[dict[str, Any]]:
    return [json.loads(version["document"]) for version in rows(house, "plan_version")]


def laid_out(browser: Browser, **changes: str) -> str:
    """Lormetazepam 2 mg from halves of 1 mg, 10 % every 14 days: 1.5, 1, 0.5, each larger than asked."""
    page = pace_page(browser, products=have("lormetazepam", "1", split="halves"))
    page.send(PACE | {"start": "2026-12-01"} | changes, button="preview").send(button="lay-out:own")
    [link] = {link.split("/")[2] for link in browser.open("/plan").links() if link.endswith("/larger")}
    return link


def choose(browser: Browser, plan: str, n: int, do: str, expect: int = 200, **fields: Any) -> Page:
    page = browser.open(f"/plan/{plan}/rows/{n}/larger")
    action = next((form for form in page.forms() if any(b.get("value") == do for b in form.iter("button"))), None)
    assert action is not None
    version = next(each.get("value", "") for each in action.iter("input") if each.get("name") == "version")
    answer = browser.post(
        f"/plan/{plan}/rows/{n}/larger",
        {"version": version, "do": do} | fields,
        expect=303 if expect == 200 else expect,
    )
    return browser.follow(answer, f"/plan/{plan}/rows/{n}/larger", expect)


def test_it_has_no_box_to_tick_with_the_others(alice: Browser) -> None:
    laid_out(alice)
    page = alice.open("/plan")
    assert not page.all("input", name="rows")
    assert len([link for link in page.links() if link.endswith("/larger")]) == 3


def test_together_with_others_it_is_refused(house: House, alice: Browser) -> None:
    plan = laid_out(alice)
    before = kept(house)
    fields = {"version": "1", "rows": ["1", "2"], "agreed_with": "not_yet"}
    page = alice.follow(alice.post(f"/plan/{plan}/confirm", fields, expect=422), "/plan", 422)
    assert any("1, 2" in sentence for sentence in page.summary())
    alone = alice.post(f"/plan/{plan}/confirm", fields | {"rows": ["1"]}, expect=422)
    assert "toch deze" in alone.get_data(as_text=True) or "this cut after all" in alone.get_data(as_text=True)
    alice.post(f"/plan/{plan}/confirm", {"version": "1", "all": "yes", "agreed_with": "not_yet"}, expect=422)
    assert kept(house) == before


def test_this_cut_after_all_is_confirmed_alone(house: House, alice: Browser) -> None:
    plan = laid_out(alice)
    page = choose(alice, plan, 1, "after-all", agreed_with="doctor")
    assert [row.state for row in sketches(page)] == ["confirmed", "still a sketch", "still a sketch"]
    assert [row["n"] for row in rows(house, "confirmation")] == [1]
    alice.get(f"/plan/{plan}/rows/1/larger", expect=404)


def test_saying_with_whom_it_was_agreed_never_blocks(alice: Browser) -> None:
    plan = laid_out(alice)
    page = choose(alice, plan, 1, "after-all")
    assert [row.state for row in sketches(page)] == ["confirmed", "still a sketch", "still a sketch"]


def test_more_time_before_it(house: House, alice: Browser) -> None:
    plan = laid_out(alice)
    page = choose(alice, plan, 2, "more-time")
    assert documents(house)[-1]["stretch"] is True
    assert "(54 dagen)" in sketches(page)[0].text  # 0.9^54 is the first at or under (1/1.5)^14
    assert "2 mg − 10% = 1,8 mg" in sketches(page)[0].text.replace("\u00a0", " ")
    assert f"/plan/{plan}/rows/2/larger" in page.links()


def test_there_is_nothing_before_the_first_step(house: House, alice: Browser) -> None:
    plan = laid_out(alice)
    page = alice.open(f"/plan/{plan}/rows/1/larger")
    assert "more-time" not in {button.get("value") for button in page.all("button")}
    alice.post(f"/plan/{plan}/rows/1/larger", {"version": "1", "do": "more-time"}, expect=422)
    assert len(documents(house)) == 1


def test_more_time_later_changes_no_day_that_is_over(house: House, alice: Browser, clock: Clock) -> None:
    plan = laid_out(alice)
    choose(alice, plan, 1, "after-all", agreed_with="not_yet")
    choose(alice, plan, 2, "after-all", agreed_with="not_yet")
    clock.set("2026-12-20 21:00")
    page = choose(alice, plan, 3, "more-time")
    found = sketches(page)
    assert "(14 dagen)" in found[0].text
    assert "15 december 2026" in found[1].text
    assert "(93 dagen)" in found[1].text  # 0.9^93 is the first at or under (0.5/1)^14
    assert found[0].state == "confirmed"
    assert documents(house)[-1]["pace"]["kind"] == "rows"
    assert f"/plan/{plan}/rows/3/larger" in page.links()  # still larger, also in typed rows


def test_other_products_with_everything_kept(house: House, alice: Browser) -> None:
    plan = laid_out(alice, lead_in="7", last_dose="0,5")
    page = choose(alice, plan, 3, "products")
    assert page.address == "/plan/new/products"
    page = page.send({"made": True})
    assert page.values()["bedtime"] == ["2"]
    page = page.send().send().send()
    assert page.address == "/plan/new/pace"
    values = page.values()
    assert {name: values[name] for name in ("kind", "percent", "every_days", "lead_in", "last_dose", "start")} == {
        "kind": ["percent_of_current"], "percent": ["10"], "every_days": ["14"], "lead_in": ["7"],
        "last_dose": ["0,5"], "start": ["2026-12-01"],
    }  # fmt: skip
    page = page.send(button="preview").send(button="lay-out:own")
    assert page.address == "/plan"
    assert len(rows(house, "plan")) == 1  # the sketch is replaced, not doubled
    assert documents(house)[-1]["products"] == [{"form": "made_capsule"}]
    assert len(documents(house)) == 2
    assert not [link for link in page.links() if link.endswith("/larger")]


def test_once_days_are_over_other_products_make_a_plan_of_their_own(house: House, alice: Browser, clock: Clock) -> None:
    plan = laid_out(alice)
    choose(alice, plan, 1, "after-all", agreed_with="not_yet")
    clock.set("2026-12-05 21:00")
    page = choose(alice, plan, 2, "products")
    page = page.send()
    assert page.values()["bedtime"] == ["1,5"]
    before = documents(house)[0]
    page.send().send().send().send(button="preview").send_only(button="lay-out:own")
    assert len(rows(house, "plan")) == 2
    assert documents(house)[0] == before


def test_another_plan_is_another_plan(alice: Browser) -> None:
    plan = laid_out(alice)
    choose(alice, plan, 1, "products")
    [begin] = [link for link in alice.open("/plan").links() if link.startswith("/plan/new")]
    assert alice.open(begin).address == "/plan/new/medicine"


def test_changing_a_row_by_hand_does_not_hide_that_others_are_larger(alice: Browser) -> None:
    plan = laid_out(alice)
    page = alice.open(f"/plan/{plan}/rows/3").send({"days": "30"}, containing="bedtime", button="change")
    assert len([link for link in page.links() if link.endswith("/larger")]) == 3
    page = alice.open(f"/plan/{plan}/rows/1").send({"bedtime": "1"}, containing="bedtime", button="change")
    larger = [link for link in page.links() if link.endswith("/larger")]
    assert larger == [f"/plan/{plan}/rows/3/larger"]  # 2 to 1 is typed by the person; 1 to 0.5 is as it was
    assert confirm(alice, [1, 2]).address == "/plan"


@pytest.mark.parametrize("do", ["after-all", "more-time", "products"])
def test_an_old_tab_cannot_act(alice: Browser, charlie: Browser, do: str) -> None:
    plan = laid_out(alice)
    if do != "products":
        fields = {"version": "9", "do": do, "agreed_with": "not_yet"}
        alice.post(f"/plan/{plan}/rows/2/larger", fields, expect=422)
    charlie.get(f"/plan/{plan}/rows/2/larger", expect=404)
    charlie.post(f"/plan/{plan}/rows/2/larger", {"do": do}, expect=404)
