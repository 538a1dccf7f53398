"""What a phone sends, for tests: entries as JSON, and the request that carries them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from tests.web.fetcher import Browser

NIGHT = {"in_bed": "22:30", "lights_out": "23:00", "sol_min": 30, "final_wake": "06:10", "up": "06:40"}
DATA: dict[str, dict[str, Any]] = {
    "night": NIGHT,
    "dose": {"plan": None, "moment": "bedtime", "mg": "2", "taken": True},
    "symptoms": {"instrument": "bwsq", "answers": {"1": 1}, "new": ""},
    "check_in": {"level": 3, "words": "gaat"},
}


def sent(kind: str = "night", data: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """One entry as a phone makes it."""
    made = {
        "id": str(uuid4()),
        "kind": kind,
        "day": "2026-11-20",
        "recorded_at": "2026-11-20T08:00:00Z",
        "data": DATA[kind] if data is None else data,
    }
    return made | more


def post(browser: Browser, body: object, **headers: str) -> TestResponse:
    """One POST to /sync; `body` is text or bytes as they stand, or what becomes JSON."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    given = {"Origin": browser.origin, "Content-Type": "application/json", "Accept-Language": browser.accepts}
    return browser.client.post("/sync", data=text, headers=given | headers, base_url=browser.origin)


def results(browser: Browser, *entries: Any) -> list[dict[str, Any]]:
    """What became of them."""
    answer = post(browser, {"entries": list(entries)})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: list[dict[str, Any]] = answer.get_json()["results"]
    named = [each["id"] if isinstance(each["id"], str) else None for each in entries]
    assert [each["id"] for each in found] == named
    return found


def statuses(browser: Browser, *entries: Any) -> list[str]:
    return [each["status"] for each in results(browser, *entries)]


def refusal(browser: Browser, entry: Any) -> dict[str, str]:
    """What is wrong with it, by field."""
    [result] = results(browser, entry)
    assert result["status"] == "refused", result
    assert result["errors"]
    return {each["field"]: each["text"] for each in result["errors"]}


def exported(browser: Browser, names: Sequence[str] = ("nights", "doses", "symptoms", "check_ins")) -> dict[str, Any]:
    """Every entry of the export by its id."""
    export = browser.get("/account/export").get_json()
    return {each["id"]: each for name in names for each in export[name]}
