"""Links for someone close as tests make and open them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from companion.bootstrap import House
from companion.domain.person import Person
from companion.domain.supporter import Chosen, read_chosen
from companion.services.open_supporter import OpenedSupporter, open_supporter
from tests.people import newcomer
from tests.web.fetcher import Browser, Page


def chosen(*shows: str, **fields: str) -> Chosen:
    found = read_chosen(fields, shows)
    assert isinstance(found, Chosen)
    return found


def supporter(house: House, person: Person, *shows: str, **fields: str) -> OpenedSupporter:
    return open_supporter(house.store, person, chosen(*shows, **fields), str(uuid4()), house.now())


class Close:
    """Somebody with the address, in a browser that never keeps a cookie."""

    def __init__(self, app: Flask, token: str, language: str = "nl") -> None:
        self.browser: Browser = newcomer(app, language)
        self.address = f"/s/close/{token}"

    def open(self, expect: int = 200, query: str = "") -> Page:
        return self.browser.open(self.address + query, expect=expect)

    def post(self, fields: dict[str, Any], **headers: str) -> TestResponse:
        given = {"Accept-Language": self.browser.accepts} | (headers or {"Origin": self.browser.origin})
        answer = self.browser.client.post(self.address, data=fields, headers=given, base_url=self.browser.origin)
        assert "Set-Cookie" not in answer.headers
        return answer

    def say(self, kind: str = "thinking", words: str = "", expect: int = 303) -> None:
        answer = self.post({"kind": kind, "words": words, "entry_id": str(uuid4())})
        assert answer.status_code == expect, answer.status_code
