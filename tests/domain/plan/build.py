"""Plan documents and layouts for tests, in the contract's own words."""

from __future__ import annotations

from typing import Any

from companion.domain.codes import Refused
from companion.domain.plan import Layout, answer, lay_out, read_plan

Doc = dict[str, Any]


def tablet(strength: str, split: str = "whole") -> Doc:
    return {"form": "tablet", "strength": strength, "split": split}


def plan(**changes: Any) -> Doc:
    """2 mg at bedtime, tablets of 1 mg in halves, a tenth off every two weeks, to nothing."""
    document: Doc = {
        "products": [tablet("1", "halves")],
        "daily": {"bedtime": "2"},
        "goal": {"kind": "stop"},
        "pace": {"kind": "percent_of_current", "percent": "10", "every_days": 14},
        "start": "2027-01-04",
    }
    return {key: value for key, value in {**document, **changes}.items() if value is not None}


def laid(document: object) -> Layout:
    asked = read_plan(document)
    assert not isinstance(asked, Refused), asked
    layout = lay_out(asked)
    assert not isinstance(layout, Refused), layout
    return layout


def told(document: object) -> dict[str, Any]:
    return answer(laid(document))


def refused(document: object) -> list[tuple[str, str]]:
    """Field and code of every reason; empty when nothing is refused."""
    asked = read_plan(document)
    outcome = asked if isinstance(asked, Refused) else lay_out(asked)
    return [(reason.field, reason.code) for reason in outcome.reasons] if isinstance(outcome, Refused) else []


def short(document: object) -> list[tuple[str | None, str | None, str]]:
    """First day, last day and daily dose of every row."""
    return [(row["first_day"], row["last_day"], row["daily_mg"]) for row in told(document)["rows"]]


def doses(document: object) -> list[str]:
    return [row["daily_mg"] for row in told(document)["rows"]]


def moments(document: object) -> list[dict[str, str]]:
    return [{moment: dose["mg"] for moment, dose in row["moments"].items()} for row in told(document)["rows"]]
