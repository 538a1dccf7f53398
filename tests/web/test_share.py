"""The person's side of a link: make, change, renew, stop, and see when it was looked at."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from companion.bootstrap import House
from tests.build import Clock, kept, rows
from tests.people import joined
from tests.web.fetcher import Browser, Page
from tests.web.shares import Reader


def made(browser: Browser, **values: object) -> tuple[Page, str]:
    """A link made through the form: the page with its address, and its token."""
    page = browser.open("/share/new").send(values)  # type: ignore[arg-type]
    address = page.by_id("address")
    assert address is not None
    return page, address.get("value", "").rpartition("/")[2]


def share_id(house: House) -> str:
    return str(rows(house, "share")[0]["id"])


def test_the_usual_link_is_thirty_days_without_notes_and_urgent_answers(house: House, alice: Browser) -> None:
    page = alice.open("/share/new")
    assert page.values()["sections"] == ["plan", "doses", "nights", "symptoms", "look_back"]
    assert page.values()["days"] == ["30"]
    assert "tot 21 december 2026" in page.text
    page = page.send({"whom": "dr. Peeters"})
    assert "21 december 2026, 22:00" in page.text
    [share] = rows(house, "share")
    assert (share["ends_at"] - share["made_at"]).days == 30


def test_the_address_is_shown_once_with_a_code_to_scan_and_a_letter(alice: Browser) -> None:
    page, token = made(alice, whom="mijn apotheker")
    assert len(token) >= 32
    assert page.all("svg", class_="qr")
    [mail] = [link for link in page.links() if link.startswith("mailto:")]
    assert token in mail
    again = alice.open(page.address)
    assert token in again.markup
    alice.open("/today")
    page = again.send(action=f"{page.address}")
    assert token not in page.markup
    assert "mijn apotheker" in page.text
    gone = alice.open(again.address)
    assert token not in gone.markup
    assert gone.has("This address was shown once")


def test_the_address_leaves_the_phone_at_sign_out(app: Flask, alice: Browser) -> None:
    made(alice)
    alice.post("/sign-out")
    with alice.client.session_transaction() as session:
        assert "address" not in session


def test_a_double_tap_makes_one_link(house: House, alice: Browser) -> None:
    page = alice.open("/share/new")
    first = page.send({"whom": "een"})
    page.send({"whom": "een"})
    assert len(rows(house, "share")) == 1
    assert first.address == f"/share/{share_id(house)}/address"


def test_what_is_wrong_comes_back_with_everything_typed(house: House, alice: Browser) -> None:
    page = alice.open("/share/new").send(
        {"sections": [], "whom": "a" * 61, "pin": "12", "days": "90", "back": "6"}, expect=422
    )
    assert len(page.summary()) == 3
    for field in ("sections", "whom", "pin"):
        assert page.errors(field), field
    values = page.values()
    assert values["whom"] == ["a" * 61]
    assert values["pin"] == ["12"]
    assert (values["days"], values["back"]) == (["90"], ["6"])
    assert "sections" not in values
    assert rows(house, "share") == []


def test_only_sections_with_consent_are_offered_and_taken(app: Flask, house: House) -> None:
    browser = joined(app, "charlie", purposes=("plan",))
    page = browser.open("/share/new")
    assert {box.get("value") for box in page.all("input", name="sections")} == {"plan", "doses"}
    browser.post("/share/new", {"sections": ["plan", "nights"], "days": "30", "back": "3"}, expect=422)
    assert rows(house, "share") == []


def test_without_any_consent_the_way_to_it_is_shown(app: Flask) -> None:
    page = joined(app, "charlie", purposes=()).open("/share/new")
    assert page.forms() == []
    assert any(link.startswith("/consent") for link in page.links())


def test_a_link_is_changed_at_its_own_address(app: Flask, house: House, clock: Clock, alice: Browser) -> None:
    _, token = made(alice, pin="1234", days="7")
    ends = rows(house, "share")[0]["ends_at"]
    clock.forward(days=2)
    form = alice.open(f"/share/{share_id(house)}")
    assert form.values()["pin_how"] == ["keep"]
    assert "1234" not in form.markup
    form.send({"sections": ["nights"], "whom": "dr. Claes"}, containing="sections")
    [share] = rows(house, "share")
    assert share["sections"] == '["nights"]'
    assert share["ends_at"] == ends
    assert Reader(app, token).show({"pin": "1234"}).has("Sleep")
    alice.open(f"/share/{share_id(house)}").send({"pin_how": "none", "days": "30"}, containing="sections")
    assert Reader(app, token).show().has("Sleep")
    assert (rows(house, "share")[0]["ends_at"] - clock()).days in {29, 30}


def test_renewing_gives_a_new_address_and_ends_the_old_one(
    app: Flask, house: House, clock: Clock, alice: Browser
) -> None:
    _, old = made(alice)
    clock.forward(days=31)
    Reader(app, old).get(404)
    page = alice.open("/share").send(containing="seen")
    address = page.by_id("address")
    assert address is not None
    new = address.get("value", "").rpartition("/")[2]
    assert new != old
    Reader(app, old).get(404)
    Reader(app, new).get()


def test_a_link_cannot_be_renewed_to_show_what_may_not_be_kept_any_more(house: House, alice: Browser) -> None:
    made(alice)
    alice.post("/consent", {"purpose": ["plan"]})
    stopped = rows(house, "share")
    page = alice.open("/share").send(containing="seen")
    assert page.address.startswith("/consent")
    assert rows(house, "share") == stopped


def test_renewing_twice_with_one_tap_is_once(house: House, alice: Browser) -> None:
    made(alice)
    page = alice.open("/share")
    page.send(containing="seen")
    digest = rows(house, "share")[0]["digest"]
    clock_free = page.values(containing="seen")
    assert clock_free["seen"]
    alice.post(f"/share/{share_id(house)}/renew", {"seen": "another time"})
    assert rows(house, "share")[0]["digest"] == digest


def test_stopping_works_at_once_and_twice(app: Flask, house: House, alice: Browser) -> None:
    _, token = made(alice)
    page = alice.open("/share")
    stop = f"/share/{share_id(house)}/stop"
    after = page.send(action=stop)
    assert after.has("This link opens nothing any more.")
    Reader(app, token).get(404)
    stopped = rows(house, "share")[0]["stopped_at"]
    alice.post(stop)
    assert rows(house, "share")[0]["stopped_at"] == stopped


def test_the_list_tells_when_it_was_opened_and_really_looked_at(app: Flask, clock: Clock, alice: Browser) -> None:
    _, token = made(alice, whom="dr. Peeters")
    assert alice.open("/share").has("Nobody looked at it yet.")
    clock.set("2026-11-23 09:05")
    reader = Reader(app, token)
    reader.get()
    text = alice.open("/share").text
    assert "laatst op 23 november 2026, 09:05" in text
    assert "Niemand heeft het al bekeken." in text
    for minutes in range(7):
        clock.set(f"2026-11-23 10:{minutes * 5:02}")
        reader.show()
    text = alice.open("/share").text
    assert "7 keer bekeken" in text
    assert "23 november 2026, 10:30" in text
    assert "En 2 keer daarvoor." in text


def test_seeing_what_they_see_is_not_counted(app: Flask, house: House, alice: Browser) -> None:
    _, token = made(alice)
    page = alice.open(f"/share/{share_id(house)}/look")
    assert page.heading == "Wat zij zien"
    assert rows(house, "share_view") == []
    inside = re.search(r'<article class="report">.*</article>', page.markup, re.DOTALL)
    outside = re.search(r'<article class="report">.*</article>', Reader(app, token).show().markup, re.DOTALL)
    assert inside
    assert outside
    assert inside[0] == outside[0]


def test_charlie_can_do_nothing_with_a_link_of_alice(house: House, alice: Browser, charlie: Browser) -> None:
    made(alice)
    before = kept(house)
    for part in ("", "/address", "/look"):
        charlie.get(f"/share/{share_id(house)}{part}", expect=404)
    for part in ("", "/address", "/renew", "/stop"):
        charlie.post(f"/share/{share_id(house)}{part}", {"sections": "plan"}, expect=404)
    assert kept(house) == before


def test_the_same_form_id_of_two_people_is_two_links(house: House, alice: Browser, charlie: Browser) -> None:
    page = alice.open("/share/new")
    same = page.values()["entry_id"][0]
    page.send()
    charlie.post("/share/new", {"entry_id": same, "sections": "plan"})
    assert len(rows(house, "share")) == 2


@pytest.mark.parametrize("address", ["/today", "/account", "/history/look-back"])
def test_the_way_to_a_link_is_one_tap(alice: Browser, address: str) -> None:
    assert {"/share", "/share/new"} & set(alice.open(address).links())
