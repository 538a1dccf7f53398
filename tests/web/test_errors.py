"""When not even a page about the error can be made, and addresses of no page."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from companion.bootstrap import House
from tests.web.fetcher import Browser


def test_a_database_that_is_away_gives_the_numbers_to_call_and_no_word_of_the_cause(
    house: House, alice: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with house.store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE session RENAME TO elsewhere"))
    answer = alice.get("/today", expect=503)
    page = answer.get_data(as_text=True)
    assert answer.mimetype == "text/html"
    for number in ("tel:112", "tel:1813", "tel:080032123", "tel:070245245"):
        assert number in page
    for cause in ("Error", "SELECT", "session", "Traceback", "sqlite"):
        assert cause not in page
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert "the database does not do it: no such table: session" in caplog.text
    with alice.client.session_transaction() as session:
        assert session["_user_id"] not in caplog.text


@pytest.mark.parametrize("path", ["/s/%2F%2Fevil.example", "/diary/%2F%2Fevil.example", "/static//app.js", "/today//"])
def test_an_address_with_doubled_slashes_leads_nowhere(visitor: Browser, path: str) -> None:
    answer = visitor.client.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 404
    assert "Location" not in answer.headers
