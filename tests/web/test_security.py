"""Who may ask what: other sites, strangers, and people who guess. Every address: tests/web/test_matrix.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from companion.bootstrap import House
from companion.web.app import create_app
from tests.build import Clock, kept, open_house, rows
from tests.people import PASSPHRASES, joined, newcomer
from tests.web.fetcher import Browser
from tests.web.plans import confirm, plan_id, typed_rows
from tests.web.read_back import note
from tests.web.test_larger_rows import laid_out

PUBLIC = {
    "/", "/about", "/privacy", "/help", "/learn", "/learn/<slug>", "/join", "/sign-in", "/recover", "/healthz",
    "/readyz", "/metrics",
    "/learn/search", "/accessibility", "/sign-in/passkey", "/get-up", "/booklet", "/booklet/<any(a5, a4):size>.pdf",
    "/manifest.webmanifest", "/style-<fingerprint>.css", "/static/<path:filename>", "/preview",
    "/amount", "/service-worker.js", "/offline", "/offline/not-sent", "/offline/pages", "/install",
    "/script-<fingerprint>/<path:name>", "/push/key", "/calendar.ics", "/mail/out", "/s/<token>", "/s/close/<token>",
    "/mail/out/<token>",
    "/papers", "/papers/<any(letter, discuss, agreement, capsules):paper>",
}  # fmt: skip
"""GET addresses that open for everyone. An address that is not here must ask to sign in."""

NO_PAGES = {"offline.worker", "offline.list_of_pages", "offline.key", "push.key", "login_passkey.ask"}
"""What the phone asks for, without a page around it."""

ABSENT = {"/calendar.ics", "/reminders/mail", "/metrics"}
"""Not found without the token of a private calendar, where the site sends no mail, and where nothing is measured."""

JSON: dict[str, tuple[dict[str, object], int]] = {
    "/sync": ({"entries": []}, 200),
    "/push/subscriptions": ({"endpoint": "https://evil.example"}, 422),
    "/push/subscriptions/forget": ({}, 204),
    "/push/test": ({}, 409),
}
"""POST addresses of the phone, each with a body and what is answered to it when someone is signed in: they answer in
JSON, 401 instead of a way to sign in."""

FROM_ELSEWHERE = {"/mail/out/<token>"}
"""POST addresses for other programs: what they need to know is in the address, and they look at no cookie."""

PUBLIC_POSTS = (
    FROM_ELSEWHERE
    | {"/language", "/join", "/sign-in", "/sign-in/passkey", "/sign-out", "/recover", "/push/received", "/push/later"}
    | {"/example"}
    | {
        "/mail/out",
        "/s/<token>",
        "/s/<token>/pdf",
        "/s/close/<token>",
    }
)


def rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]


def filled(rule: Rule, **values: str) -> str:
    """The address of a rule with its parts filled in."""
    defaults = {
        "n": "1",
        "moment": "bedtime",
        "wake_date": "2026-11-20",
        "name": "medicine",
        "slug": "a-bad-night",
        "kind": "stay",
        "number": "1",
        "month": "2026-12",
        "instrument_id": "sds",
    }
    if rule.endpoint.startswith("reminders."):
        defaults["name"] = "diary"
    given = defaults | values

    def part(found: re.Match[str]) -> str:
        name = found[0].strip("<>").split(":")[-1]
        return given.get(name, str(uuid4()) if "uuid" in found[0] else "x")

    return re.sub(r"<[^>]+>", part, rule.rule)


def every_address(rule: Rule, **values: str) -> list[str]:
    """The addresses of a rule: one for each of the words it takes."""
    choice = re.search(r"<any\(([^)]*)\):(\w+)>", rule.rule)
    if not choice:
        return [filled(rule, **values)]
    words = [word.strip(" '\"") for word in choice[1].split(",")]
    return [filled(rule, **values | {choice[2]: word}) for word in words]


def two_plans(browser: Browser) -> tuple[str, str]:
    """A confirmed plan that can be bent, and one whose first row is larger than was asked."""
    typed_rows(browser, [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14")], start="2026-11-21")
    plan = plan_id(browser)
    confirm(browser)
    return plan, laid_out(browser)


def an_appointment(browser: Browser) -> str:
    """The id of an appointment that was just kept."""
    kept = str(uuid4())
    typed = {"entry_id": kept, "what": "Psychiater", "day": "2026-11-26", "time": "14:00", "before": "two-hours"}
    browser.post("/reminders/appointments/new", typed)
    return kept


def plan_of_rule(rule: Rule, plans: tuple[str, str]) -> str:
    return plans[1] if rule.endpoint.startswith("plan_larger.") else plans[0]


def shared(browser: Browser, house: House) -> str:
    """The id of a link that this person just made."""
    browser.open("/share/new").send()
    return str(rows(house, "share")[-1]["id"])


def opens_with(rule: Rule) -> int:
    """What an address answers here: there is no link with the token that `filled` makes up."""
    return 404 if rule.endpoint in {"shared.page", "supporting.page"} else 200


def close(browser: Browser, house: House) -> dict[str, str]:
    """The ids of a link for someone close that this person just made, and of a word that came through it."""
    page = browser.open("/share/close/new").send({"shows": ["quiet_day"]})
    [address] = [each.get("value", "") for each in page.all("input", id="address")]
    newcomer(browser.app).post(address.removeprefix(browser.origin), {"kind": "here"})
    [word] = rows(house, "kind_word")
    return {"supporter_id": word["share_id"], "word_id": word["id"]}


WAITING_ONLY = ("/go-on", "/home")
"""Offered only while a plan waits: else their page is the plan."""


# Cross-site writes


REFUSED = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8000"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": ""},
]


@pytest.mark.parametrize("headers", REFUSED)
def test_a_write_from_elsewhere_is_refused_at_every_address(
    app: Flask, house: House, alice: Browser, headers: dict[str, str]
) -> None:
    before = kept(house), rows(house, "session")
    changing = [rule for method in ("POST", "PUT", "PATCH", "DELETE") for rule in rules(app, method)]
    assert len(changing) >= 20
    guarded = [rule for rule in changing if rule.rule not in FROM_ELSEWHERE]
    for address in (each for rule in guarded for each in every_address(rule)):
        assert alice.client.post(address, data={"language": "fr"}, headers=headers).status_code == 403, address
    assert (kept(house), rows(house, "session")) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    ],
)
def test_a_write_from_our_own_pages_is_taken(alice: Browser, headers: dict[str, str]) -> None:
    answer = alice.client.post("/diary/2026-11-20", data={"up": "06:00"}, headers=headers)
    assert answer.status_code == 303


def test_the_refusal_is_a_calm_page(visitor: Browser) -> None:
    answer = visitor.client.post("/join", headers={"Accept-Language": "nl"})
    assert visitor.follow(answer, "/join", expect=403).heading == visitor.say("That did not come from this site")


# Strangers


def test_what_names_an_entry_in_the_form_is_404_for_charlie(house: House, alice: Browser, charlie: Browser) -> None:
    typed_rows(alice, [({"bedtime": "7"}, "14")], start="2026-11-21")
    plan = plan_id(alice)
    confirm(alice)
    note(alice.open("/today/extra"), {"mg": "1"})
    alice.open("/plan/supply").send({f"have-{plan}-tablet-5": "3"}, containing="counted_on")
    entry = rows(house, "entry")[0]["id"]
    before = kept(house)
    charlie.post("/today/undo", {"entry": entry}, expect=404)
    charlie.post("/today/check-in/undo", {"entry": entry}, expect=404)
    charlie.post("/today/text/again", {"entry": entry}, expect=404)
    charlie.post("/today/taken", {"plan": plan, "moment": "bedtime", "day": "2026-11-21"}, expect=404)
    charlie.post("/today/extra", {"plan": plan, "mg": "1", "seen-mg": "1"}, expect=404)
    charlie.post("/plan/steady", {"plan": plan, "mg": "1", "day": "2026-11-21"}, expect=404)
    charlie.post("/plan/steady/undo", {"entry": entry}, expect=404)
    charlie.get(f"/plan/steady?plan={plan}", expect=404)
    charlie.post("/plan/supply", {f"have-{plan}-tablet-5": "9", "counted_on": "2026-11-21"}, expect=422)
    answers = {"form_id": str(uuid4()), f"a-2026-11-21-bedtime-{plan}": "planned"}
    charlie.client.post("/plan/paper/2026-11", data=answers, headers={"Origin": charlie.origin})
    assert kept(house) == before
    for page in ("history", "plan/print", "plan/week", "plan/box", "plan/supply", "plan/paper/2026-11"):
        assert "diazepam" not in charlie.open(f"/{page}?plan={plan}&mg=5").text, page


def test_the_same_entry_id_of_two_people_are_two_entries(house: House, alice: Browser, charlie: Browser) -> None:
    same = str(uuid4())
    alice.post("/diary/2026-11-20", {"up": "06:00", "entry_id": same})
    charlie.post("/diary/2026-11-20", {"up": "07:00", "entry_id": same})
    assert len(rows(house, "entry")) == 2
    assert "06:00" in alice.open("/diary/2026-11-20").text
    assert "07:00" in charlie.open("/diary/2026-11-20").text


# Not signed in


def test_every_address_of_the_phone_says_401_and_does_nothing(house: House, alice: Browser, visitor: Browser) -> None:
    before = kept(house)
    for address, (body, status) in JSON.items():
        headers = {"Origin": visitor.origin}
        assert visitor.client.post(address, json=body, headers=headers).status_code == 401, address
        assert alice.client.post(address, json=body, headers=headers).status_code == status, address
    assert kept(house) == before


def test_after_signing_in_someone_arrives_where_they_were_going(app: Flask, alice: Browser) -> None:
    again = newcomer(app)
    page = again.open("/history?window=week")
    assert page.address.startswith("/sign-in?next=")
    page = page.send({"name": "alice", "passphrase": PASSPHRASES["alice"]})
    assert page.address == "/history?window=week"


OUTSIDE = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "/\r\nSet-Cookie: a=b",
    "evil.example",
    "///evil.example",
]


@pytest.mark.parametrize("wanted", OUTSIDE)
def test_nobody_is_sent_to_another_site(app: Flask, alice: Browser, wanted: str) -> None:
    again = newcomer(app)
    typed = {"name": "alice", "passphrase": PASSPHRASES["alice"], "next": wanted}
    assert again.post("/sign-in", typed).headers["Location"] == "/today"
    assert again.client.get("/sign-in", query_string={"next": wanted}).headers["Location"] == "/today"
    assert alice.post("/language", {"language": "nl", "next": wanted}).headers["Location"] == "/"
    consent = {"purpose": ["plan", "diary"], "next": wanted}
    assert alice.post("/consent", consent).headers["Location"] == "/today"


# Cookies and transport


@pytest.fixture
def https(tmp_path: Path, clock: Clock, empty_database: Path) -> Iterator[Flask]:
    """The house behind HTTPS at andante.example."""
    with open_house(
        tmp_path / "https", clock, empty_database, base_url="https://andante.example", preview=False
    ) as house:
        yield create_app(house)


def test_behind_https_the_cookie_is_secure_and_the_origin_is_the_configured_one(https: Flask) -> None:
    browser = Browser(https, "nl", origin="https://andante.example")
    answer = browser.post("/join", {"name": "alice", "passphrase": PASSPHRASES["alice"], "adult": "yes"})
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    browser.open("/consent")
    wrong = {"Origin": "http://andante.example"}
    assert browser.client.post("/language", headers=wrong, base_url=browser.origin).status_code == 403
    browser.get("/preview", expect=404)


def test_without_https_the_cookie_still_is_http_only_and_same_site(app: Flask) -> None:
    answer = newcomer(app).post("/join", {"name": "alice", "passphrase": PASSPHRASES["alice"], "adult": "yes"})
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Strict-Transport-Security" not in answer.headers


def test_a_first_visit_sets_no_cookie(visitor: Browser) -> None:
    for address in ("/", "/help", "/learn", "/join"):
        assert "Set-Cookie" not in visitor.get(address).headers


def test_a_forged_cookie_opens_nothing(app: Flask, alice: Browser) -> None:
    thief = newcomer(app)
    for value in ("x", "", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb"):
        thief.client.set_cookie("andante", value)
        thief.get("/today", expect=303)


def test_the_token_of_a_session_is_not_in_the_database(app: Flask, house: House, alice: Browser) -> None:
    with alice.client.session_transaction() as session:
        token = session["_user_id"]
    assert len(token) >= 43
    assert token not in str(rows(house, "session"))


# Guessing


def tried(browser: Browser, name: str, said: str = "wrong wrong wrong") -> int:
    headers = {"Origin": browser.origin, "Accept-Language": "nl"}
    return browser.client.post("/sign-in", data={"name": name, "passphrase": said}, headers=headers).status_code


def test_guessing_one_name_is_slowed_and_the_slowing_ends(app: Flask, clock: Clock, alice: Browser) -> None:
    thief = newcomer(app)
    assert [tried(thief, "alice") for _ in range(5)] == [422] * 5
    assert tried(thief, "Alice") == 429
    assert tried(thief, "alice", PASSPHRASES["alice"]) == 429
    clock.forward(seconds=2)
    assert tried(thief, "alice") == 422
    assert tried(thief, "alice") == 429
    clock.forward(seconds=31)
    assert tried(thief, "alice", PASSPHRASES["alice"]) == 303
    other = newcomer(app)
    assert tried(other, "alice") == 422


def test_the_wait_never_passes_half_a_minute_for_a_name(app: Flask, clock: Clock, alice: Browser) -> None:
    thief = newcomer(app)
    for _ in range(12):
        clock.forward(seconds=30)
        assert tried(thief, "alice") == 422
    clock.forward(seconds=30)
    assert tried(thief, "alice", PASSPHRASES["alice"]) == 303


def test_guessing_many_names_from_one_address_is_slowed(app: Flask, clock: Clock, alice: Browser) -> None:
    thief = newcomer(app)
    answers = [tried(thief, f"name {n}") for n in range(22)]
    assert answers[:20] == [422] * 20
    assert answers[-1] == 429
    clock.forward(hours=1, minutes=1)
    assert tried(thief, "alice", PASSPHRASES["alice"]) == 303


def test_being_slowed_is_said_with_what_was_typed_kept(app: Flask, alice: Browser) -> None:
    thief = newcomer(app)
    for _ in range(5):
        tried(thief, "alice")
    page = thief.open("/sign-in").send({"name": "alice", "passphrase": "guess guess guess"}, expect=429)
    assert page.values()["name"] == ["alice"]
    assert page.values()["passphrase"] == [""]
    assert re.search(r"\d", page.summary()[0])


def test_guessing_recovery_codes_is_slowed_too(app: Flask, alice: Browser) -> None:
    thief = newcomer(app)
    typed = {"name": "alice", "code": "AAAA-BBBB-CCCC-DDDD", "passphrase": "a new start of mine"}
    headers = {"Origin": thief.origin}
    answers = [thief.client.post("/recover", data=typed, headers=headers).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_an_unknown_name_answers_like_a_wrong_passphrase(app: Flask, alice: Browser) -> None:
    pages = []
    for name in ("alice", "nobody"):
        page = newcomer(app).open("/sign-in").send({"name": name, "passphrase": "wrong wrong wrong"}, expect=422)
        pages.append(page.markup.replace(f'value="{name}"', ""))
    assert pages[0] == pages[1]


def test_attempts_name_nobody(app: Flask, house: House, alice: Browser) -> None:
    tried(newcomer(app), "alice")
    assert rows(house, "attempt")
    assert "alice" not in str(rows(house, "attempt"))
    assert "127.0.0.1" not in str(rows(house, "attempt"))


# Size and shape


@pytest.mark.parametrize("address", ["/join", "/sign-in", "/diary/2026-11-20", "/symptoms/new", "/plan/new/medicine"])
def test_a_body_over_one_mebibyte_is_too_much(house: House, alice: Browser, address: str) -> None:
    before = kept(house)
    answer = alice.post(address, {"note": "x" * 1024 * 1024}, expect=413)
    assert alice.follow(answer, address, expect=413).heading
    assert kept(house) == before


def test_a_form_with_thousands_of_parts_is_too_much(alice: Browser) -> None:
    parts = {f"p{n}": (None, "1") for n in range(2100)}
    boundary = "x"
    body = "".join(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n1\r\n' for name in parts)
    headers = {"Origin": alice.origin, "Content-Type": f"multipart/form-data; boundary={boundary}"}
    answer = alice.client.post("/diary/2026-11-20", data=f"{body}--{boundary}--\r\n", headers=headers)
    assert answer.status_code == 413


def test_bytes_that_are_no_text_do_not_break_a_form(alice: Browser) -> None:
    headers = {"Origin": alice.origin, "Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"note=%ff%fe&up=06:00", b"note=\xff", b"%00=%00&up=", b"&&&===", b"up=%F0%28%8C%28"):
        answer = alice.client.post("/diary/2026-11-20", data=body, headers=headers)
        assert answer.status_code in {303, 422}, body


def test_words_of_a_person_are_never_markup(app: Flask) -> None:
    nasty = '"><script>alert(1)</script>'
    browser = newcomer(app)
    browser.post("/join", {"name": nasty, "passphrase": PASSPHRASES["alice"], "adult": "yes"})
    browser.post("/consent", {"purpose": ["plan", "diary"]})
    browser.open("/account")
    browser.post("/diary/2026-11-20", {"note": nasty})
    browser.open("/diary/2026-11-20")
    browser.open("/diary/2026-11-20?edit=1")
    page = browser.open("/plan/new/medicine").send({"medicine": nasty})
    page = page.send({"made": True}).send({"bedtime": "2"}).send({"goal": "stabilise"})
    assert nasty in page.text
    confirm(browser)
    browser.open("/today")
    browser.open("/history")


def test_every_get_address_opens_for_its_person_through_the_page_fetcher(
    app: Flask, house: House, alice: Browser
) -> None:
    plans = two_plans(alice)
    alice.open("/diary/2026-11-20").send({"up": "06:40"})
    alice.open("/symptoms/new").send({"answers[1]": "1"})
    [entry] = [each["id"] for each in rows(house, "entry") if each["kind"] == "symptoms"]
    ids = {"appointment_id": an_appointment(alice), "share_id": shared(alice, house)} | close(alice, house)
    for rule in rules(app, "GET"):
        if rule.endpoint.split(".")[0] in {"static", "assets", "pwa", "health", "amounts"} or "export" in rule.rule:
            continue
        if rule.endpoint in NO_PAGES:
            assert alice.get(rule.rule).status_code == 200
            continue
        if rule.rule in ABSENT or rule.endpoint in {"feed.file", "booklet.download"}:
            continue
        for address in every_address(rule, plan_id=plan_of_rule(rule, plans), entry_id=entry, **ids):
            alice.open(address, expect=opens_with(rule))


def test_head_and_options_answer_without_doing_anything(app: Flask, alice: Browser) -> None:
    for rule in rules(app, "GET"):
        if not rule.arguments:
            answer = alice.client.head(rule.rule)
            assert answer.status_code in ({404} if rule.rule in ABSENT else {200, 303}), rule.rule
            assert not answer.get_data()


def test_consent_of_one_is_not_consent_of_another(app: Flask, alice: Browser) -> None:
    undecided = joined(app, "charlie", purposes=())
    assert undecided.open("/symptoms/new").address.startswith("/consent")
    alice.open("/symptoms/new")
