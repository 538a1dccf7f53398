"""Living with a plan, as a person does it: the first tap tells, the second does."""

from __future__ import annotations

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.web.fetcher import Browser, Page
from tests.web.plans import confirm, four_days_in, sketches


@pytest.fixture
def plan(clock: Clock, alice: Browser) -> str:
    return four_days_in(clock, alice)


def states(page: Page) -> list[str]:
    return [row.state for row in sketches(page)]


def test_staying_two_weeks_is_two_taps_and_moves_what_comes(alice: Browser, plan: str) -> None:
    told = alice.open(f"{plan}/stay?days=14")
    for said in ("18 december 2026", "4 december 2026", "1 januari 2027", "15 januari 2027", "16 januari 2027"):
        assert said in told.text
    assert states(alice.open("/plan")) == ["confirmed"] * 3
    done = told.send(containing="version", action=f"{plan}/stay")
    assert done.address == "/plan"
    assert "16 januari 2027" in done.text
    assert states(done) == ["confirmed"] * 3


def test_looking_changes_nothing(house: House, alice: Browser, plan: str) -> None:
    before = kept(house)
    for page in ("stay", "stay?open=1", "stay?days=3", "back", "hospital?open=1", "hospital?days=4", "next"):
        alice.open(f"{plan}/{page}")
    assert kept(house) == before


def test_an_open_stay_has_no_dates_until_the_person_goes_on(clock: Clock, alice: Browser, plan: str) -> None:
    alice.open(f"{plan}/stay?open=1").send(containing="version", action=f"{plan}/stay")
    for address in ("/plan", "/today", "/history", f"{plan}/changes", f"{plan}/changes/2"):
        page = alice.open(address)
        assert "2 januari 2027" not in page.text
    page = alice.open("/plan")
    assert page.has("The rest waits until you go on: those steps have no dates now.")
    assert alice.open("/today").has("You stay at this dose until you go on. Staying counts too.")
    clock.set("2026-12-20 20:00")
    assert alice.open("/today").all("h2", class_="dose-words")
    page = alice.open(f"{plan}/go-on?on=2026-12-24").send(containing="version", action=f"{plan}/go-on")
    assert states(page) == ["confirmed"] * 3
    assert "24 december 2026" in page.text
    assert "21 januari 2027" in page.text


def test_going_on_is_not_offered_where_nothing_is_open(alice: Browser, plan: str) -> None:
    assert alice.get(f"{plan}/go-on", expect=303).headers["Location"] == "/plan"
    assert alice.get(f"{plan}/home", expect=303).headers["Location"] == "/plan"


def test_a_step_back_in_the_first_row_is_the_dose_before_the_plan(alice: Browser, plan: str) -> None:
    told = alice.open(f"{plan}/back")
    assert "10 mg" in told.text
    page = told.send(containing="version", action=f"{plan}/back")
    assert [row.text.split(" mg")[0].strip() for row in sketches(page)] == ["7", "10", "7", "5", "2"]
    assert states(page) == ["confirmed"] * 5
    assert "10 mg" in alice.open("/today").text
    assert alice.open("/history").has("A step back")


def test_in_hospital_nothing_is_to_be_taken_and_home_the_plan_goes_on_where_it_waited(
    clock: Clock, alice: Browser, plan: str
) -> None:
    alice.open(f"{plan}/hospital?open=1").send(containing="version", action=f"{plan}/hospital")
    page = alice.open("/today")
    assert not page.all("h2", class_="dose-words")
    assert not page.has("Today’s step is still a sketch")
    clock.set("2026-12-05 20:00")
    assert not alice.open("/today").all("h2", class_="dose-words")
    page = alice.open(f"{plan}/home").send(containing="version", action=f"{plan}/home")
    assert "14 december 2026" in page.text  # ten days later than 4 December
    assert "12 januari 2027" in page.text
    assert states(page) == ["confirmed"] * 3
    assert alice.open("/today").all("h2", class_="dose-words")
    assert alice.open("/history").has("Others gave the medicine")


def test_a_dated_wait_ends_by_itself_or_earlier(clock: Clock, alice: Browser, plan: str) -> None:
    alice.open(f"{plan}/hospital?days=7").send(containing="version", action=f"{plan}/hospital")
    clock.set("2026-12-01 20:00")
    assert not alice.open("/today").all("h2", class_="dose-words")
    clock.set("2026-12-02 20:00")
    assert alice.open("/today").all("h2", class_="dose-words")
    clock.set("2026-11-27 20:00")
    page = alice.open(f"{plan}/home").send(containing="version", action=f"{plan}/home")
    assert "6 december 2026" in page.text


def test_while_the_plan_waits_nothing_else_bends_it(alice: Browser, plan: str) -> None:
    alice.open(f"{plan}/hospital?open=1").send(containing="version", action=f"{plan}/hospital")
    for kind in ("stay", "back", "hospital", "next"):
        assert alice.get(f"{plan}/{kind}", expect=303).headers["Location"] == "/plan"


def test_an_old_tab_and_a_double_tap_act_once(house: House, alice: Browser, plan: str) -> None:
    old = alice.open(f"{plan}/stay?days=7")
    old.send(containing="version", action=f"{plan}/stay")
    again = old.send(containing="version", action=f"{plan}/stay", expect=422)
    assert again.summary()
    assert again.heading == alice.open("/plan").heading
    assert len(rows(house, "plan_version")) == 2


