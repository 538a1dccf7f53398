"""A row in every table of a person, each value unlike every other one, to see what of it leaves and comes back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Column, insert

from companion.bootstrap import House
from companion.storage.portable import PORTABLE, Portable, python_type

GIVEN: dict[tuple[str, str], Any] = {
    ("plan_draft", "data"): {"medicine": "a draft that is kept"},
    ("supply", "form"): "tablet",
    ("supply", "strength"): "0.125",
    ("supply", "count"): "17.25",
    ("reminder", "kind"): "appointment",
    ("reminder", "at"): "21:47",
    ("reminder", "days"): {"on": "2027-03-09"},
    ("reminder", "words"): {"what": "een afspraak die verzegeld is"},
    ("reminder", "next_local"): "2027-03-09T21:47",
    ("reminder_choice", "quiet_from"): "22:13",
    ("reminder_choice", "quiet_until"): "06:31",
    ("share", "sections"): ["plan", "nights"],
    ("share", "options"): {"back": "3", "days": 30},
    ("share", "audience"): "care",
    ("share", "language"): "fr",
    ("share_view", "what"): "looked",
    ("delivery", "data"): {"moment": "bedtime"},
}
"""What a column must hold so that it can be read again; every other one gets something of its own."""


def fill(house: House, person_id: str, plan_id: str) -> dict[tuple[str, str], str]:
    """One row in each flat table. Gives, by table and column, the text that must be in the export."""
    numbers = count(1)
    said: dict[tuple[str, str], str] = {}
    share_id = ""
    with house.store.write() as unit:
        for each in PORTABLE:
            table = each.table
            row: dict[str, Any] = {"person_id": person_id}
            for column in table.columns:
                if column.name == "person_id":
                    continue
                key = (table.name, column.name)
                value = GIVEN.get(key, _own(column, next(numbers)))
                if column.name == "plan_id":
                    value = plan_id
                if column.name == "share_id":
                    value = share_id
                if table.name == "share" and column.name == "id":
                    share_id = value
                row[column.name] = _kept(each, column, value, unit.seal, person_id)
                if column.name not in each.secret:
                    said[key] = _shown(value)
            unit.session.execute(insert(table), [row])
    return said


def _own(column: Column[Any], n: int) -> Any:
    kind = python_type(column)
    if kind is datetime:
        return datetime(2026, 5, 1, 12, tzinfo=UTC) + timedelta(days=n, minutes=n)
    if kind is date:
        return date(2031, 1, 1) + timedelta(days=n)
    if kind is bool:
        return True
    if kind is int:
        return 1000 + n
    return f"value {n} of {column.name}"[: getattr(column.type, "length", None) or 200]


def _kept(each: Portable, column: Column[Any], value: Any, seal: Any, person_id: str) -> Any:
    if column.name in each.documents:
        value = json.dumps(value, ensure_ascii=False)
    return seal.close(value, person_id) if column.name in each.sealed else value


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).strip('"')
