from typing import Any

import pytest

from tests.domain.plan.build import plan, refused, short, tablet, told

Doc = dict[str, Any]


def weekly(*events: Doc, **changes: Any) -> Doc:
    """4 mg down by 1 mg a week from Monday 4 January 2027: 3, 2, 1; nothing from 25 January on."""
    document = plan(
        products=[tablet("1", "halves")],
        daily={"bedtime": "4"},
        pace={"kind": "amount", "mg": "1", "every_days": 7},
        events=list(events),
    )
    return {**document, **changes}


def stay(on: str, days: int | None = None) -> Doc:
    return {"on": on, "kind": "stay"} | ({} if days is None else {"days": days})


def back(on: str, days: int | None = None) -> Doc:
    return {"on": on, "kind": "back"} | ({} if days is None else {"days": days})


def go_on(on: str) -> Doc:
    return {"on": on, "kind": "go_on"}


def rows(on: str, *typed: tuple[str, int]) -> Doc:
    return {"on": on, "kind": "rows", "rows": [{"daily": {"bedtime": mg}, "days": days} for mg, days in typed]}


def test_without_events() -> None:
    assert short(weekly()) == [
        ("2027-01-04", "2027-01-10", "3"),
        ("2027-01-11", "2027-01-17", "2"),
        ("2027-01-18", "2027-01-24", "1"),
    ]


def test_a_stay_with_days_moves_what_comes_later() -> None:
    assert short(weekly(stay("2027-01-17", 3))) == [
        ("2027-01-04", "2027-01-10", "3"),
        ("2027-01-11", "2027-01-20", "2"),
        ("2027-01-21", "2027-01-27", "1"),
    ]


def test_a_stay_without_days_is_open_and_later_rows_have_no_dates() -> None:
    answer = told(weekly(stay("2027-01-12")))
    assert short(weekly(stay("2027-01-12"))) == [
        ("2027-01-04", "2027-01-10", "3"),
        ("2027-01-11", None, "2"),
        (None, None, "1"),
    ]
    assert (answer["first_day_without"], answer["days"]) == (None, None)
    assert answer["last_cut"] == {"from_mg": "1", "percent_of_start": "25", "notes": []}
    assert answer["units"] == [{"strength": "1", "form": "tablet", "count": "21"}]
    assert answer["rows"][2]["notes"] == []
    assert answer["rows"][2]["cut_percent"] == "50"


def test_go_on_ends_an_open_stay_and_the_next_row_starts_that_day() -> None:
    assert short(weekly(stay("2027-01-12"), go_on("2027-03-01"))) == [
        ("2027-01-04", "2027-01-10", "3"),
        ("2027-01-11", "2027-02-28", "2"),
        ("2027-03-01", "2027-03-07", "1"),
    ]


def test_go_on_from_the_last_row_is_the_first_day_without() -> None:
    answer = told(weekly(stay("2027-01-19"), go_on("2027-02-10")))
    assert (answer["first_day_without"], answer["days"]) == ("2027-02-10", 37)


def test_a_step_back_takes_the_dose_of_the_row_before_and_then_starts_again() -> None:
    answer = told(weekly(back("2027-01-13")))
    assert short(weekly(back("2027-01-13"))) == [
        ("2027-01-04", "2027-01-10", "3"),
        ("2027-01-11", "2027-01-12", "2"),
        ("2027-01-13", "2027-01-19", "3"),
        ("2027-01-20", "2027-01-26", "2"),
        ("2027-01-27", "2027-02-02", "1"),
    ]
    assert answer["rows"][2]["cut_percent"] == "-50"
    assert answer["rows"][2]["notes"] == []


def test_a_step_back_from_the_first_row_is_the_current_dose() -> None:
    assert short(weekly(back("2027-01-06", 3)))[:3] == [
        ("2027-01-04", "2027-01-05", "3"),
        ("2027-01-06", "2027-01-08", "4"),
        ("2027-01-09", "2027-01-15", "3"),
    ]


def test_a_step_back_on_the_first_day_of_a_row_leaves_no_empty_row() -> None:
    assert short(weekly(back("2027-01-11", 2))) == [
        ("2027-01-04", "2027-01-10", "3"),
        ("2027-01-11", "2027-01-12", "3"),
        ("2027-01-13", "2027-01-19", "2"),
        ("2027-01-20", "2027-01-26", "1"),
    ]


def test_a_step_back_within_a_step_back_goes_one_further_up() -> None:
    events = [back("2027-01-19", 10), back("2027-01-21", 5)]
    assert short(weekly(*events))[2:] == [
        ("2027-01-18", "2027-01-18", "1"),
        ("2027-01-19", "2027-01-20", "2"),
        ("2027-01-21", "2027-01-25", "3"),
        ("2027-01-26", "2027-02-04", "2"),
        ("2027-02-05", "2027-02-11", "1"),
    ]


def test_no_step_back_above_the_current_dose() -> None:
    events = [back("2027-01-05", 10), back("2027-01-06", 5)]
    assert refused(weekly(*events)) == [("events[1]", "plan_nothing_above")]


def test_an_interrupted_row_starts_again_without_its_stays() -> None:
    assert short(weekly(stay("2027-01-11", 20), back("2027-01-25")))[1:4] == [
        ("2027-01-11", "2027-01-24", "2"),
        ("2027-01-25", "2027-01-31", "3"),
        ("2027-02-01", "2027-02-07", "2"),
    ]
    assert short(weekly(stay("2027-01-11"), back("2027-01-25")))[3] == ("2027-02-01", "2027-02-07", "2")