def test_the_last_change_can_be_undone_on_the_same_day(clock: Clock, alice: Browser, plan: str) -> None:
    before = sketches(alice.open("/plan"))
    page = alice.open(f"{plan}/back").send(containing="version", action=f"{plan}/back")
    page = page.send(action=f"{plan}/undo")
    assert sketches(page) == before
    alice.open(f"{plan}/hospital?open=1").send(containing="version", action=f"{plan}/hospital").send(
        action=f"{plan}/undo"
    )
    assert alice.open("/today").all("h2", class_="dose-words")
    alice.open(f"{plan}/stay?days=7").send(containing="version", action=f"{plan}/stay")
    clock.forward(days=1)
    assert not any(form.get("action", "").endswith("/undo") for form in alice.open("/plan").forms())


def test_what_comes_next_is_typed_told_and_a_sketch(alice: Browser, plan: str) -> None:
    page = alice.open(f"{plan}/next")
    assert page.values(action=f"{plan}/next")["on"] == ["2026-12-05"]
    told = page.send({"r0-bedtime": "6", "r1-bedtime": "4"}, action=f"{plan}/next", button="show")
    assert "6 mg" in told.text
    done = told.send(action=f"{plan}/next", button="save")
    assert [row.text.split(" mg")[0].strip() for row in sketches(done)] == ["7", "6", "4"]
    assert states(done) == ["confirmed", "still a sketch", "still a sketch"]


def test_a_stay_after_a_change_with_a_date_of_its_own_moves_that_too(alice: Browser, plan: str) -> None:
    told = alice.open(f"{plan}/next").send({"r0-bedtime": "6"}, action=f"{plan}/next", button="show")
    told.send(action=f"{plan}/next", button="save")
    confirm(alice)
    page = alice.open(f"{plan}/stay?days=30").send(containing="version", action=f"{plan}/stay")
    assert "3 januari 2027" in page.text
    assert states(page) == ["confirmed"] * 3


def test_what_is_wrong_in_the_rows_is_said_beside_its_field(alice: Browser, plan: str) -> None:
    page = alice.open(f"{plan}/next")
    for field, typed in (("r0-bedtime", "0,3"), ("r0-days", "veel"), ("on", "2026-11-01"), ("r0-bedtime", "1000,5x")):
        refused = page.send({field: typed}, action=f"{plan}/next", button="show", expect=422)
        assert refused.errors(field), field
        assert refused.values(action=f"{plan}/next")[field] == [typed]


def test_days_that_are_no_days_are_refused(alice: Browser, plan: str) -> None:
    for typed in ("0", "-3", "veel", "99999", "1,5"):
        assert alice.open(f"{plan}/stay?days={typed}", expect=422).errors("days")
        alice.post(f"{plan}/stay", {"version": "1", "days": typed}, expect=422)


def test_a_row_that_goes_up_is_confirmed_on_its_own(alice: Browser, plan: str) -> None:
    told = alice.open(f"{plan}/next").send({"r0-bedtime": "9", "r1-bedtime": "5"}, action=f"{plan}/next", button="show")
    assert told.has("This step goes up. You confirm it on its own, after reading it.")
    page = told.send(action=f"{plan}/next", button="save")
    action = f"{plan}/confirm"
    refused = page.send({"rows": ["2", "3"], "agreed_with": "doctor"}, action=action, expect=422)
    assert refused.errors("rows")
    assert states(refused) == ["confirmed", "still a sketch", "still a sketch"]
    page = page.send({"rows": ["2"], "agreed_with": "doctor"}, action=action)
    assert states(page) == ["confirmed", "confirmed", "still a sketch"]


def test_every_version_is_kept_with_its_reason_and_opens(clock: Clock, alice: Browser, plan: str) -> None:
    alice.open(f"{plan}/stay?days=7").send(containing="version", action=f"{plan}/stay")
    clock.forward(days=1)
    alice.open(f"{plan}/back").send(containing="version", action=f"{plan}/back")
    page = alice.open(f"{plan}/changes")
    for said in ("Laid out", "Stayed a while", "A step back"):
        assert page.has(said)
    first = alice.open(f"{plan}/changes/1")
    assert "2 januari 2027" in first.text
    alice.get(f"{plan}/changes/4", expect=404)


def test_a_stranger_finds_nothing(charlie: Browser, plan: str) -> None:
    for page in ("stay", "back", "go-on", "hospital", "home", "next", "changes", "changes/1"):
        charlie.get(f"{plan}/{page}", expect=404)
    for page in ("stay", "back", "go-on", "hospital", "home", "next", "undo"):
        charlie.post(f"{plan}/{page}", {"version": "1"}, expect=404)


def test_changing_a_row_waits_for_going_on(alice: Browser, plan: str) -> None:
    alice.open(f"{plan}/stay?open=1").send(containing="version", action=f"{plan}/stay")
    alice.post(f"{plan}/rows/1", {"version": "2", "do": "change", "bedtime": "6", "days": "9"}, expect=422)


def test_changing_a_row_keeps_the_stay_that_was_lived(clock: Clock, alice: Browser, plan: str) -> None:
    alice.open(f"{plan}/stay?days=7").send(containing="version", action=f"{plan}/stay")
    clock.set("2026-12-15 20:00")
    page = alice.open(f"{plan}/rows/3").send({"bedtime": "4"}, containing="bedtime", button="change")
    assert [row.text.split(" mg")[0].strip() for row in sketches(page)] == ["7", "5", "4"]
    assert alice.open("/history").has("Stayed")


def test_what_is_not_offered_is_not_done(house: House, alice: Browser, plan: str) -> None:
    before = kept(house)
    for kind in ("go-on", "home"):
        alice.post(f"{plan}/{kind}", {"version": "1"}, expect=422)
    alice.post(f"{plan}/undo", {"version": "1"}, expect=422)
    assert kept(house) == before
