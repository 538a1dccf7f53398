"""A pseudo-language in brackets: whatever a page shows without them is a bare string, or data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations
from typing import Any

import pytest
from flask import Flask

from companion.notify import message
from companion.web import amounts, context, dose_view, locale, pwa, reminder_words, reminders, reminders_zone
from companion.web.papers import PAPERS
from tests.build import Clock
from tests.house.reading import content_texts
from tests.web.fetcher import Browser, Page
from tests.web.page_checks import SVG, elements
from tests.web.plans import asked, confirm, have, past_the_questions, plan_id, typed_rows, until_goal

INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SHOWN = ("aria-label", "alt", "title", "placeholder")
NOT_READ = {"script", "style", "template", f"{SVG}style"}
DATA = {
    "Andante", "Lena’s test bench", "lena@example.org", "alice", "diazepam", "Nederlands", "Français", "NL", "FR",
    "Wolkje", "Dr. Maes", "Lena", "BWSQ", "SDS", "mg", "ml", "min",
}  # fmt: skip
"""Names, units and what Alice typed."""


class Bracketed(NullTranslations):
    """Every message in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def plain(text: str) -> str:
    """A text for comparing: letters and digits only."""
    return " ".join(re.findall(r"\w+", text)).casefold()


@pytest.fixture(scope="module")
def written() -> str:
    """Everything that is content (articles, help lines, questions, medicines): data, not wording."""
    return f" {' | '.join(plain(text.text) for text in content_texts())} "


