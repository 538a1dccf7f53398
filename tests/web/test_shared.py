"""Behind a link: token × section × method × ended, stopped, wrong PIN, looked at from outside."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.domain.consent import Purpose
from companion.domain.share import Section
from companion.services import consent
from companion.services.change_share import change_share, renew_share, stop_share
from companion.services.erase_person import erase_person
from companion.services.shares import read_share, read_shares
from tests.build import Clock, kept, rows
from tests.people import joined, signed_in_again
from tests.services.lives import Life
from tests.web.shares import Reader, choices, full_life, link, shown

ID = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def life(house: House) -> Life:
    return full_life(house)


def views(life: Life) -> tuple[int, int]:
    [told] = read_shares(life.house.store, life.person, life.house.now())
    return len(told.opened), len(told.looked)


# What is granted is shown, and nothing else


PAIRS = [*combinations(Section, 1), *combinations(Section, 2), tuple(Section)]


@pytest.mark.parametrize("granted", PAIRS, ids="-".join)
def test_only_what_was_granted_is_shown_on_the_page(app: Flask, life: Life, granted: tuple[Section, ...]) -> None:
    reader = Reader(app, link(life, *granted).token)
    assert shown(reader.get()) == set()
    assert shown(reader.show()) == set(granted)


def test_before_show_nothing_of_the_person_is_there(app: Flask, life: Life) -> None:
    page = Reader(app, link(life, whom="dr. Peeters").token).get()
    for word in ("alice", "Peeters", "lormetazepam", "mg", "2026"):
        assert word not in page.markup.replace("style-", ""), word


def test_the_name_of_the_person_is_nowhere(app: Flask, life: Life) -> None:
    assert "alice" not in Reader(app, link(life).token).show().markup


def test_a_day_and_its_month_stay_on_one_line(app: Flask, life: Life) -> None:
    """In a column as narrow as on a phone a date falls apart otherwise."""
    page = Reader(app, link(life).token).show()
    days = [first for row in page.all("tr") for first in [*row][:1] if re.search(r"\d{4}$", "".join(first.itertext()))]
    assert len(days) > 2
    for day in days:
        assert not re.search(r"\d(er)? [a-zé]", "".join(day.itertext())), "".join(day.itertext())


def test_no_menu_no_sign_in_and_no_script_that_keeps_anything(app: Flask, life: Life) -> None:
    reader = Reader(app, link(life).token)
    for page in (reader.get(), reader.show(), Reader(app, "x" * 32).get(404)):
        assert page.all("nav") == []
        for path in ("/sign-in", "/today", "/account", "/join", "/language"):
            assert f'"{path}' not in page.markup
        assert page.markup.count("<script") == 1
        assert "reader.js" in page.markup
        assert "manifest" not in page.markup
        assert 'content="noindex, nofollow' in page.markup


def test_how_far_back_holds_for_every_section(app: Flask, life: Life) -> None:
    token = link(life, *Section, back="1").token
    text = Reader(app, token).show().text
    assert "21 oktober 2026 tot en met 21 november 2026" in text
    assert "12 oktober" not in text  # a list of forty days ago
    assert "10 mg" not in text  # the dose from before the plan


# Addresses that open nothing


def test_wrong_ended_stopped_and_renewed_links_are_one_and_the_same_page(app: Flask, clock: Clock, life: Life) -> None:
    store, person = life.house.store, life.person
    stopped = link(life, share_id="22222222-2222-4222-8222-222222222222").token
    stop_share(store, person, "22222222-2222-4222-8222-222222222222", clock())
    renewed = link(life, share_id="33333333-3333-4333-8333-333333333333").token
    share = read_share(store, person, "33333333-3333-4333-8333-333333333333")
    assert share
    renew_share(store, person, share.id, share.changed_at.isoformat(), clock())
    ended = link(life, days="1", pin="1234").token
    clock.forward(days=1)
    before = kept(life.house)
    pages = set()
    for token in (stopped, renewed, ended, "x" * 32, "x", "é", "%00", "a" * 3000):
        reader = Reader(app, token)
        for page in (
            reader.get(404),
            reader.show(expect=404),
            reader.show({"pin": "1234"}, 404),
            reader.show({"key": "1.x"}, 404),
        ):
            pages.add(re.sub(r"/s/[^?\"]*", "/s/TOKEN", page.markup))
            assert page.has("Ask the person who gave it to you for a new one.")
        assert reader.browser.client.head(reader.address).status_code == 404
        assert reader.post("/pdf", {"key": "1.x"}).status_code == 404
    assert len(pages) == 1
    assert kept(life.house) == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_do_nothing(app: Flask, life: Life, method: str) -> None:
    token = link(life).token
    before = kept(life.house)
    headers = {"Origin": "http://localhost"}
    for address in (f"/s/{token}", f"/s/{token}/pdf"):
        assert app.test_client().open(address, method=method, headers=headers).status_code == 405
    assert app.test_client().get(f"/s/{token}/pdf").status_code == 405
    assert kept(life.house) == before


def test_withdrawing_any_consent_stops_every_link(app: Flask, clock: Clock, life: Life) -> None:
    reader = Reader(app, link(life, "plan").token)
    reader.show()
    consent.choose(life.house.store, life.person, {Purpose.PLAN}, "nl", clock())
    reader.get(404)
    consent.choose(life.house.store, life.person, set(Purpose), "nl", clock())
    reader.get(404)


def test_erasing_the_person_ends_the_link(app: Flask, house: House, life: Life) -> None:
    reader = Reader(app, link(life).token)
    reader.show()
    erase_person(house.store, life.person)
    reader.get(404)
    assert rows(house, "share") == rows(house, "share_view") == []


# Opened and looked at


def test_only_somebody_who_presses_show_has_looked(app: Flask, clock: Clock, life: Life) -> None:
    reader = Reader(app, link(life).token)
    assert reader.browser.client.head(reader.address).status_code == 200
    reader.get(agent="WhatsApp/2.23")
    reader.get(agent="")
    reader.get(**{"Sec-Purpose": "prefetch;prerender"})
    assert views(life) == (0, 0)
    reader.get()
    reader.get()
    assert views(life) == (1, 0)
    page = reader.show()
    assert views(life) == (1, 1)
    clock.forward(minutes=5)
    key = page.values(reader.address)["key"][0]
    reader.show({"key": key, "language": "nl"})
    reader.pdf(page)
    assert views(life) == (1, 1)
    reader.get()
    reader.show()
    assert views(life) == (2, 2)


def test_what_is_kept_of_looking_stays_small(
    app: Flask, clock: Clock, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.storage.shares.MOST_VIEWS", 5)
    reader = Reader(app, link(life, "plan").token)
    for _ in range(8):
        clock.forward(minutes=2)
        reader.get()
        reader.show()
    assert views(life) == (5, 5)


# Reading on


def test_a_reader_switches_language_without_touching_the_person(app: Flask, clock: Clock, life: Life) -> None:
    reader = Reader(app, link(life, pin="1234").token)
    page = reader.show({"pin": "1234"})
    assert page.heading == "Verslag"
    key = page.values(reader.address)["key"][0]
    reader.browser.language = "fr"
    page = reader.show({"key": key, "language": "fr"})
    assert page.heading == "Rapport"
    assert "70,4\u00a0%" in page.markup
    assert rows(life.house, "person")[0]["language"] == "nl"
    reader.browser.language = "nl"
    assert reader.get().heading == "Iemand wil je iets tonen"


def test_the_person_of_the_link_is_a_reader_like_everyone_in_their_own_browser(app: Flask, life: Life) -> None:
    alice = signed_in_again(app, "alice")
    token = link(life).token
    page = alice.open(f"/s/{token}")
    assert page.all("nav") == []
    with alice.client.session_transaction() as session:
        before = dict(session)
    answer = alice.post(f"/s/{token}", {"language": "fr"}, expect=200)
    assert "Set-Cookie" not in answer.headers
    with alice.client.session_transaction() as session:
        assert dict(session) == before
    assert alice.open("/today").heading


def test_the_language_of_a_link_goes_before_that_of_the_browser(app: Flask, life: Life) -> None:
    reader = Reader(app, link(life, language="fr").token, "fr")
    reader.browser.accepts = "nl-BE,nl"
    assert reader.get().heading == reader.browser.say("Someone wants to show you something")
    assert reader.show().heading == "Rapport"
    reader.browser.language = "nl"
    assert reader.show({"language": "nl"}).heading == "Verslag"


def test_a_key_ends_and_is_of_one_link_only(app: Flask, clock: Clock, life: Life) -> None:
    first = Reader(app, link(life, pin="1234").token)
    other = Reader(app, link(life, share_id="22222222-2222-4222-8222-222222222222", pin="1234").token)
    key = first.show({"pin": "1234"}).values(first.address)["key"][0]
    for wrong in (
        f"{key}0",
        key.replace(".", ".0"),
        "",
        ".",
        "9" * 11 + "." + key.split(".")[1],
        "x.y",
        "99999999999999.a",
    ):
        assert shown(first.show({"key": wrong})) == set()
        assert first.post("/pdf", {"key": wrong}).mimetype == "text/html"
    assert shown(other.show({"key": key})) == set()
    assert shown(first.show({"key": key})) == set(Section)
    clock.forward(hours=1)
    assert shown(first.show({"key": key})) == set()
    assert rows(life.house, "share")[0]["pin_tries"] == 0  # an old key is no wrong PIN


def test_a_change_ends_what_is_being_read(app: Flask, clock: Clock, life: Life) -> None:
    reader = Reader(app, link(life).token)
    key = reader.show().values(reader.address)["key"][0]
    clock.forward(minutes=1)
    change_share(life.house.store, life.person, ID, choices("plan"), clock())
    assert shown(reader.show({"key": key})) == set()
    assert shown(reader.show()) == {Section.PLAN}


# The PIN


def test_the_pin_opens_and_a_wrong_one_shows_nothing(app: Flask, life: Life) -> None:
    reader = Reader(app, link(life, pin="1234").token)
    for wrong, status in (("", 422), ("123", 422), ("abcd", 422), ("9999", 422)):
        page = reader.show({"pin": wrong}, status)
        assert shown(page) == set()
        assert page.errors("pin")
        assert wrong == "" or wrong not in page.markup.split("<main")[1]
    assert views(life)[1] == 0
    assert shown(reader.show({"pin": "12 34"})) == set(Section)
    assert views(life)[1] == 1


def test_guessing_is_slowed_then_locked_and_answers_the_same_to_the_right_pin(
    app: Flask, clock: Clock, life: Life
) -> None:
    reader = Reader(app, link(life, pin="1234").token)
    for _ in range(3):
        reader.show({"pin": "0000"}, 422)
    waiting = reader.show({"pin": "0000"}, 429).markup
    assert reader.show({"pin": "1234"}, 429).markup == waiting
    for tries in range(3, 10):
        clock.forward(minutes=2 ** (tries - 3))
        reader.show({"pin": "0000"}, 422)
    clock.forward(days=2)
    locked = reader.show({"pin": "0000"}, 429)
    assert reader.show({"pin": "1234"}, 429).markup == locked.markup
    [told] = read_shares(life.house.store, life.person, clock())
    assert told.locked
    change_share(life.house.store, life.person, ID, choices(pin="5678"), clock())
    assert shown(reader.show({"pin": "5678"})) == set(Section)


def test_the_right_pin_forgets_the_wrong_ones(app: Flask, life: Life) -> None:
    reader = Reader(app, link(life, pin="1234").token)
    for _ in range(3):
        reader.show({"pin": "0000"}, 422)
        reader.show({"pin": "0000"}, 422)
        reader.show({"pin": "1234"})


def test_neither_token_nor_pin_nor_name_is_readable_in_the_database(life: Life) -> None:
    opened = link(life, pin="13579", whom="dr. Peeters")
    stored = str(rows(life.house, "share"))
    assert len(opened.token) >= 32
    for secret in (opened.token, "13579", "Peeters"):
        assert secret not in stored


# From elsewhere


def test_a_page_without_referrer_sends_no_origin_and_is_taken_and_nothing_else_is(app: Flask, life: Life) -> None:
    token = link(life).token
    client = app.test_client()

    def status(path: str, **headers: str) -> int:
        return client.post(path, headers=headers).status_code

    same = {"Sec-Fetch-Site": "same-origin"}
    assert status(f"/s/{token}", Origin="null", **same) == 200
    assert status(f"/s/{token}", Origin="null") == 403
    assert status(f"/s/{token}", Origin="null", **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert status(f"/s/{token}", Origin="https://evil.example", **same) == 403
    assert status("/sign-out", Origin="null", **same) == 403


def test_a_body_that_is_too_large_is_refused(app: Flask, life: Life) -> None:
    reader = Reader(app, link(life, pin="1234").token)
    assert reader.post("", {"pin": "x" * 2**21}).status_code == 413


def test_charlie_sees_what_every_reader_sees(app: Flask, life: Life) -> None:
    charlie = joined(app, "charlie")
    token = link(life, "plan").token
    assert "lormetazepam" not in charlie.open("/share").markup
    assert charlie.get(f"/share/{ID}", expect=404)
    assert "lormetazepam" in charlie.post(f"/s/{token}", expect=200).get_data(as_text=True)
