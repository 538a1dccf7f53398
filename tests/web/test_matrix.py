"""Every address × every method × whoever might ask: nobody, a stranger, an expired session, and the two kinds of links.

One owner keeps something of everything, each with a marked word. Whoever asks aims at the owner's ids. What is allowed
stands in `ALLOWED`; whatever is answered holds no marked word, and afterwards the owner's rows are what they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import Cookie, TestResponse

from companion.bootstrap import House
from companion.services.sign_in import start_session
from companion.services.slow_down import Visit
from companion.web.app import create_app
from tests.build import Clock, kept, open_house, rows
from tests.engines import Given
from tests.pdf import parts
from tests.people import joined, newcomer
from tests.web.fetcher import ORIGIN, Browser
from tests.web.plans import confirm, plan_id, typed_rows
from tests.web.test_larger_rows import laid_out
from tests.web.test_security import (
    ABSENT,
    JSON,
    NO_PAGES,
    PUBLIC,
    PUBLIC_POSTS,
    WAITING_ONLY,
    an_appointment,
    every_address,
    plan_of_rule,
)

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
VISITORS: Final = ("nobody", "expired", "reader", "supporter", "stranger")

MARKS: Final = ("winterkoning", "Merelol", "Psychiater", "Kwikstaart", "boomkruiper", "goudvink", "sijsje")
"""Words that only the owner wrote, or that came to the owner through a link."""

NO_SUCH = {405}
OUT = {303}
SAID_NO = {401}
ANY_ANSWER = {200, 201, 202, 204, 303, 400, 404, 409, 413, 415, 422, 429}
"""A stranger among their own pages: whatever the page says, but never our fault and never somebody else's words."""

ALLOWED: Final[Mapping[str, Mapping[str, tuple[set[int], set[int]]]]] = {
    # what it is      whoever is not signed in: GET, POST      the stranger, signed in: GET, POST
    "for everyone": {"out": ({200, 303, 404}, ANY_ANSWER - {401}), "stranger": ({200, 303, 404}, ANY_ANSWER)},
    "of the phone": {"out": (SAID_NO, SAID_NO), "stranger": ({200}, ANY_ANSWER)},
    "of a person": {"out": (OUT, OUT), "stranger": ({200, 303, 404}, ANY_ANSWER)},
    "of the owner": {"out": (OUT, OUT), "stranger": ({404}, {404})},
    "their link": {"out": ({200}, {200, 303, 404, 422, 429}), "stranger": ({200}, {200, 303, 404, 422, 429})},
    "another link": {"out": ({404}, {404}), "stranger": ({404}, {404})},
}
"""What an address answers. Other methods: 405, and OPTIONS says which there are without doing anything."""


@dataclass
class Owned:
    """The owner, and everything of theirs that a visitor may aim at."""

    house: House
    app: Flask
    owner: Browser
    stranger: Browser
    plans: tuple[str, str]
    ids: dict[str, str]
    links: dict[str, str]
    """The token of each kind of link."""

    def person(self, browser: Browser) -> str:
        with browser.client.session_transaction() as session:
            name = "stranger" if browser is self.stranger else "owner"
            assert session["_user_id"], name
        names = {self.owner: "alice", self.stranger: "charlie"}
        return next(str(row["id"]) for row in rows(self.house, "person") if row["name"] == names[browser])

    def signed_in(self, browser: Browser, *, ended: bool = False) -> Browser:
        """A new session of whoever this browser belongs to, in a browser of its own."""
        again = newcomer(self.app, browser.language)
        now = self.house.now() - timedelta(days=181 if ended else 0)
        with self.house.store.write() as unit:
            token = start_session(unit, self.person(browser), Visit("198.51.100.7", "another"), now)
        with again.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return again

    def visitor(self, name: str) -> Browser:
        if name == "stranger":
            return self.signed_in(self.stranger)
        return self.signed_in(self.owner, ended=True) if name == "expired" else newcomer(self.app)

    def state(self, but: tuple[str, ...]) -> dict[str, Any]:
        """Everything of the owner, in the export and as rows; `but` are tables that a link may write to."""
        export = self.owner.get("/account/export").get_json()
        export = {name: value for name, value in export.items() if not but or name not in {"share_views", "kind_words"}}
        owner = self.person(self.owner)
        for name in [*kept(self.house), "session"]:
            if name not in but:
                of_owner = [row for row in rows(self.house, name) if owner in (row.get("person_id"), row.get("id"))]
                export[f"rows of {name}"] = sorted(str(row) for row in of_owner)
        return export


