"""Looking around with an example: what it holds, what it cannot do, and that nothing of it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.domain.consent import TEXT_VERSION, Consent, Purpose
from companion.domain.person import Person
from companion.domain.reminder import Habit, Kind
from companion.services.erase_person import find_person
from companion.services.fire_due import next_at
from companion.services.make_example import MOST, NAMES, Example, make_example
from companion.services.measure_house import measure_house
from companion.services.passphrases import NO_PASSPHRASE
from companion.services.set_reminders import id_of, keep_on
from companion.services.sign_in import SignedIn, sign_in
from companion.services.slow_down import Visit, failed, of_example, too_soon
from companion.services.tidy import tidy
from companion.storage import examples, outcomes, people
from companion.storage.reminders import Reminder
from companion.storage.tables import Base
from companion.web.example import LOOK_ONLY
from tests.build import Clock, kept, rows
from tests.people import PASSPHRASES, joined, newcomer
from tests.web.fetcher import Browser, Page, words
from tests.web.test_security import every_address, rules

STAYS = {"erased", "attempt", "house_key"}
"""That somebody was erased, as a digest of a random id; that this network made one, for an hour; the key of marks."""

DOES = {
    "account.choose_day_turn", "account_access.end_elsewhere", "account_access.end_there", "calm_note.keep",
    "diary.keep_night", "diary_draw.draw", "diary_usual.keep", "diary_versions.bring", "doses.different",
    "doses.extra", "doses.taken", "doses.undo", "example.look_around", "join.codes_kept", "join.join_here",
    "locale.choose_language", "login.recover_with_code", "login.sign_in", "login.sign_out", "login_passkey.sign_in",
    "look_back.keep", "plan.change_row", "plan.confirm", "plan.end", "plan_bend.do", "plan_bend.do_next",
    "plan_bend.undo", "plan_box.ask", "plan_doctor.answer", "plan_larger.choose", "plan_new.answer",
    "plan_pace.answer", "plan_paper.keep", "plan_steady.undo", "plan_steady.write_down", "plan_supply.count",
    "push.forget", "push.later", "push.received", "reminders_mail.one_click", "reminders_mail.out",
    "reminders_zone.choose", "shared.pdf", "shared.show", "supporting.send", "symptoms.again", "symptoms.keep",
    "sync.sync", "today_awake.tap", "today_awake.undo", "today_check_in.keep", "today_check_in.undo",
    "today_lists.hide", "today_text.again", "today_text.hide", "wind_down.keep",
}  # fmt: skip
"""What an example may do: it stays with itself, or is of whoever comes in or reads a link on the same phone."""


def look_around(app: Flask, language: str = "nl") -> tuple[Browser, Page]:
    browser = newcomer(app, language)
    return browser, browser.open("/").send(action="/example")


def strip(page: Page) -> str:
    return " ".join(words(each) for each in page.all("aside", class_="example"))


def example_of(house: House) -> Person:
    with house.store.read() as unit:
        [row] = [each for each in rows(house, "person") if each["example_until"]]
        found = people.by_id(unit, row["id"])
    assert found
    return found


def everything(house: House) -> dict[str, list[dict[str, object]]]:
    return {name: rows(house, name) for name in Base.metadata.tables if name not in STAYS}


# Made


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_one_tap_on_the_first_page_leads_to_a_day_with_something_on_it(app: Flask, house: House, language: str) -> None:
    browser, page = look_around(app, language)
    assert page.address == "/today"
    assert browser.say("This is an example with made-up data. Nothing here is about you. It is gone when you leave, or "
                       "after a day.") in strip(page)  # fmt: skip
    assert "diazepam" in page.text
    assert example_of(house).name == NAMES[language]
    assert example_of(house).language == language
    for address in ("/diary", "/plan", "/history?window=month", "/symptoms", "/calendar", "/account", "/learn",
                    "/plan/print", "/wind-down", "/calm-note", "/nowhere"):  # fmt: skip
        assert strip(browser.open(address, expect=404 if address == "/nowhere" else 200)), address


def test_the_door_is_on_the_join_page_too(visitor: Browser) -> None:
    assert visitor.open("/join").send(action="/example").address == "/today"


def test_it_holds_weeks_behind_and_ahead(app: Flask, house: House) -> None:
    look_around(app)
    kinds = [row["kind"] for row in rows(house, "entry")]
    assert kinds.count("night") >= 20
    assert kinds.count("dose") >= 28
    assert kinds.count("symptoms") == 3
    assert {"check_in", "wind_down", "calm_note"} <= set(kinds)
    assert len(rows(house, "confirmation")) == 4


@pytest.mark.parametrize("wall", ["2026-11-22 01:10", "2026-03-29 12:00", "2026-10-25 02:30", "2027-01-01 09:00"])
def test_it_can_be_made_at_any_hour(app: Flask, clock: Clock, wall: str) -> None:
    clock.set(wall)
    assert strip(look_around(app)[1])


def test_everything_of_a_day_can_be_tried(app: Flask, house: House) -> None:
    browser, page = look_around(app)
    page = page.send(action="/today/taken")
    assert page.all("form", action="/today/undo")
    assert "06:40" in browser.open("/diary/2026-11-21").send({"up": "06:40"}, containing="up").text
    stay = next(link for link in browser.open("/plan").links() if "/stay" in link)
    assert browser.open(stay).send(containing="version").has("You stay at this dose. Staying counts too.")


def test_no_strip_for_anyone_else(alice: Browser, visitor: Browser) -> None:
    assert not strip(alice.open("/today"))
    assert not strip(visitor.open("/"))


def test_whoever_is_signed_in_stays_who_they_are(house: House, alice: Browser) -> None:
    assert alice.follow(alice.post("/example"), "/example").address == "/today"
    assert not strip(alice.open("/today"))
    assert len(rows(house, "person")) == 1


def test_nobody_can_come_in_with_its_name(app: Flask, house: House, clock: Clock) -> None:
    look_around(app)
    person = example_of(house)
    for name in (person.name, f"Example {person.id}", f"example {person.id}"):
        for said in ("", NO_PASSPHRASE, "the passphrase of nobody"):
            assert not isinstance(sign_in(house.store, name, said, Visit("9.9.9.9"), clock()), SignedIn)
            clock.forward(minutes=2)
        assert find_person(house.store, name) is None
    newcomer(app).post("/join", {"name": person.name, "passphrase": PASSPHRASES["alice"], "adult": "yes"}, expect=303)


# Gone


def used(app: Flask, house: House) -> tuple[Browser, dict[str, list[dict[str, object]]]]:
    """Before an example, and that example after something was noted in it."""
    before = everything(house)
    browser, page = look_around(app)
    page.send(action="/today/taken")
    browser.open("/diary/2026-11-21").send({"note": "Merels"}, containing="note")
    return browser, before


def test_leaving_takes_everything_along(app: Flask, house: House, alice: Browser) -> None:
    browser, before = used(app, house)
    page = browser.open("/plan").send(action="/sign-out", button="home")
    assert page.address == "/"
    assert page.has("The example is gone. Nothing of it is kept.")
    assert everything(house) == before
    assert len(rows(house, "erased")) == 1
    browser.get("/today", expect=303)


def test_beginning_for_oneself_leads_to_joining(app: Flask, house: House, alice: Browser) -> None:
    browser, before = used(app, house)
    page = browser.open("/today").send(action="/sign-out", button="begin")
    assert page.address == "/join"
    assert everything(house) == before
    assert browser.follow(browser.post("/sign-out", {"then": "begin"}), "/sign-out").address == "/join"


@pytest.mark.parametrize("where", ["here", "everywhere"])
def test_signing_out_takes_everything_along(app: Flask, house: House, alice: Browser, where: str) -> None:
    browser, before = used(app, house)
    browser.post("/sign-out", {"where": where})
    assert everything(house) == before


def test_the_clock_takes_it_along_after_a_day(app: Flask, house: House, clock: Clock, alice: Browser) -> None:
    browser, before = used(app, house)
    clock.forward(hours=23, minutes=59)
    tidy(house.store, clock())
    assert strip(browser.open("/today"))
    clock.forward(minutes=1)
    browser.get("/today", expect=303)
    tidy(house.store, clock())
    assert everything(house) == before
    assert not rows(house, "attempt")
    alice.open("/today")


def test_whoever_comes_in_for_themselves_ends_it(app: Flask, house: House, alice: Browser) -> None:
    browser, _ = used(app, house)
    browser.post("/sign-in", {"name": "alice", "passphrase": PASSPHRASES["alice"]})
    assert not strip(browser.open("/today"))
    assert [row["name"] for row in rows(house, "person")] == ["alice"]
    browser, _ = used(app, house)
    browser.post("/join", {"name": "bob", "passphrase": PASSPHRASES["bob"], "adult": "yes"})
    assert sorted(row["name"] for row in rows(house, "person")) == ["alice", "bob"]
    assert browser.open("/join/codes").all("ul", id="codes")


# Too many


def test_one_network_is_slowed_and_the_slowing_ends(app: Flask, house: House, clock: Clock) -> None:
    for _ in range(6):
        look_around(app)
    page = newcomer(app).open("/").send(action="/example", expect=429)
    assert page.has("You looked around a few times just now. Try again in a few minutes.")
    assert "/learn" in page.links()
    assert len(rows(house, "person")) == 6
    elsewhere = make_example(house.store, "nl", Visit("198.51.100.7"), clock())
    assert isinstance(elsewhere, Example)
    clock.forward(minutes=5)
    assert look_around(app)[1].address == "/today"


def test_one_network_never_takes_all_of_them(house: House, clock: Clock) -> None:
    """Half a day long, again as soon as it may."""
    made, end = 0, clock() + timedelta(hours=12)
    while clock() < end:
        with house.store.write() as unit:
            counts = of_example(unit, Visit("198.51.100.7"))
            wait = too_soon(unit, counts, clock())
            if wait is None:
                failed(unit, counts, clock())
                made += 1
        clock.forward(seconds=int(wait.reasons[0].values["seconds"]) if wait else 0)
    assert 6 < made < MOST / 2


def test_there_is_a_ceiling(app: Flask, house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.services.make_example.MOST", 2)
    look_around(app)
    browser, _ = look_around(app)
    page = newcomer(app, "fr").open("/").send(action="/example", expect=429)
    assert page.has("Many people are looking around right now. Try again later.")
    assert "/learn" in page.links()
    with house.store.read() as unit:
        assert examples.count(unit) == 2
    browser.post("/sign-out")
    assert look_around(app)[1].address == "/today"


# What it cannot do


def is_look_only(endpoint: str) -> bool:
    return endpoint in LOOK_ONLY or endpoint.partition(".")[0] in LOOK_ONLY


def test_every_name_in_the_table_is_there(app: Flask) -> None:
    assert set(LOOK_ONLY) <= {rule.endpoint for rule in app.url_map.iter_rules()} | set(app.blueprints)
    assert all(LOOK_ONLY.values())


def test_every_address_that_changes_something_is_on_one_side(app: Flask) -> None:
    posts = {rule.endpoint for rule in rules(app, "POST")}
    assert posts == DOES | {each for each in posts if is_look_only(each)}
    assert not {each for each in DOES if is_look_only(each)}


def test_what_does_not_work_says_so_and_changes_nothing(app: Flask, house: House) -> None:
    browser, _ = look_around(app)
    before = kept(house)
    body = {"purpose": ["plan", "diary", "outcomes"], "at": "08:00", "name": "diary", "do": "on", "passphrase": "x"}
    for rule in rules(app, "POST"):
        if is_look_only(rule.endpoint):
            for address in every_address(rule):
                answer = browser.post(address, body, expect=403)
                if rule.endpoint.startswith("push."):
                    said = browser.say("This does not work in an example. Everything else you can try.")
                    assert answer.get_json()["error"] == said
                else:
                    assert browser.follow(answer, address, expect=403).heading == browser.say("Not in an example")
    assert kept(house) == before


def test_the_pages_of_it_can_be_looked_at_and_say_so(app: Flask) -> None:
    browser, page = look_around(app)
    said = browser.say("You can look at this page. It only works for yourself, not in an example.")
    assert said not in strip(page)
    for address in ("/share", "/share/new", "/share/close/new", "/reminders", "/reminders/edit/diary", "/consent",
                    "/account/data", "/account/erase", "/account/passkeys/new", "/account/passphrase",
                    "/reminders/calendar"):  # fmt: skip
        assert said in strip(browser.open(address)), address


def test_others_are_not_kept_from_anything(alice: Browser) -> None:
    alice.post("/consent", {"purpose": ["plan"]}, expect=303)
    alice.open("/share/new").send()


# Nobody


def test_it_is_never_counted(app: Flask, house: House, clock: Clock, alice: Browser) -> None:
    look_around(app)
    person = example_of(house)
    with house.store.write(person.id) as unit:
        people.add_consent(unit, person.id, Consent(Purpose.OUTCOMES, TEXT_VERSION, "nl", clock()))
    with house.store.read() as unit:
        assert outcomes.said_yes(unit) == []
        assert people.count(unit, demo=False) == 1
        assert people.count(unit, demo=True) == 0
    joined(app, "bob", purposes=("plan", "diary", "outcomes"))
    with house.store.read() as unit:
        assert len(outcomes.said_yes(unit)) == 1


def test_it_is_never_reminded(app: Flask, house: House, clock: Clock) -> None:
    look_around(app)
    person = example_of(house)
    assert not rows(house, "reminder")
    wanted = Reminder(id_of(Kind.DIARY, ""), Kind.DIARY, "", True, Habit(time(8, 30)), clock())
    with house.store.write(person.id) as unit:
        keep_on(unit, person, wanted, clock())
    assert next_at(house.store) is None
    clock.forward(hours=20)
    measured = measure_house(house.store, clock())
    assert measured
    assert measured.late == 0
    with house.store.write(person.id) as unit:
        keep_on(unit, replace(person, example_until=None), wanted, clock())
    assert next_at(house.store) is not None


def test_consent_to_being_counted_is_not_given(app: Flask, house: House) -> None:
    look_around(app)
    assert {row["purpose"] for row in rows(house, "consent")} == {"plan", "diary"}
