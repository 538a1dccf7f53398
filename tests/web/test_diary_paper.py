"""Everything noted as a PDF: whole, in the person's language, and nothing in it is read as markup."""

from __future__ import annotations

from flask import Flask

from companion.bootstrap import House
from companion.services.erase_person import find_person
from companion.web.diary_paper import chapters
from tests.build import Clock
from tests.pdf import letters, pages, tagged
from tests.people import joined
from tests.web.test_account import lived

HOSTILE = '#panic("x") *niet vet* $ 1/2 $ <b>ook niet</b> ✓ 😀 "aanhaling" \\ einde'


def test_it_holds_what_stands_in_the_language_of_its_person(app: Flask, house: House, clock: Clock) -> None:
    for name in ("alice", "bob"):
        browser = joined(app, name)
        lived(browser, clock)
        browser.open("/diary/2026-11-20").send({"up": "06:40", "note": HOSTILE})
        answer = browser.get("/account/export/diary.pdf")
        assert answer.mimetype == "application/pdf"
        assert pages(answer.data) == 1
        assert tagged(answer.data)
        assert min(each.size for each in letters(answer.data)) >= 9
        person = find_person(house.store, name)
        assert person
        with app.test_request_context():
            found = list(chapters(person, browser.language))
        nights, doses = found[0]["parts"][0]["rows"], found[1]["parts"][0]["rows"]
        assert [row[-1] for row in nights] == [HOSTILE, "een rustige nacht"]
        assert sorted(row[2] for row in doses) == ["1,5", "7"]
        assert "/account/export/diary.pdf" in browser.open("/account/data").links()


def test_without_anything_noted_it_is_still_a_paper(app: Flask) -> None:
    assert pages(joined(app, "charlie").get("/account/export/diary.pdf").data) == 1