WRITES: Final[Mapping[str, tuple[str, ...]]] = {"reader": ("share_view",), "supporter": ("kind_word",)}
"""What a link may write: that it was looked at, and a kind word."""

SHOWN: Final[Mapping[str, set[str]]] = {"reader": {"Merelol", "boomkruiper"}, "supporter": set()}
"""What a link shows here: the plan and for whom it is; for someone close nothing of it."""


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory, new_database: Given) -> Iterator[Owned]:
    with new_database() as given, open_house(tmp_path_factory.mktemp("matrix"), Clock(), **given) as house:
        app = create_app(house)
        yield everything_marked(house, app, joined(app, "alice"), joined(app, "charlie"))


def everything_marked(house: House, app: Flask, owner: Browser, stranger: Browser) -> Owned:
    made = {"medicine": "Merelol", "products": {"made": True}}
    typed_rows(owner, [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14")], start="2026-11-21", **made)
    first = plan_id(owner)
    confirm(owner)
    plans = (first, laid_out(owner))
    owner.post("/diary/2026-11-20", {"up": "06:00", "note": "De winterkoning zong."})
    owner.post("/today/check-in", {"level": "3", "words": "Een goudvink in de tuin"})
    owner.open("/symptoms/new").send({"answers[1]": "1"})
    ids = {"appointment_id": an_appointment(owner)}
    ids["entry_id"] = next(row["id"] for row in rows(house, "entry") if row["kind"] == "symptoms")
    page = owner.open("/share/new").send({"sections": ["plan"], "whom": "dr. boomkruiper"})
    reader = address_on(page)
    ids["share_id"] = str(rows(house, "share")[-1]["id"])
    page = owner.open("/share/close/new").send({"shows": ["quiet_day"], "whom": "Kwikstaart", "own_words": True})
    supporter = address_on(page)
    newcomer(app).post(f"/s/close/{supporter}", {"kind": "own", "words": "Een sijsje voor jou"})
    [word] = rows(house, "kind_word")
    ids |= {"supporter_id": word["share_id"], "word_id": word["id"]}
    return Owned(house, app, owner, stranger, plans, ids, {"reader": reader, "supporter": supporter})


def address_on(page: Any) -> str:
    """The token in the address that a page shows once."""
    [address] = [each.get("value", "") for each in page.all("input", id="address")]
    return str(address).rsplit("/", 1)[1]


def what(rule: Rule, method: str, visitor: str) -> str:
    """The line of `ALLOWED` for an address."""
    behind = {"shared": "reader", "supporting": "supporter"}.get(rule.endpoint.split(".")[0])
    if behind:
        return "their link" if behind == visitor else "another link"
    if "uuid:" in rule.rule:
        return "of the owner"
    if rule.rule in (PUBLIC if method != "POST" else PUBLIC_POSTS):
        return "for everyone"
    return "of the phone" if rule.endpoint in NO_PAGES or rule.rule in JSON else "of a person"


def addresses(owned: Owned, visitor: str) -> dict[str, dict[str, Rule]]:
    """Every address, with the rule that answers each method."""
    token = {"token": owned.links[visitor]} if visitor in owned.links else {}
    found: dict[str, dict[str, Rule]] = {}
    for rule in owned.app.url_map.iter_rules():
        given = owned.ids | {"plan_id": plan_of_rule(rule, owned.plans)} | token
        for address in every_address(rule, **given):
            for method in rule.methods or ():
                found.setdefault(address, {}).setdefault(method, rule)
    return found


def bodies(owned: Owned, line: str, address: str) -> Iterator[dict[str, Any]]:
    """What is posted: the owner's ids in every field that could name one."""
    body: dict[str, Any] = {
        "plan": owned.plans[0], "entry": owned.ids["entry_id"], "id": owned.ids["entry_id"], "entry_id": str(uuid4()),
        "device": owned.ids["share_id"], "share": owned.ids["share_id"], "version": "1", "rows": "1", "days": "9",
        "agreed_with": "both", "bedtime": "5", "mg": "1", "seen-mg": "1", "moment": "bedtime", "day": "2026-11-20",
        "up": "07:00", "level": "2", "kind": "here", "purpose": ["plan", "diary"], "counted_on": "2026-11-21",
        "answers[1]": "1", "language": "nl", f"have-{owned.plans[0]}-made_capsule-1": "3",
    }  # fmt: skip
    if address != "/account/erase":
        body["sure"] = "yes"
    for do in ("", "save", "products", "more-time", "confirm", "stop") if line == "of the owner" else ("",):
        yield body | {"do": do}


def said(answer: TestResponse) -> str:
    """Everything that an answer tells: its headers, its text, and what is written inside a PDF."""
    data = answer.get_data()
    inside = b"".join(parts(data)) if data.startswith(b"%PDF") else data
    return str(answer.headers) + inside.decode("utf-8", "replace")


def ask(owned: Owned, browser: Browser, method: str, address: str, **sent: Any) -> TestResponse:
    headers = {"Origin": ORIGIN, "Accept-Language": browser.accepts, "User-Agent": "Mozilla/5.0 Firefox/128.0"}
    return browser.client.open(address, method=method, headers=headers, base_url=ORIGIN, **sent)


def come_back(browser: Browser, came: Cookie | None) -> None:
    """With the cookie of before, whoever this browser became meanwhile."""
    browser.client.delete_cookie("andante")
    if came:
        browser.client.set_cookie("andante", came.value)


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_address_and_every_method(owned: Owned, visitor: str) -> None:
    but = WRITES.get(visitor, ())
    browser, wrong, tried = owned.visitor(visitor), [], 0
    came = browser.client.get_cookie("andante")
    before = owned.state(but)
    column = "stranger" if visitor == "stranger" else "out"
    for address, known in addresses(owned, visitor).items():
        for method in METHODS:
            rule = known.get(method)
            if rule is None or method == "OPTIONS":
                line, expected = "", NO_SUCH if rule is None else {200}
            else:
                line = what(rule, method, visitor)
                expected = ALLOWED[line][column][method == "POST"]
            sent: list[dict[str, Any]] = [{"data": body} for body in bodies(owned, line, address)]
            if method in {"GET", "HEAD"}:
                sent = [{}]
                if column == "stranger" and line == "of a person":
                    sent.append({"query_string": {"plan": owned.plans[0], "entry": owned.ids["entry_id"], "mg": "5"}})
            for each in sent:
                answer = ask(owned, browser, method, address, **each)
                tried += 1
                told = said(answer)
                seen = [mark for mark in MARKS if mark in told and mark not in SHOWN.get(visitor, ())]
                if answer.status_code not in expected or seen:
                    wrong.append(f"{method} {address}: {answer.status_code} {seen}, not {expected} ({line})")
                if expected is OUT:
                    back = f"/sign-in?next={address}"
                    if answer.headers["Location"] not in ({back} if method != "POST" else {back, "/sign-in"}):
                        wrong.append(f"{method} {address} leads to {answer.headers['Location']}")
                if method in {"HEAD", "OPTIONS"} and answer.get_data():
                    wrong.append(f"{method} {address} has a body")
                if (method, address) == ("POST", "/example"):
                    come_back(browser, came)
                if visitor == "stranger" and (method, address) == ("POST", "/sign-out"):
                    browser = owned.visitor(visitor)
    assert wrong == []
    assert tried > 7 * 120
    assert owned.state(but) == before


def test_what_is_refused_to_others_opens_for_the_owner(owned: Owned) -> None:
    """Else a matrix of 404 would say nothing."""
    shown = ""
    for address, known in addresses(owned, "nobody").items():
        if "GET" in known and what(known["GET"], "GET", "owner") == "of the owner":
            answer = owned.owner.get(address, expect=303 if address.endswith(WAITING_ONLY) else 200)
            shown += said(answer)
    for address in ("/today", "/diary", "/reminders", "/share", "/share/close", "/account/export"):
        shown += said(owned.owner.client.get(address))
    assert [mark for mark in MARKS if mark not in shown] == []


def test_no_address_is_missing_from_the_matrix(owned: Owned) -> None:
    """What is open to everyone is named one by one; everything new must ask to sign in."""
    known = {rule.rule for rule in owned.app.url_map.iter_rules()}
    assert PUBLIC | PUBLIC_POSTS | set(JSON) | ABSENT <= known
