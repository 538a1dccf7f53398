"""Different every day: written down for a while, summed up plainly, chosen by the person."""

from __future__ import annotations

from companion.bootstrap import House
from tests.build import Clock, kept
from tests.web.fetcher import Browser
from tests.web.plans import plan_id, typed_rows


def note(browser: Browser, mg: str, day: str = "", at: str = "", expect: int = 200) -> str:
    page = browser.open("/plan/steady")
    fields = {"mg": mg, "taken_at": at} | ({"day": day} if day else {})
    return page.send(fields, containing="mg", expect=expect).text


def test_the_average_and_the_spread_are_of_the_days_that_were_written_down(clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 20:00")
    note(alice, "10", "2026-11-18", "21:00")
    note(alice, "5", "2026-11-18", "23:30")
    note(alice, "0", "2026-11-19")
    note(alice, "2,5", "2026-11-20", "22:00")
    text = note(alice, "2,5")
    assert "5 mg" in text  # 20 mg over 4 days
    assert "0 mg – 15 mg" in text
    assert alice.open("/plan/steady").all("dd", class_="big")[0].text == "4"
    assert alice.open("/today").all("button", name="entry")


def test_an_average_that_does_not_end_is_rounded_for_display_only(clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 20:00")
    for day, mg in (("2026-11-19", "1"), ("2026-11-20", "1"), ("2026-11-21", "0")):
        text = note(alice, mg, day, "10:00")
    assert "0,67 mg" in text


def test_an_amount_is_written_down_for_the_medicine_it_is_of(clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 20:00")
    typed_rows(alice, [({"bedtime": "5"}, "14")], start="2026-11-21")
    plan = plan_id(alice)
    page = alice.open(f"/plan/steady?plan={plan}").send({"mg": "7"}, containing="mg")
    assert "7 mg" in page.text
    assert "7 mg" not in alice.open("/plan/steady").text


def test_what_is_wrong_is_said_and_nothing_is_kept(clock: Clock, house: House, alice: Browser) -> None:
    clock.set("2026-11-21 20:00")
    before = kept(house)
    page = alice.open("/plan/steady")
    for field, typed in (("mg", ""), ("mg", "veel"), ("mg", "1.000"), ("day", "2026-11-22"), ("day", "2026-11-07")):
        refused = page.send({"mg": "5"} | {field: typed}, containing="mg", expect=422)
        assert refused.errors(field), (field, typed)
    refused = page.send({"mg": "5", "taken_at": "23:00"}, containing="mg", expect=422)
    assert refused.errors("taken_at")
    assert kept(house) == before


def test_a_note_can_be_undone_and_belongs_to_its_person(clock: Clock, alice: Browser, charlie: Browser) -> None:
    clock.set("2026-11-21 20:00")
    note(alice, "5")
    [button] = alice.open("/plan/steady").all("button", name="entry")
    charlie.post("/plan/steady/undo", {"entry": button.get("value", "")}, expect=404)
    alice.post("/plan/steady/undo", {"entry": button.get("value", "")})
    assert not alice.open("/plan/steady").all("button", name="entry")
    charlie.get("/plan/steady?plan=3d32b122-4e2f-4e13-8964-2bccde356cc4", expect=404)