def test_how_long_a_step_back_lasts_when_nobody_says() -> None:
    typed = {"kind": "rows", "rows": [{"daily": {"bedtime": mg}, "days": days} for mg, days in (("3", 5), ("2", 9))]}
    assert short(weekly(back("2027-01-10"), pace=typed))[2] == ("2027-01-10", "2027-01-18", "3")
    programme = {"kind": "programme", "steps": 5, "days": 20}
    made = [{"form": "made_capsule"}]
    assert short(weekly(back("2027-01-25"), pace=programme, products=made))[2] == ("2027-01-25", "2027-02-13", "4")
    stable = weekly(back("2027-01-10"), goal={"kind": "stabilise"})
    del stable["pace"]
    assert refused(stable) == [("events[0].days", "plan_back_days_needed")]


def test_the_resumed_row_keeps_its_note_and_the_step_back_has_none() -> None:
    larger = weekly(back("2027-01-13"), pace={"kind": "amount", "mg": "0.4", "every_days": 7}, products=[tablet("1")])
    assert [(row["daily_mg"], "larger_than_asked" in row["notes"]) for row in told(larger)["rows"]] == [
        ("3", True),
        ("2", True),
        ("3", False),
        ("2", True),
        ("1", True),
    ]


def test_new_rows_replace_what_comes_from_that_day() -> None:
    document = weekly(rows("2027-01-13", ("2.5", 10), ("0.5", 20)))
    assert short(document) == [
        ("2027-01-04", "2027-01-10", "3"),
        ("2027-01-11", "2027-01-12", "2"),
        ("2027-01-13", "2027-01-22", "2.5"),
        ("2027-01-23", "2027-02-11", "0.5"),
    ]
    answer = told(document)
    assert answer["rows"][2]["notes"] == ["over_25_percent_in_14_days", "rises"]
    assert answer["last_cut"] == {"from_mg": "0.5", "percent_of_start": "12.5", "notes": []}


def test_a_step_back_from_the_first_new_row_is_the_row_before_it() -> None:
    document = weekly(rows("2027-01-13", ("1.5", 10)), back("2027-01-15", 4), back("2027-01-16", 2))
    assert short(document)[1:] == [
        ("2027-01-11", "2027-01-12", "2"),
        ("2027-01-13", "2027-01-14", "1.5"),
        ("2027-01-15", "2027-01-15", "2"),
        ("2027-01-16", "2027-01-17", "3"),
        ("2027-01-18", "2027-01-21", "2"),
        ("2027-01-22", "2027-01-31", "1.5"),
    ]


def test_new_rows_of_reduce_end_at_the_target() -> None:
    reduce = {"kind": "reduce", "target": "1"}
    assert refused(weekly(rows("2027-01-13", ("2", 7)), goal=reduce)) == [
        ("events[0].rows[0].daily", "plan_last_row_not_target")
    ]
    assert short(weekly(rows("2027-01-13", ("2", 7), ("1", 7)), goal=reduce))[-1] == ("2027-01-20", None, "1")


def test_an_extra_changes_no_row_and_no_units() -> None:
    extra = {"on": "2027-01-13", "kind": "extra", "mg": "0.3", "moment": "noon"}
    assert told(weekly(extra)) == told(weekly())


def test_events_are_taken_in_date_order_whatever_order_they_are_given_in() -> None:
    events = [stay("2027-01-06", 2), back("2027-01-15"), stay("2027-02-01", 9)]
    assert told(weekly(*events)) == told(weekly(*reversed(events)))


@pytest.mark.parametrize(
    ("events", "field", "code"),
    [
        ([stay("2027-01-03", 1)], "events[0].on", "plan_event_before_start"),
        ([stay("2027-01-25", 1)], "events[0].on", "plan_event_after_end"),
        ([{"on": "2027-01-25", "kind": "extra", "mg": "1"}], "events[0].on", "plan_event_after_end"),
        ([go_on("2027-01-06")], "events[0]", "plan_nothing_open"),
        ([stay("2027-01-06", 3), go_on("2027-01-07")], "events[1]", "plan_nothing_open"),
        ([go_on("2027-01-08"), stay("2027-01-06"), go_on("2027-01-07")], "events[0]", "plan_nothing_open"),
        ([stay("2027-01-11"), go_on("2027-01-11")], "events[1]", "plan_go_on_skips_row"),
        ([rows("2027-01-13", ("2.25", 3))], "events[0].rows[0].daily.bedtime", "plan_cannot_make"),
    ],
)
def test_an_event_that_cannot_be_is_refused(events: list[Doc], field: str, code: str) -> None:
    assert refused(weekly(*events)) == [(field, code)]


def test_a_stay_on_an_open_row_changes_nothing() -> None:
    reduce = {"kind": "reduce", "target": "1"}
    assert told(weekly(stay("2027-02-20", 5), stay("2027-02-21"), goal=reduce)) == told(weekly(goal=reduce))
    assert refused(weekly(stay("2027-02-20"), go_on("2027-02-21"), goal=reduce)) == [("events[1]", "plan_nothing_open")]


def test_no_event_where_there_is_no_dose() -> None:
    nothing = weekly(stay("2027-01-04", 3), products=[tablet("4")])
    assert refused(nothing) == [("events[0].on", "plan_event_without_rows")]
