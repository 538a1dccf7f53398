"""Plans that stand confirmed, made by the services and not through the questions: for tests of what comes after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from companion.bootstrap import House
from companion.domain.person import Person
from companion.services.change_plan import confirm_rows, start_plan
from companion.services.erase_person import find_person
from companion.services.plan_view import LivePlan, plan_of

Doc = dict[str, Any]


def tablet(strength: str, split: str = "halves") -> Doc:
    return {"form": "tablet", "strength": strength, "split": split}


def rows_plan(rows: Sequence[tuple[Doc, int | None]], products: Sequence[Doc], start: str, **more: Any) -> Doc:
    """Typed rows ({moment: mg}, days) to stop, coming from the dose of the first row."""
    pace = {"kind": "rows", "rows": [{"daily": dose} | ({"days": days} if days else {}) for dose, days in rows]}
    return {
        "medicine": "diazepam",
        "products": list(products),
        "daily": rows[0][0],
        "goal": {"kind": "stop"},
        "pace": pace,
        "start": start,
    } | more


HALVES = rows_plan(
    [({"bedtime": "1.5"}, 14), ({"bedtime": "1"}, 14), ({"bedtime": "0.5"}, 14)], [tablet("1")], "2026-11-16"
)
"""16 November to 27 December 2026: one and a half, one, a half tablet of 1 mg."""

PROGRAMME: Doc = {
    "medicine": "lormetazepam",
    "products": [{"form": "made_capsule"}],
    "daily": {"bedtime": "2"},
    "goal": {"kind": "stop"},
    "pace": {"kind": "programme", "steps": 10, "days": 30},
    "start": "2026-11-01",
}

_FULL = {"morning": "17.25", "noon": "8", "evening": "17.25", "bedtime": "18.25"}
_LESS = {"morning": "17", "noon": "7.25", "evening": "12.25", "bedtime": "17.25"}
WORST = rows_plan(
    [(_FULL, 40), (_LESS, 7), ({**_LESS, "noon": "6"}, 7), ({**_LESS, "noon": "5.5"}, 7), ({**_LESS, "noon": "2"}, 30)],
    [tablet("10"), tablet("5", "quarters"), tablet("2", "quarters")],
    "2027-03-20",
)
"""Four moments, three products; May 2027 has 31 days in six weeks and several steps."""


def person_named(house: House, name: str) -> Person:
    person = find_person(house.store, name)
    assert person is not None
    return person


def confirmed_plan(
    house: House, person: Person, document: Doc, now: datetime, rows: Sequence[int] | None = None
) -> LivePlan:
    """A plan of this person with these rows confirmed, or all of them."""
    plan_id = str(uuid4())
    assert start_plan(house.store, person, plan_id, document, now) is None
    plan = plan_of(house.store, person, plan_id)
    assert plan is not None
    numbers = [row.n for row in plan.rows] if rows is None else list(rows)
    if numbers:
        assert confirm_rows(house.store, person, plan_id, 1, numbers, "doctor", now) is None
    plan = plan_of(house.store, person, plan_id)
    assert plan is not None
    return plan
