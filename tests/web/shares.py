"""Links as tests make and open them: a person with something of everything, and a reader without a cookie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Flask
from werkzeug.test import TestResponse

from companion.bootstrap import House
from companion.domain.consent import Purpose
from companion.domain.entry import Kind
from companion.domain.share import Choices, Section, read_choices
from companion.services import consent
from companion.services.open_share import Opened, open_share
from tests.people import newcomer
from tests.services.lives import TODAY, Life, ago, new_life
from tests.web.fetcher import Browser, Page

MARKS = {
    Section.PLAN: "lormetazepam",
    Section.DOSES: "ago(5)",
    Section.NIGHTS: "70,4%",
    Section.SYMPTOMS: "4 van 40",
    Section.LOOK_BACK: "Mijn ogen branden",
    Section.NOTES: "De maan was vol",
    Section.URGENT: "zelfdoding",
}
"""Something that only this section can show of the life below (Dutch)."""
MARKS[Section.DOSES] = "2,5 mg meer"


def full_life(house: House) -> Life:
    """Something in every section, each with a mark of its own."""
    life = new_life(house)
    consent.choose(house.store, life.person, set(Purpose), "nl", house.now())
    plan = life.plan(ago(60), ("7", 30), ("5", 60))
    life.nights(range(1, 21))
    life.note(Kind.NIGHT, ago(25), {"up": "06:00", "note": "De maan was vol."})
    life.dose(5, "7.5", plan)
    life.dose(4, "5", plan)
    life.bwsq(40, 3, 17)
    life.bwsq(10, 5, 9, safety={"suicide": "earlier"})
    life.note(Kind.LOOK_BACK, TODAY, {"ticked": ["stay"], "words": "Mijn ogen branden"})
    return life


def choices(*sections: str, **fields: str) -> Choices:
    found = read_choices({"back": "all"} | fields, sections or [each.value for each in Section], Purpose)
    assert isinstance(found, Choices)
    return found


def link(life: Life, *sections: str, share_id: str = "11111111-1111-4111-8111-111111111111", **fields: str) -> Opened:
    return open_share(life.house.store, life.person, choices(*sections, **fields), share_id, life.house.now())


class Reader:
    """Somebody with an address, in a browser that never keeps a cookie."""

    def __init__(self, app: Flask, token: str, language: str = "nl") -> None:
        self.browser: Browser = newcomer(app, language)
        self.token = token

    @property
    def address(self) -> str:
        return f"/s/{self.token}"

    def get(self, expect: int = 200, agent: str = "Mozilla/5.0 Firefox/128.0", **headers: str) -> Page:
        given = {"Accept-Language": self.browser.accepts, "User-Agent": agent} | headers
        answer = self.browser.client.get(self.address, headers=given)
        return self._page(answer, expect)

    def show(self, fields: Mapping[str, str] | None = None, expect: int = 200) -> Page:
        return self._page(self.post("", fields), expect)

    def post(self, then: str, fields: Mapping[str, str] | None = None) -> TestResponse:
        given = {"Accept-Language": self.browser.accepts, "Origin": self.browser.origin}
        return self.browser.client.post(self.address + then, data=dict(fields or {}), headers=given)

    def pdf(self, page: Page) -> bytes:
        """The PDF of a report that is shown."""
        answer = self.post(
            "/pdf", {"key": page.values("/s/" + self.token + "/pdf")["key"][0], "language": page.browser.language}
        )
        assert answer.status_code == 200, answer.status_code
        assert answer.mimetype == "application/pdf"
        return answer.get_data()

    def _page(self, answer: TestResponse, expect: int) -> Page:
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        return self.browser.follow(answer, self.address, expect)


def shown(page: Page) -> set[Section]:
    """Which sections a report shows, by their marks."""
    return {section for section, mark in MARKS.items() if mark in page.text}


def as_set(names: Iterable[str]) -> set[Section]:
    return {Section(name) for name in names}
