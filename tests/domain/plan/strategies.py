"""Plan documents for hypothesis: small enough for the oracle, odd enough to hurt."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

Doc = dict[str, Any]
MOMENTS = ("morning", "noon", "evening", "bedtime")
START = date(2027, 1, 4)

STRENGTHS = ("0.25", "0.5", "1", "1.5", "2", "2.5", "3", "5")
PERCENTS = ("3", "5", "10", "12.5", "25", "33.333333", "50", "90")


def plain(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"


@st.composite
def products(draw: st.DrawFn) -> list[Doc]:
    kind = draw(st.sampled_from(["tablets", "tablets", "tablets", "mixed", "drops", "liquid", "made_capsule"]))
    if kind == "made_capsule":
        return [{"form": "made_capsule"}]
    tablets = [
        {"form": "tablet", "strength": strength, "split": draw(st.sampled_from(["whole", "halves", "quarters"]))}
        for strength in draw(st.lists(st.sampled_from(STRENGTHS), min_size=1, max_size=3, unique=True))
    ]
    drops = {"form": "drops", "strength": draw(st.sampled_from(["0.1", "0.25", "0.3"]))}
    step_ml = draw(st.sampled_from(["0.25", "0.5", "1"]))
    liquid = {"form": "liquid", "strength": draw(st.sampled_from(["0.5", "1", "2"])), "step_ml": step_ml}
    capsule = {"form": "capsule", "strength": draw(st.sampled_from(STRENGTHS))}
    if kind == "tablets":
        return tablets
    if kind == "mixed":
        return [*tablets[:2], draw(st.sampled_from([drops, liquid, capsule]))]
    return [drops if kind == "drops" else liquid]


@st.composite
def doses(draw: st.DrawFn, on: list[Doc], moments: tuple[str, ...] = MOMENTS, most: int = 3) -> Doc:
    """A daily dose that the products can make, a few pieces at each moment."""
    chosen = draw(st.lists(st.sampled_from(moments), min_size=1, max_size=most, unique=True))
    return {moment: draw(dose(on, 4 if len(chosen) == 1 else 2)) for moment in chosen}


@st.composite
def dose(draw: st.DrawFn, on: list[Doc], pieces: int) -> str:
    total = Decimal(0)
    for _ in range(draw(st.integers(1, pieces))):
        one = draw(st.sampled_from(on))
        match one["form"]:
            case "made_capsule":
                total += draw(st.sampled_from([Decimal("0.002"), Decimal("0.005")]))
            case "liquid":
                total += Decimal(one["strength"]) * Decimal(one["step_ml"]) * draw(st.integers(1, 4))
            case "drops":
                total += Decimal(one["strength"]) * draw(st.integers(1, 6))
            case _:
                parts = {"halves": ["1", "0.5"], "quarters": ["1", "0.5", "0.25"]}.get(one.get("split", ""), ["1"])
                total += Decimal(one["strength"]) * Decimal(draw(st.sampled_from(parts)))
    return plain(total)


def rows(on: list[Doc]) -> st.SearchStrategy[list[Doc]]:
    row = st.fixed_dictionaries({"daily": doses(on), "days": st.integers(1, 20)})
    return st.lists(row, min_size=1, max_size=5)


@st.composite
def events(draw: st.DrawFn, on: list[Doc], target: str | None) -> list[Doc]:
    told: list[Doc] = []
    day = START + timedelta(days=draw(st.integers(0, 30) | st.integers(-1, 3)))
    for _ in range(draw(st.integers(0, 5))):
        opened = bool(told) and told[-1]["kind"] == "stay" and "days" not in told[-1]
        kinds = ["go_on"] * 5 if opened else ["stay", "stay"]
        kind = draw(st.sampled_from([*kinds, "go_on", "stay", "back", "back", "rows", "extra"]))
        event: Doc = {"on": day.isoformat(), "kind": kind}
        if kind in ("stay", "back") and draw(st.booleans()):
            event["days"] = draw(st.integers(1, 20))
        if kind == "rows":
            event["rows"] = ending_at(draw(rows(on)), target)
        if kind == "extra":
            event["mg"] = draw(st.sampled_from(["0.25", "7"]))
        if kind != "go_on" or opened or draw(st.integers(0, 5)) == 0:
            told.append(event)
        day += timedelta(days=draw(st.integers(0, 15)))
    return told


def ending_at(typed: list[Doc], target: str | None) -> list[Doc]:
    """For `reduce`, the last row is the target."""
    return typed if target is None else [*typed, {"daily": {"bedtime": target}, "days": 10}]


@st.composite
def plans(draw: st.DrawFn, with_events: bool = True) -> Doc:
    on = draw(products())
    document: Doc = {"products": on, "daily": draw(doses(on)), "start": START.isoformat()}
    total = sum((Decimal(mg) for mg in document["daily"].values()), Decimal(0))
    goal = draw(st.sampled_from(["stop", "stop", "stop", "reduce", "reduce", "stabilise"]))
    document["goal"] = {"kind": goal}
    target = None
    if goal == "reduce":
        target = draw(dose(on, 2).filter(lambda mg: Decimal(mg) < total) | dose(on, 1))
        document["goal"]["target"] = target
    if goal != "stabilise":
        document["pace"] = draw(paces(on, document, target))
    if "every_days" in document.get("pace", {}):
        document["stretch"] = draw(st.booleans())
        document["lead_in_days"] = draw(st.sampled_from([0, 0, 5]))
        fine = on[-1]["form"] in ("drops", "liquid", "made_capsule")
        if draw(st.integers(0, 19)) > (0 if fine else 14):
            document["last_dose"] = plain((total + Decimal(target or 0)) / draw(st.sampled_from([2, 4])))
            if len(document["last_dose"]) > 8:
                del document["last_dose"]
    if draw(st.booleans()):
        document["lower_first"] = draw(st.lists(st.sampled_from(MOMENTS), max_size=4, unique=True))
    if with_events:
        document["events"] = draw(events(on, target))
    return document


@st.composite
def paces(draw: st.DrawFn, on: list[Doc], document: Doc, target: str | None) -> Doc:
    kinds = ["percent_of_current", "percent_of_start", "amount", "rows"]
    one_capsule = on[0]["form"] == "made_capsule" and len(document["daily"]) == 1
    kind = draw(st.sampled_from(["programme"] if one_capsule and draw(st.booleans()) else kinds))
    if kind == "rows":
        return {"kind": kind, "rows": ending_at(draw(rows(on)), target)}
    if kind == "programme":
        return {"kind": kind, "steps": draw(st.sampled_from([5, 10])), "days": draw(st.sampled_from([10, 20, 30]))}
    pace: Doc = {"kind": kind, "every_days": draw(st.sampled_from([1, 3, 7, 14]))}
    if kind == "amount":
        pace["mg"] = "0.001" if on[0]["form"] == "made_capsule" else draw(st.sampled_from(["0.1", "0.3", "1", "4"]))
    else:
        pace["percent"] = draw(st.sampled_from(PERCENTS))
    return pace