@pytest.fixture
def bracketed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The app in the pseudo-language. Dates, times, amounts and doses are data: they get brackets too."""
    message.forget_words()
    for module in (locale, pwa, message):
        monkeypatch.setattr(module, "catalogue", lambda _language: Bracketed())
    for name in ("dose_words", "pieces_short"):
        monkeypatch.setattr(dose_view, name, _wrapped(getattr(dose_view, name)))
    monkeypatch.setattr(amounts, "said", _wrapped(amounts.said))
    for name in ("amount", "clock", "date_long", "listed", "kind_words"):
        monkeypatch.setattr(message, name, _wrapped(getattr(message, name)))
    for name in ("clock", "date_full", "date_long", "listed", "weekday"):
        monkeypatch.setattr(reminder_words, name, _wrapped(getattr(reminder_words, name)))
    monkeypatch.setattr(reminders, "city", _wrapped(reminders.city))
    monkeypatch.setattr(reminders_zone, "zones_by_city", lambda _language: (("Europe/Brussels", "⟦Brussel⟧"),))
    filters = dict(app.jinja_env.filters)
    for name in (*context.FILTERS, "clock_of", "amount_words"):
        monkeypatch.setitem(app.jinja_env.filters, name, _wrapped(filters[name]))
    app.jinja_env.cache.clear()  # a template that was used before holds the filters of then
    yield app
    app.jinja_env.cache.clear()


def _wrapped(write: Any) -> Any:
    return lambda *args: f"⟦{write(*args)}⟧"


def bare(page: Page, written: str) -> list[str]:
    """The texts of a page that are neither in brackets nor data."""
    found = []
    for text in _texts(page):
        left, before = text, ""
        while left != before:
            before, left = left, INNERMOST.sub(" ", left)
        if any(_is_bare(part, written) for part in left.split(" · ")):
            found.append(text.strip())
    return found


def _is_bare(text: str, written: str) -> bool:
    if f" {plain(text)} " in written:
        return False
    for word in sorted(DATA, key=len, reverse=True):
        text = text.replace(word, " ")
    return bool(LETTERS.search(text)) and f" {plain(text)} " not in written


def _texts(page: Page) -> Iterator[str]:
    for element in elements(page.root):
        if element.tag in NOT_READ:
            continue
        yield from (element.get(name, "") for name in SHOWN)
        if element.tag == "meta" and element.get("name") == "description":
            yield element.get("content", "")
        if element.text:
            yield element.text
        if element.tail:
            yield element.tail


@pytest.mark.parametrize("text", ["Save", "Hello ⟦name⟧", "⟦1 mg⟧ a day", "⟦a⟧ and ⟦b⟧"])
def test_the_finder_finds_bare_words(text: str, written: str) -> None:
    assert _is_bare(INNERMOST.sub(" ", text), written)


@pytest.mark.parametrize("text", ["⟦Save⟧", "112", "⟦a⟧ · ⟦b⟧", "1 × 5 mg", "–", "Andante"])
def test_the_finder_leaves_data_alone(text: str, written: str) -> None:
    assert not _is_bare(INNERMOST.sub(" ", text), written)


PUBLIC = (
    "/",
    "/about",
    "/privacy",
    "/accessibility",
    "/help",
    "/learn",
    "/join",
    "/sign-in",
    "/recover",
    "/nowhere",
    "/preview",
)
PUBLIC += ("/papers", *(f"/papers/{paper}" for paper in PAPERS), "/s/close/x")


@pytest.mark.parametrize("address", PUBLIC)
def test_no_bare_string_before_signing_in(bracketed: Flask, visitor: Browser, written: str, address: str) -> None:
    assert bare(visitor.open(address, expect=404 if address in {"/nowhere", "/s/close/x"} else 200), written) == []


def test_no_bare_string_behind_the_door(bracketed: Flask, clock: Clock, alice: Browser, written: str) -> None:
    typed_rows(alice, [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14")], start="2026-11-21")
    plan = plan_id(alice)
    addresses = ["/today", "/plan", "/plan/new/rows", "/history", "/diary", "/diary/2026-11-20", "/symptoms/new"]
    addresses += ["/account", "/account/passphrase", "/account/codes", "/account/erase", "/consent", "/today/extra"]
    addresses += [f"/plan/{plan}/rows/1", f"/plan/{plan}/rows/1?add=1", f"/plan/{plan}/end"]
    found = {address: bare(alice.open(address), written) for address in addresses}
    confirm(alice)
    alice.open("/diary/2026-11-20").send({"in_bed": "22:00", "up": "06:40", "note": "Wolkje"})
    listed = alice.open("/symptoms/new").send({"answers[1]": "1", "new": "Wolkje"})
    found["the list"] = bare(listed, written)
    clock.forward(days=1)
    alice.open("/symptoms/new").send({"answers[1]": "0", "answers[2]": "2"})
    alice.open("/today").send(action="/today/check-in", button="2")
    alice.open("/symptoms/new/sds").send({"answers[1]": "1"})
    for address in ("/symptoms", "/symptoms/new", "/symptoms/list/sds", "/today/check-in", "/today"):
        found[address + " later"] = bare(alice.open(address), written)
    clock.forward(days=-1)
    for address in ("/today", "/plan", "/history", "/diary", "/diary/2026-11-20", f"/today/dose/{plan}/bedtime"):
        found[f"{address} again"] = bare(alice.open(address), written)
    for address in ("/diary/2026-11-20/draw", "/diary/2026-10-25/draw", "/calendar", "/calendar?from=2026-10-20"):
        found[address] = bare(alice.open(address), written)
    fields = {"by": "grid", "drawn": f"{'.' * 40}{'s' * 30}{'.' * 26}", "marks": "coffee 16:00"}
    answer = alice.post("/diary/2026-11-20/draw", fields, expect=422)
    found["drawn and typed"] = bare(alice.follow(answer, "/diary/2026-11-20/draw", expect=422), written)
    for day in ("17", "18", "19"):
        alice.open(f"/diary/2026-11-{day}").send({"in_bed": "22:00", "up": "06:40"})
    for address in ("/diary/2026-11-21/usual", "/diary", "/today"):
        found[f"{address} as usual"] = bare(alice.open(address), written)
    alice.open("/today").send(action="/reminders/switch")
    alice.open("/reminders/edit/diary").send({"every": "some", "days": ["mon"]})
    entered = {"what": "Wolkje", "day": "2026-11-26", "time": "10:30", "before": "evening"}
    alice.open("/reminders/appointments/new").send(entered)
    alice.open("/reminders/calendar").send()
    for address in ("", "/edit/diary", "/zone", "/appointments/new", "/calendar"):
        found[f"reminders{address}"] = bare(alice.open(f"/reminders{address}"), written)
    found["mail out"] = bare(alice.open("/mail/out"), written)
    clock.set("2026-11-22 00:40")
    found["the night"] = bare(alice.open("/today"), written)
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_no_bare_string_while_laying_out_a_plan(bracketed: Flask, alice: Browser, written: str) -> None:
    page = until_goal(alice, "diazepam", have("diazepam", "5"), {"bedtime": "10"})
    found = {"goal": bare(page, written)}
    for address in ("medicine", "products", "dose"):
        found[address] = bare(alice.open(f"/plan/new/{address}"), written)
    page = page.send({"goal": "stop"})
    found["how"] = bare(page, written)
    page = page.send({"how": "programme"})
    found["doctor first"] = bare(page, written)
    talk = page.send(asked(page, {"epilepsy": "yes"}), containing="entry_id")
    found["for the doctor"] = bare(talk, written)
    page = past_the_questions(page)
    found["programme"] = bare(page, written)
    found["percents"] = bare(page.send({"steps": "5", "days": "10", "start": "2026-12-01"}), written)
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_no_bare_string_in_a_refusal(bracketed: Flask, alice: Browser, visitor: Browser, written: str) -> None:
    found = {
        "join": bare(visitor.open("/join").send(expect=422), written),
        "night": bare(alice.open("/diary/2026-11-20").send({"up": "x", "sol_min": "1441"}, expect=422), written),
        "dose": bare(alice.open("/today/extra").send({"mg": "1.000"}, expect=422), written),
        "symptoms": bare(alice.open("/symptoms/new").send({"answers[17]": "1"}, expect=422), written),
        "passphrase": bare(alice.open("/account/passphrase").send(expect=422), written),
    }
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_no_bare_string_on_a_paper_or_for_someone_close(
    bracketed: Flask, alice: Browser, visitor: Browser, written: str
) -> None:
    typed_rows(alice, [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14")], start="2026-11-21")
    confirm(alice)
    found = {paper: bare(alice.open(f"/papers/{paper}"), written) for paper in PAPERS}
    page = alice.open("/share/close/new")
    found["new"] = bare(page, written)
    page = page.send({"shows": ["quiet_day", "next_step", "how_to_help", "not_to_say"], "own_words": True})
    [address] = [each.get("value", "") for each in page.all("input", id="address")]
    page.send(action=page.address)
    alice.open("/today").send(action="/share/close/quiet")
    page = visitor.open(address.removeprefix(visitor.origin))
    found["close"] = bare(page, written)
    found["sent"] = bare(page.send({"kind": "walk"}), written)
    found["refused"] = bare(page.send({"kind": "walk", "words": "Wolkje"}, expect=422), written)
    for there in ("/today", "/share/close"):
        found[there] = bare(alice.open(there), written)
    assert {address: texts for address, texts in found.items() if texts} == {}
