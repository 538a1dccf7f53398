"""What someone close sees from outside and may send: every choice, every method, working, stopped and ended."""

from __future__ import annotations

import itertools
from uuid import uuid4

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.domain.consent import Purpose
from companion.domain.supporter import Kindness, Shows
from companion.services import consent
from companion.services.change_supporter import call_quiet, change_supporter, renew_supporter, stop_supporter
from companion.services.open_supporter import OpenedSupporter
from companion.storage import reminders
from tests.build import Clock, kept, rows
from tests.confirmed import HALVES, confirmed_plan, person_named
from tests.people import newcomer
from tests.web.fetcher import Browser
from tests.web.supporters import Close, chosen, supporter

IDS = {Shows.QUIET_DAY: "quiet", Shows.NEXT_STEP: "step", Shows.HOW_TO_HELP: "help", Shows.NOT_TO_SAY: "not-to-say"}
HOSTILE = '"><script>alert(1)</script>'


def link(house: House, *shows: str, **fields: str) -> OpenedSupporter:
    return supporter(house, person_named(house, "alice"), *shows, **fields)


@pytest.fixture
def plan(house: House, alice: Browser, clock: Clock) -> None:
    confirmed_plan(house, person_named(house, "alice"), HALVES, clock())


# What is shown


@pytest.mark.parametrize("quiet", [True, False])
@pytest.mark.parametrize("own_words", ["yes", ""])
def test_only_what_was_chosen_is_shown(
    app: Flask, house: House, plan: None, clock: Clock, own_words: str, quiet: bool
) -> None:
    person = person_named(house, "alice")
    for size in range(len(Shows) + 1):
        for shows in itertools.combinations(Shows, size):
            opened = link(house, *(each.value for each in shows), own_words=own_words)
            call_quiet(house.store, person, quiet, clock())
            page = Close(app, opened.token).open()
            seen = {each for each, name in IDS.items() if page.by_id(name) is not None}
            assert seen == set(shows) - (set() if quiet else {Shows.QUIET_DAY}), shows
            kinds = {each.get("value") for each in page.all("input", name="kind")}
            assert kinds == {each.value for each in Kindness} | ({"own"} if own_words else set())
            assert bool(page.all("textarea")) == bool(own_words)


def test_nothing_of_medicine_dose_or_name_is_on_it(app: Flask, house: House, plan: None) -> None:
    opened = link(house, *(each.value for each in Shows), whom="Mijn zus")
    page = Close(app, opened.token).open()
    for word in ("diazepam", "mg", "tablet", "alice", "Mijn zus", "klacht", "medicijn"):
        assert word not in page.text
    assert not {each for each in page.links() if each.startswith(("/today", "/plan", "/share", "/sign-in", "/account"))}


def test_the_next_step_is_a_confirmed_date_to_come(app: Flask, house: House, alice: Browser, clock: Clock) -> None:
    person = person_named(house, "alice")
    opened = link(house, "next_step")
    close = Close(app, opened.token)
    assert "geen datum" in close.open().text
    confirmed_plan(house, person, HALVES, clock(), [1, 2])
    assert "Maandag 30 november" in close.open().text
    clock.set("2026-12-02 12:00")
    assert "geen datum" in close.open().text  # the third step is not confirmed


def test_the_first_day_without_is_a_step_too(app: Flask, house: House, plan: None, clock: Clock) -> None:
    close = Close(app, link(house, "next_step").token)
    clock.set("2026-12-20 12:00")
    assert "Maandag 28 december" in close.open().text
    clock.set("2026-12-29 12:00")
    assert "geen datum" in close.open().text


def test_without_consent_for_the_plan_the_link_stops_and_renewed_it_tells_no_date(
    app: Flask, house: House, plan: None, clock: Clock
) -> None:
    person = person_named(house, "alice")
    opened = link(house, "next_step")
    consent.choose(house.store, person, {Purpose.DIARY}, "nl", clock())
    Close(app, opened.token).open(expect=404)
    seen = opened.supporter.changed_at.isoformat()
    renewed = renew_supporter(house.store, person, opened.supporter.id, seen, clock())
    assert renewed
    assert "geen datum" in Close(app, renewed.token).open().text


def test_a_quieter_day_ends_with_the_day_of_the_person(app: Flask, house: House, alice: Browser, clock: Clock) -> None:
    close = Close(app, link(house, "quiet_day").token)
    clock.set("2026-11-21 22:00")
    call_quiet(house.store, person_named(house, "alice"), True, clock())
    clock.set("2026-11-22 01:00")  # still the evening before
    assert close.open().by_id("quiet") is not None
    clock.set("2026-11-22 09:00")
    assert close.open().by_id("quiet") is None


# Language


