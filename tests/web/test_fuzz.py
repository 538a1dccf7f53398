"""Whatever is typed into any form, or stands in any address: never our fault (5xx), and the pages open afterwards.

The forms are those that the site serves, in the state in which it serves them. How many inputs: tests/hostile.py.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import given, note
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from companion.bootstrap import House
from companion.web.app import create_app
from tests.build import Clock, open_house, rows
from tests.hostile import MARKUP, SHORT, Seen, forms_of, many, sent_body
from tests.people import joined, newcomer
from tests.smtp_server import mail_server
from tests.web.fetcher import ORIGIN, Browser
from tests.web.page_checks import parse
from tests.web.plans import past_the_questions, until_goal
from tests.web.test_matrix import everything_marked
from tests.web.test_security import every_address, filled, plan_of_rule

pytestmark = pytest.mark.xdist_group("fuzz")  # one worker gathers the forms

AFTER: Final = ("/today", "/plan", "/diary", "/history", "/calendar", "/reminders", "/share", "/account", "/learn")
EXPORTS: Final = (
    "/account/export",
    "/account/export/nights.csv",
    "/calendar.ics",
    "/reminders/calendar/file",
    "/plan/new",
)


@dataclass
class Site:
    """A house with one owner, its forms, and its database as it was when each was served."""

    house: House
    app: Flask
    folder: Path
    forms: list[Seen] = field(default_factory=list)
    moment: str = ""
    cookie: str = ""
    """Of the owner."""
    paths: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"a site with {len(self.forms)} forms"  # a failure is told with it

    def remember(self) -> None:
        """The database as it is now, to come back to."""
        self.moment = str(self.folder / f"moment-{len(list(self.folder.glob('moment-*')))}.db")
        with closing(sqlite3.connect(self.house.settings.instance / "companion.db")) as connection:
            connection.execute("VACUUM INTO ?", [self.moment])

    def back_to(self, moment: str) -> None:
        self.house.store.engine.dispose()
        database = self.house.settings.instance / "companion.db"
        for each in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
            each.unlink(missing_ok=True)
        shutil.copyfile(moment, database)

    def look(self, browser: Browser, address: str) -> None:
        """Keep the forms of a page."""
        answer = browser.client.get(address, headers={"Accept-Language": browser.accepts}, base_url=ORIGIN)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            self.keep(browser, answer.get_data(as_text=True), address)

    def keep(self, browser: Browser, markup: str, address: str) -> None:
        root, _ = parse(markup)
        self.forms += forms_of(root, address, cookie_of(browser), self.moment)

    def ask(self, method: str, address: str, cookie: str, **sent: Any) -> TestResponse:
        headers = {"Origin": ORIGIN, "Accept-Language": "nl"} | ({"Cookie": f"andante={cookie}"} if cookie else {})
        client = self.app.test_client(use_cookies=False)
        return client.open(address, method=method, headers=headers, base_url=ORIGIN, **sent)


def cookie_of(browser: Browser) -> str:
    cookie = browser.client.get_cookie("andante")
    return cookie.value if cookie else ""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("fuzz")
    with (
        mail_server() as box,
        open_house(folder / "house", Clock(), empty_database, smtp_url=box.url, base_url=ORIGIN) as house,
    ):
        app = create_app(house)
        site = Site(house, app, folder)
        gather(site)
        app.config["PROPAGATE_EXCEPTIONS"] = True  # so that a failure says where
        yield site


def gather(site: Site) -> None:
    """Every form that the site serves: to the owner, to newcomers, to readers, and while a plan is laid out."""
    owner = joined(site.app, "alice")
    owned = everything_marked(site.house, site.app, owner, joined(site.app, "charlie"))
    site.remember()
    for rule in site.app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and not rule.endpoint.startswith(
            ("static", "assets", "shared", "supporting")
        ):
            for address in every_address(rule, plan_id=plan_of_rule(rule, owned.plans), **owned.ids):
                site.look(owner, address)
    visitor = newcomer(site.app)
    reader, close = f"/s/{owned.links['reader']}", f"/s/close/{owned.links['supporter']}"
    for address in ("/join", "/sign-in", "/recover", "/mail/out?token=x", reader, close, "/help"):
        site.look(visitor, address)
    shown = visitor.client.post(reader, headers={"Origin": ORIGIN}, base_url=ORIGIN)
    site.keep(visitor, shown.get_data(as_text=True), reader)
    site.cookie = cookie_of(owner)
    site.paths = [f"{rule.rule} {filled(rule, **owned.ids)}" for rule in site.app.url_map.iter_rules()]
    lay_out(site)
    site.remember()
    assert len({form.action for form in site.forms}) >= 60


def lay_out(site: Site) -> None:
    """The questions of a plan, each form with the answers before it."""
    bob = joined(site.app, "bob")
    for how, name in (("rows", "rows"), ("pace", "pace"), ("programme", "programme")):
        page = until_goal(bob, "lormetazepam", {"made": True}, {"bedtime": "2"})
        for step in ("medicine", "products", "dose", "goal"):
            site.remember()
            site.look(bob, f"/plan/new/{step}")
        page = page.send({"goal": "stop"})
        site.remember()
        site.look(bob, "/plan/new/how")
        page = page.send({"how": how})
        if page.address == "/plan/new/doctor-first":
            site.remember()
            site.look(bob, page.address)
            page = past_the_questions(page)
        site.remember()
        site.look(bob, f"/plan/new/{name}")
    bob.post("/plan/new/programme", {"steps": "7", "days": "10", "start": "2026-12-01"})
    site.remember()
    site.look(bob, "/plan/new/percents")


def fine(answer: TestResponse, what: str) -> None:
    """No fault of ours, nothing that leads away, nothing that runs."""
    assert answer.status_code < 500, f"{what}: {answer.status_code}"
    location = answer.headers.get("Location", "/")
    assert location.startswith("/"), f"{what} leads to {location}"
    assert not location.startswith("//"), f"{what} leads to {location}"
    assert "x=y" not in str(answer.headers.getlist("Set-Cookie")), what
    assert "Content-Security-Policy" in answer.headers, what
    if answer.mimetype == "text/html":
        assert MARKUP not in answer.get_data(as_text=True), f"{what} holds markup that was typed"


@many()
@given(st.data())
def test_whatever_is_typed_into_a_form(site: Site, draw: st.DataObject) -> None:
    form = draw.draw(st.sampled_from(site.forms))
    others = sorted({each.name for seen in site.forms for each in seen.fields})
    body, kind, pairs = sent_body(draw.draw, form, others)
    then = draw.draw(
        st.sampled_from(["", "", *AFTER, *EXPORTS])
    )  # drawn before anything is asked, whatever is answered
    note(f"{form}: {pairs!r}"[:3000])
    site.back_to(form.moment)
    answer = site.ask("POST", form.action, form.cookie, data=body, content_type=kind)
    fine(answer, repr(form))
    assert answer.status_code in {200, 201, 202, 204, 303, 400, 404, 405, 409, 413, 415, 422, 429}, answer.status_code
    if answer.status_code == 303 and form.action not in {"/sign-out", "/account/erase"}:
        for address in filter(None, (answer.headers["Location"].split("#")[0], then)):
            fine(site.ask("GET", address, form.cookie), f"{address} after {form!r}")


def quoted(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def path_with(both: str, odd: str, *, use: bool) -> str:
    """An address of ours, also with something odd in its places."""
    rule, usual = both.split(" ", 1)
    return re.sub(r"<[^>]+>", quoted(odd), rule) if use else usual


ASKED_FOR: Final = (
    *("all", "begins", "from", "language", "mg", "next", "on", "plan", "print", "q", "sent", "since", "text", "token"),
    *("until", "window", "ahead", "edit", "again", "day", "name", "kind"),
)


@many(0.4)
@given(
    which=st.integers(0, 10**6),
    odd=SHORT,
    use=st.booleans(),
    asked=st.lists(st.tuples(st.sampled_from(ASKED_FOR), SHORT), max_size=3),
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "POST"]),
)
def test_whatever_stands_in_an_address(
    site: Site, which: int, odd: str, use: bool, asked: list[tuple[str, str]], method: str
) -> None:
    path = path_with(site.paths[which % len(site.paths)], odd, use=use)
    query = "&".join(f"{name}={quoted(value)}" for name, value in asked)
    site.back_to(site.forms[0].moment)
    fine(site.ask(method, path, site.cookie, query_string=query), f"{method} {path}?{query}")


def test_every_page_opens_after_all_of_that(site: Site) -> None:
    site.back_to(site.forms[0].moment)
    for address in (*AFTER, *EXPORTS):
        fine(site.ask("GET", address, site.cookie), address)
    assert rows(site.house, "person")
