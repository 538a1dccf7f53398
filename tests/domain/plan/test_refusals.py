from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.plan import lay_out, read_plan
from companion.i18n.reasons import sentence
from tests.domain.plan.build import plan, refused, tablet
from tests.domain.plan.strategies import plans

MADE = [{"form": "made_capsule"}]
PROGRAMME = {"kind": "programme", "steps": 10, "days": 30}
DROPS = {"form": "drops", "strength": "0.1"}
FIVE = {**PROGRAMME, "steps": 5}
SEVEN = {**PROGRAMME, "steps": 7}
PERCENT = {"kind": "percent_of_current", "percent": "10", "every_days": 14}


def row(mg: object, days: object = 7) -> dict[str, Any]:
    return {"daily": {"bedtime": mg}, "days": days}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        # keys and types
        ({"producs": []}, "producs", "plan_unknown_key"),
        ({"daily": {"bedtime": "2", "night": "1"}}, "daily.night", "plan_unknown_key"),
        ({"goal": {"kind": "stop", "target": "1"}}, "goal.target", "plan_unknown_key"),
        ({"pace": {**PERCENT, "mg": "1"}}, "pace.mg", "plan_unknown_key"),
        ({"products": [{**DROPS, "split": "whole"}]}, "products[0].split", "plan_unknown_key"),
        ({"products": [{"form": "made_capsule", "strength": "1"}]}, "products[0].strength", "plan_unknown_key"),
        ({"events": [{"on": "2027-01-05", "kind": "go_on", "days": 1}]}, "events[0].days", "plan_unknown_key"),
        ({"start": None}, "start", "plan_missing"),
        ({"pace": None}, "pace", "plan_missing"),
        ({"goal": {}}, "goal.kind", "plan_missing"),
        ({"goal": {"kind": "reduce"}}, "goal.target", "plan_missing"),
        ({"products": [{"form": "tablet", "strength": "1"}]}, "products[0].split", "plan_missing"),
        ({"products": [{"form": "liquid", "strength": "1"}]}, "products[0].step_ml", "plan_missing"),
        ({"events": [{"kind": "stay"}]}, "events[0].on", "plan_missing"),
        ({"goal": "stop"}, "goal", "plan_not_object"),
        ({"goal": {"kind": "pause"}}, "goal.kind", "plan_not_one_of"),
        ({"goal": {"kind": ["stop"]}}, "goal.kind", "plan_not_one_of"),
        ({"products": [{"form": "pill"}]}, "products[0].form", "plan_not_one_of"),
        ({"products": [tablet("1", "thirds")]}, "products[0].split", "plan_not_one_of"),
        ({"products": {}}, "products", "plan_not_list"),
        ({"products": []}, "products", "plan_list_empty"),
        ({"products": [tablet(str(n)) for n in range(1, 14)]}, "products", "plan_list_too_long"),
        ({"daily": {}}, "daily", "plan_no_moment"),
        ({"medicine": 5}, "medicine", "plan_not_short_text"),
        ({"medicine": "x" * 201}, "medicine", "plan_not_short_text"),
        ({"stretch": "yes"}, "stretch", "plan_not_true_or_false"),
        ({"stretch": 1}, "stretch", "plan_not_true_or_false"),
        ({"lower_first": "bedtime"}, "lower_first", "plan_not_list"),
        ({"lower_first": ["bedtime", "bedtime"]}, "lower_first", "plan_moment_twice"),
        ({"lower_first": ["night"]}, "lower_first[0]", "plan_not_one_of"),
        ({"events": {}}, "events", "plan_not_list"),
        # amounts
        *(
            ({"daily": {"bedtime": typed}}, "daily.bedtime", "plan_not_amount")
            for typed in (2, 2.0, True, "2,0", "", " 2", "2.", ".5", "+2", "2e0", "٢", "2\n", "1234567", "0.1234567")
        ),
        ({"daily": {"bedtime": "0"}}, "daily.bedtime", "plan_not_above_zero"),
        ({"products": [tablet("0.0")]}, "products[0].strength", "plan_not_above_zero"),
        ({"goal": {"kind": "reduce", "target": "0"}}, "goal.target", "plan_not_above_zero"),
        ({"pace": {"kind": "amount", "mg": "0", "every_days": 14}}, "pace.mg", "plan_not_above_zero"),
        ({"pace": {**PERCENT, "percent": "0"}}, "pace.percent", "plan_not_above_zero"),
        ({"pace": {**PERCENT, "percent": "100"}}, "pace.percent", "plan_percent_outside"),
        ({"pace": {**PERCENT, "percent": "-5"}}, "pace.percent", "plan_not_amount"),
        ({"events": [{"on": "2027-01-05", "kind": "extra", "mg": "0"}]}, "events[0].mg", "plan_not_above_zero"),
        # days and dates
        *(
            ({"pace": {**PERCENT, "every_days": days}}, "pace.every_days", "plan_not_whole_number")
            for days in (0, -1, 3661, 14.0, "14", True, 10**400)
        ),
        ({"lead_in_days": -1}, "lead_in_days", "plan_not_whole_number"),
        ({"events": [{"on": "2027-01-05", "kind": "stay", "days": 0}]}, "events[0].days", "plan_not_whole_number"),
        *(({"start": day}, "start", "plan_no_such_date") for day in ("2027-02-29", "2027-13-01", "0000-01-01")),
        *(
            ({"start": day}, "start", "plan_not_date")
            for day in ("20270104", "2027-W01-1", "4/1/2027", "2027-1-4", "2027-01-04T00:00", 20270104, "٢٠٢٧-٠١-٠٤")
        ),
        # what can be made
        ({"daily": {"bedtime": "2.25"}}, "daily.bedtime", "plan_cannot_make"),
        (
            {"products": MADE, "daily": {"bedtime": "0.0005"}, "last_dose": "0.0001"},
            "daily.bedtime",
            "plan_cannot_make",
        ),
        ({"goal": {"kind": "reduce", "target": "1.25"}}, "goal.target", "plan_cannot_make"),
        ({"goal": {"kind": "reduce", "target": "2"}}, "goal.target", "plan_target_not_below"),
        ({"goal": {"kind": "reduce", "target": "3"}}, "goal.target", "plan_target_not_below"),
        ({"products": [*MADE, tablet("1")]}, "products", "plan_made_capsule_alone"),
        ({"products": MADE * 2}, "products", "plan_made_capsule_alone"),
        # the pace
        ({"goal": {"kind": "stabilise"}}, "pace", "plan_no_pace"),
        ({"pace": {"kind": "rows", "rows": []}}, "pace.rows", "plan_list_empty"),
        ({"pace": {"kind": "rows", "rows": [row("0")]}}, "pace.rows[0].daily.bedtime", "plan_not_above_zero"),
        ({"pace": {"kind": "rows", "rows": [row("1"), row("0.3")]}}, "pace.rows[1].daily.bedtime", "plan_cannot_make"),
        ({"pace": {"kind": "rows", "rows": [{"daily": {"bedtime": "1"}}]}}, "pace.rows[0].days", "plan_missing"),
        ({"pace": {"kind": "rows", "rows": [row("1")] * 2001}}, "pace.rows", "plan_list_too_long"),
        ({"pace": PROGRAMME}, "products", "plan_programme_capsules"),
        ({"pace": {**PROGRAMME, "steps": 6}}, "pace.steps", "plan_not_one_of"),
        ({"pace": {**PROGRAMME, "days": 15}}, "pace.days", "plan_not_one_of"),
        ({"pace": {**PROGRAMME, "days": True}}, "pace.days", "plan_not_one_of"),
        ({"pace": {**PROGRAMME, "percents": ["100"]}}, "pace.percents", "plan_percents_not_steps"),
        ({"pace": {**FIVE, "percents": "100"}}, "pace.percents", "plan_not_list"),
        ({"pace": {**SEVEN, "percents": ["100"]}}, "pace.percents", "plan_percents_not_steps"),
        ({"pace": {**SEVEN, "percents": ["100", *"87654"]}}, "pace.percents", "plan_percents_not_steps"),
        ({"pace": {**SEVEN, "percents": ["100", *"765x", "3", "2"]}}, "pace.percents[4]", "plan_not_amount"),
        ({"pace": {**SEVEN, "percents": ["100", *"65432", "0"]}}, "pace.percents[6]", "plan_not_above_zero"),
        ({"pace": {**FIVE, "percents": ["101", "1", "1", "1", "1"]}}, "pace.percents[0]", "plan_percents_rise"),
        ({"pace": {**FIVE, "percents": ["90", "80", "81", "1", "1"]}}, "pace.percents[2]", "plan_percents_rise"),
        (
            {"products": MADE, "daily": {"noon": "1", "bedtime": "1"}, "pace": PROGRAMME},
            "daily",
            "plan_programme_one_moment",
        ),
        # the last dose
        *(
            ({"products": [product]}, "last_dose", "plan_last_dose_needed")
            for product in (
                DROPS,
                {"form": "liquid", "strength": "1", "step_ml": "0.1"},
                {"form": "made_capsule"},
            )
        ),
        ({"last_dose": "2"}, "last_dose", "plan_last_dose_outside"),
        ({"last_dose": "1", "goal": {"kind": "reduce", "target": "1"}}, "last_dose", "plan_last_dose_outside"),
        ({"last_dose": "1", "pace": {"kind": "rows", "rows": [row("1")]}}, "last_dose", "plan_last_dose_unused"),
        # sizes
        ({"start": "9999-12-31"}, "start", "plan_too_long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(changes: dict[str, Any], field: str, code: str) -> None:
    assert refused(plan(**changes)) == [(field, code)]


@pytest.mark.parametrize("document", [None, [], "plan", 5, True, [plan()]])
def test_only_an_object_is_a_plan(document: object) -> None:
    assert refused(document) == [("", "plan_not_object")]


def test_the_nearest_doses_are_told() -> None:
    asked = read_plan(plan(products=[tablet("2"), tablet("5")], daily={"bedtime": "3"}))
    assert not isinstance(asked, Refused)
    outcome = lay_out(asked)
    assert isinstance(outcome, Refused)
    assert sentence(outcome.reasons[0]) == "3 mg cannot be made with these products; the nearest are 2 mg and 4 mg."


def test_the_nearest_targets_are_those_that_no_moment_rises_for() -> None:
    """With 2 mg twice and tablets of 2 and 3 mg, 3 mg would be takeable, but not without a rise."""
    twice = plan(
        products=[tablet("2"), tablet("3")],
        daily={"morning": "2", "bedtime": "2"},
        goal={"kind": "reduce", "target": "3"},
    )
    asked = read_plan(twice)
    assert not isinstance(asked, Refused)
    outcome = lay_out(asked)
    assert isinstance(outcome, Refused)
    assert dict(outcome.reasons[0].values) == {"dose": "3", "below": "2", "above": "4"}


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = plan(start="soon", daily={"bedtime": "1,5"}, products=[tablet("0")], pace={**PERCENT, "percent": "200"})
    assert {field for field, _ in refused(wrong)} == {"start", "daily.bedtime", "products[0].strength", "pace.percent"}
    assert refused(plan(goal={"kind": "halt"}, last_dose="x")) == [("goal.kind", "plan_not_one_of")]


def test_a_strange_key_is_named_without_harm() -> None:
    ((field, code),) = refused(plan(**{"a\nb\x1b[31m" + "c" * 1000: 1}))
    assert (code, len(field), field.isprintable()) == ("plan_unknown_key", 40, True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["1", "stop"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(plans(), st.data())
def test_nonsense_anywhere_is_refused_in_words_and_never_breaks(document: dict[str, Any], data: st.DataObject) -> None:
    place: Any = document
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else list(range(len(place)))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(JSON)
    asked = read_plan(document)
    outcome = asked if isinstance(asked, Refused) else lay_out(asked)
    if isinstance(outcome, Refused):
        assert all(sentence(reason) for reason in outcome.reasons)