def test_the_reader_has_a_language_of_their_own(app: Flask, house: House, alice: Browser) -> None:
    opened = link(house, "how_to_help")
    dutch, french = Close(app, opened.token, "nl"), Close(app, opened.token, "fr")
    page = dutch.open()
    assert page.heading == dutch.browser.say("Good that you are there")
    assert french.open().heading == french.browser.say("Good that you are there")
    switch = next(each for each in page.links() if "language=fr" in each)
    assert french.browser.open(switch).heading == french.browser.say("Good that you are there")
    french.open().send({"kind": "walk"})
    assert alice.open("/today").has("Shall we go for a walk one of these days?")


def test_a_link_may_open_in_a_language_and_the_reader_may_change_it(app: Flask, house: House, alice: Browser) -> None:
    opened = link(house, language="fr")
    french = Close(app, opened.token, "fr")
    french.browser.accepts = "nl"
    assert french.open().root.get("lang") == "fr"
    assert Close(app, opened.token).open(query="?language=nl").root.get("lang") == "nl"


# Sending


@pytest.mark.parametrize("code", [each.value for each in Kindness])
def test_a_prepared_message_arrives_on_today(app: Flask, house: House, alice: Browser, code: str) -> None:
    close = Close(app, link(house, whom="Lena").token)
    page = close.open().send({"kind": code})
    assert page.has("Your kind word is on its way. Thank you.")
    [word] = rows(house, "kind_word")
    assert (word["code"], word["words"]) == (code, "")
    today = alice.open("/today")
    assert today.has("A kind word for you")
    assert "Lena" in today.text


@pytest.mark.parametrize("words", [HOSTILE, "'; drop table kind_word; --", "<img src=x onerror=alert(1)>", "=1+1"])
def test_own_words_are_text_everywhere_and_sealed(app: Flask, house: House, alice: Browser, words: str) -> None:
    close = Close(app, link(house, own_words="yes", whom=HOSTILE).token)
    close.open().send({"kind": "own", "words": words})
    assert words not in str(rows(house, "kind_word"))
    assert words in alice.open("/today").text
    assert words in alice.open("/share/close").text


def test_hostile_text_that_is_refused_comes_back_as_text(app: Flask, house: House, alice: Browser) -> None:
    close = Close(app, link(house, own_words="yes").token)
    page = close.open().send({"kind": "own", "words": HOSTILE * 20}, expect=422)
    assert page.errors("words")
    assert page.values()["words"] == [HOSTILE * 20]
    assert not rows(house, "kind_word")


def test_own_words_do_not_pass_where_they_were_not_switched_on(
    app: Flask, house: House, alice: Browser, clock: Clock
) -> None:
    opened = link(house, own_words="yes")
    close = Close(app, opened.token)
    close.say("own", "Dag")
    change_supporter(house.store, person_named(house, "alice"), opened.supporter.id, chosen(), clock())
    close.say("own", "Nog eens dag", expect=422)
    assert len(rows(house, "kind_word")) == 1


@pytest.mark.parametrize(
    "fields",
    [{}, {"kind": ""}, {"kind": "x"}, {"kind": "own", "words": " \n\u200b"}, {"kind": "walk", "words": "Om drie?"}],
)
def test_nothing_chosen_is_asked_again(app: Flask, house: House, alice: Browser, fields: dict[str, str]) -> None:
    close = Close(app, link(house, own_words="yes").token)
    answer = close.post(fields)
    page = close.browser.follow(answer, close.address, expect=422)
    assert page.summary()
    assert not rows(house, "kind_word")


def test_a_double_tap_is_one_word(app: Flask, house: House, alice: Browser) -> None:
    close = Close(app, link(house).token)
    fields = {"kind": "here", "entry_id": str(uuid4())}
    assert [close.post(fields).status_code for _ in range(3)] == [303, 303, 303]
    assert len(rows(house, "kind_word")) == 1


def test_five_words_a_day_and_the_sixth_waits_with_what_was_typed(
    app: Flask, house: House, alice: Browser, clock: Clock
) -> None:
    close = Close(app, link(house, own_words="yes").token)
    other = Close(app, link(house).token)
    for _ in range(5):
        close.say()
        clock.forward(minutes=10)
    page = close.open().send({"kind": "own", "words": "Nog een"}, expect=429)
    assert page.summary() == [
        page.browser.say("That is enough for now: your words have arrived. Tomorrow there is room for more.")
    ]
    assert page.values()["words"] == ["Nog een"]
    other.say()  # each link has its own share
    clock.forward(hours=23, minutes=20)
    close.say()
    assert len(rows(house, "kind_word")) == 7


