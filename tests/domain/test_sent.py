"""The envelope of what a phone sends: read whole, or everything that is wrong with it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from companion.domain.codes import Refused
from companion.domain.entry import Kind
from companion.domain.sent import KINDS, Sent, read_sent

ID = "0b5f5a3e-7c5b-4b1e-9d59-3f6f0a9b2c1d"
GOOD: dict[str, object] = {
    "id": ID.upper(),
    "kind": "night",
    "day": "1900-01-01",
    "recorded_at": "2027-01-04T20:45:00Z",
    "data": {"any": "thing"},
}


def reasons(value: object) -> list[tuple[str, str]]:
    found = read_sent(value)
    assert isinstance(found, Refused)
    return [(reason.field, reason.code) for reason in found.reasons]


def test_an_envelope_is_read() -> None:
    written = datetime(2027, 1, 4, 20, 45, tzinfo=UTC)
    assert read_sent(GOOD) == Sent(ID, Kind.NIGHT, date(1900, 1, 1), written, {"any": "thing"})


@pytest.mark.parametrize("kind", [*Kind])
def test_a_phone_sends_the_kinds_of_the_contract_and_no_other(kind: Kind) -> None:
    found = read_sent(GOOD | {"kind": kind.value})
    assert (found.kind is kind if isinstance(found, Sent) else None) == (True if kind in KINDS else None)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("id", "x", "sync_id"),
        ("kind", "poem", "plan_not_one_of"),
        ("day", "2027-02-30", "plan_no_such_date"),
        ("day", "1899-12-31", "plan_no_such_date"),
        ("day", 7, "plan_not_date"),
        ("recorded_at", "yesterday", "sync_instant"),
        ("data", [], "plan_not_object"),
        ("more", 1, "sync_unknown_key"),
    ],
)
def test_what_is_wrong_is_named(key: str, value: object, code: str) -> None:
    assert reasons(GOOD | {key: value}) == [(key, code)]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = reasons({"id": 1, "kind": 2, "day": 3, "recorded_at": 4, "data": 5})
    assert [field for field, _ in wrong] == ["id", "kind", "day", "recorded_at", "data"]
    assert reasons({}) == [(key, "plan_missing") for key in GOOD]
    assert reasons([]) == [("", "plan_not_object")]
