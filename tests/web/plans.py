"""Laying out plans through the questions of /plan/new, as a person does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from companion.services.medicines import options_for
from tests.build import Clock
from tests.web.fetcher import Browser, Page

DOWN = [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14"), ({"bedtime": "2"}, "14")]
"""From 21 November 2026: until 4 December, until 18 December, until 1 January; the 2nd is the first day without."""


@dataclass(frozen=True)
class Sketch:
    """What the plan page says of one row."""

    n: int
    text: str
    state: str


def have(medicine: str, *strengths: str, split: str = "whole") -> dict[str, Any]:
    """The answers to "what do you have at home?": tablets of the list, by strength."""
    options = options_for(medicine)
    found = [i for i, each in enumerate(options) if each.form == "tablet" and each.strength in strengths]
    assert len(found) == len(strengths)
    fields: dict[str, Any] = {"have": [str(i) for i in found]}
    for i in found:
        if not options[i].never_divide:
            fields[f"split{i}"] = split
    return fields


WALKED: set[tuple[object, ...]] = set()
"""Ways through the questions whose pages were looked at in this process: the next time only the answers are sent."""


def until_goal(browser: Browser, medicine: str, products: dict[str, Any], daily: dict[str, str]) -> Page:
    """The questions up to the goal."""
    answers = (("medicine", {"medicine": medicine}), ("products", products), ("dose", daily))
    way = (browser.language, medicine, *products, *daily)
    ticked = any(isinstance(value, bool) for value in products.values())  # only a page knows what a tick sends
    if way in WALKED and not ticked:
        browser.get("/plan/new?again=1", expect=303)
        for name, answer in answers:
            browser.post(f"/plan/new/{name}", answer)
        page = browser.open("/plan/new/goal")
    else:
        page = browser.open("/plan/new?again=1")
        for name, answer in answers:
            assert page.address == f"/plan/new/{name}"
            page = page.send(answer)
        WALKED.add(way)
    assert page.address == "/plan/new/goal"
    return page


def past_the_questions(page: Page, **said: str) -> Page:
    """The questions to take to a doctor: no to all that is not `said`, and the prescriber knows where it matters."""
    assert page.address == "/plan/new/doctor-first"
    page = page.send(asked(page, said), containing="entry_id")
    if page.address == "/plan/new/doctor-first":
        page = page.send({"knows": True})
    return page


def asked(page: Page, said: Mapping[str, str]) -> dict[str, str]:
    """An answer for every question of the page."""
    names = {each.get("name", "") for each in page.all("input", type="radio")}
    return {name: said.get(name, "no") for name in names}


def typed_rows(
    browser: Browser,
    rows: Sequence[tuple[dict[str, str], str]],
    *,
    start: str,
    medicine: str = "diazepam",
    products: dict[str, Any] | None = None,
    daily: dict[str, str] | None = None,
    goal: dict[str, str] | None = None,
    expect: int = 200,
) -> Page:
    """A plan of typed rows: ({moment: mg}, days) each. Diazepam 10 mg at bedtime, to stop, unless said otherwise."""
    page = until_goal(browser, medicine, products or have("diazepam", "10", "5", "2"), daily or {"bedtime": "10"})
    page = page.send(goal or {"goal": "stop"})
    assert page.address == "/plan/new/how"
    page = page.send({"how": "rows"})
    assert page.address == "/plan/new/rows"
    while f"r{len(rows) - 1}-days" not in page.values():
        page = page.send(button="more")
    fields = {"start": start}
    for i, (dose, days) in enumerate(rows):
        fields |= {f"r{i}-{moment}": mg for moment, mg in dose.items()} | {f"r{i}-days": days}
    return page.send(fields, button="lay-out", expect=expect)


def programme(
    browser: Browser,
    *,
    steps: str = "10",
    days: str = "30",
    start: str = "2026-01-05",
    percents: Sequence[str] = (),
    expect: int = 200,
) -> Page:
    """Lormetazepam 2 mg at bedtime, in the frame of the programme."""
    page = until_goal(browser, "lormetazepam", {"made": True}, {"bedtime": "2"})
    page = past_the_questions(page.send({"goal": "stop"}).send({"how": "programme"}))
    assert page.address == "/plan/new/programme"
    page = page.send({"steps": steps, "days": days, "start": start})
    assert page.address == "/plan/new/percents"
    return page.send({f"p{i}": percent for i, percent in enumerate(percents)}, expect=expect)


def confirm_action(page: Page) -> str:
    """The address of the (only) form that confirms rows."""
    [action] = [form.get("action", "") for form in page.forms() if form.get("action", "").endswith("/confirm")]
    return action


def plan_id(browser: Browser) -> str:
    return confirm_action(browser.open("/plan")).split("/")[2]


def confirm(browser: Browser, rows: Sequence[int] | None = None, agreed: str = "not_yet") -> Page:
    """Confirm these rows, or all that are still a sketch."""
    page = browser.open("/plan")
    open_rows = [box.get("value", "") for box in page.all("input", name="rows")]
    chosen = open_rows if rows is None else [str(n) for n in rows]
    return page.send({"rows": chosen, "agreed_with": agreed}, action=confirm_action(page))


def sketches(page: Page) -> list[Sketch]:
    """Every row on the plan page."""
    words = {page.browser.say(text): text for text in ("confirmed", "partly confirmed", "still a sketch")}
    found = []
    for row in page.all("div", class_="plan-row"):
        [tag] = [each for each in row.iter("span") if "tag" in each.get("class", "").split()]
        text = " ".join(" ".join(row.itertext()).split())
        found.append(Sketch(int(row.get("id", "").removeprefix("row-")), text, words[" ".join(tag.itertext()).strip()]))
    return found


def four_days_in(clock: Clock, who: Browser) -> str:
    """The address of the plan DOWN, confirmed on its first evening; it is the evening of 25 November."""
    clock.set("2026-11-21 20:00")
    typed_rows(who, DOWN, start="2026-11-21")
    confirm(who)
    clock.set("2026-11-25 20:00")
    return f"/plan/{plan_id(who)}"