REFUSED = [
    {},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", REFUSED)
def test_only_our_own_page_sends(app: Flask, house: House, alice: Browser, headers: dict[str, str]) -> None:
    token = link(house).token
    client = newcomer(app).client
    assert client.post(f"/s/close/{token}", data={"kind": "here"}, headers=headers).status_code == 403
    assert not rows(house, "kind_word")


def test_a_browser_that_names_no_origin_on_our_page_still_sends(app: Flask, house: House, alice: Browser) -> None:
    close = Close(app, link(house).token)
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert close.post({"kind": "here"}, **headers).status_code == 303


@pytest.mark.parametrize("agent", ["WhatsApp/2.23", "Mozilla/5.0 (compatible; bingbot/2.0)", "curl/8", "Mozilla/5.0"])
def test_looking_sends_nothing_and_notes_nothing(app: Flask, house: House, alice: Browser, agent: str) -> None:
    token = link(house, *(each.value for each in Shows)).token
    before = kept(house)
    client = newcomer(app).client
    for method in ("GET", "HEAD", "OPTIONS"):
        for query in ("", "?kind=here&sent=yes&words=x"):
            answer = client.open(f"/s/close/{token}{query}", method=method, headers={"User-Agent": agent})
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
    for method in ("PUT", "PATCH", "DELETE"):
        headers = {"Origin": "http://localhost"}
        assert client.open(f"/s/close/{token}", method=method, headers=headers).status_code == 405
    assert kept(house) == before


def test_the_page_is_found_by_nobody_and_kept_nowhere(app: Flask, house: House, alice: Browser) -> None:
    token = link(house).token
    answer = newcomer(app).get(f"/s/close/{token}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert len(token) >= 32
    assert token not in str(rows(house, "share"))


# Over


def test_stopped_ended_and_never_made_are_the_same_calm_page(
    app: Flask, house: House, alice: Browser, clock: Clock
) -> None:
    person = person_named(house, "alice")
    stopped, ended, renewed = link(house), link(house, days="30"), link(house, days="365")
    stop_supporter(house.store, person, stopped.supporter.id, clock())
    clock.forward(days=31)
    renew_supporter(house.store, person, renewed.supporter.id, renewed.supporter.changed_at.isoformat(), clock())
    pages = set()
    for token in (stopped.token, ended.token, renewed.token, "x" * 32):
        close = Close(app, token)
        page = close.open(expect=404)
        pages.add(page.markup.replace(token, ""))
        assert page.heading == close.browser.say("This link does not open anything")
        assert close.post({"kind": "here"}).status_code == 404
    assert len(pages) == 1
    assert not rows(house, "kind_word")


def test_a_form_that_was_open_when_the_link_stopped_sends_nothing(
    app: Flask, house: House, alice: Browser, clock: Clock
) -> None:
    opened = link(house)
    page = Close(app, opened.token).open()
    stop_supporter(house.store, person_named(house, "alice"), opened.supporter.id, clock())
    page.send({"kind": "here"}, expect=404)
    assert not rows(house, "kind_word")


def test_a_link_for_care_and_one_for_someone_close_are_never_each_other(
    app: Flask, house: House, alice: Browser, visitor: Browser
) -> None:
    close = link(house).token
    visitor.get(f"/s/{close}", expect=404)
    page = alice.open("/share/new").send()
    care = next(each.get("value", "") for each in page.all("input", id="address")).rsplit("/", 1)[1]
    visitor.get(f"/s/{care}")
    visitor.get(f"/s/close/{care}", expect=404)
    care_id = page.address.split("/")[2]
    alice.get(f"/share/close/{care_id}", expect=404)
    assert len(alice.open("/share").all("h2")) == 1


def test_its_own_person_reads_it_as_a_reader(app: Flask, house: House, alice: Browser) -> None:
    page = alice.open(f"/s/close/{link(house).token}")
    assert "/account" not in page.links()


# Reminders


def test_a_kind_word_reminds_only_when_wanted(app: Flask, house: House, alice: Browser, clock: Clock) -> None:
    clock.set("2026-11-21 15:20")
    person = person_named(house, "alice")
    Close(app, link(house, whom="Jan").token).say()
    assert not rows(house, "reminder")
    opened = link(house, whom="Lena", remind="yes")
    Close(app, opened.token, "fr").say("evening")
    with house.store.read() as unit:
        [reminder] = reminders.of_person(unit, person.id)
    assert reminder.words == {"from": "Lena", "text": alice.say("I wish you a calm evening.")}
    assert reminder.next_local
    assert reminder.next_local.isoformat(" ", "minutes") == "2026-11-21 15:21"
    assert reminder.next_due == clock().replace(minute=21)
    stop_supporter(house.store, person, opened.supporter.id, clock())
    assert not rows(house, "reminder")
