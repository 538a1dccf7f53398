"""A dose as the contract writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.amount import to_text
from companion.domain.codes import Reason, Refused
from companion.domain.dose import Dose, dose_to_data, read_dose, taken_mg
from companion.domain.instant import instant_text, read_instant
from companion.domain.plan import Moment

AMOUNTS = st.decimals("0.000001", "999999", places=6).map(lambda mg: Decimal(to_text(mg)))
INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    st.none() | st.uuids().map(str),
    st.none() | st.sampled_from(list(Moment)),
    AMOUNTS,
    st.booleans(),
    st.none() | INSTANTS,
    st.booleans(),
)
def test_a_dose_comes_back_as_it_went(
    plan_id: str | None, moment: Moment | None, mg: Decimal, taken: bool, at: datetime | None, extra: bool
) -> None:
    dose = Dose(plan_id, moment, mg, taken, at, extra)
    data = dose_to_data(dose)
    assert read_dose(data) == dose
    assert taken_mg(data) == (mg if taken else 0)


@pytest.mark.parametrize(("taken", "extra", "fine"), [(False, False, True), (True, False, False), (True, True, True)])
def test_nothing_is_an_amount_only_where_nothing_was_taken_or_a_day_was_written_down(
    taken: bool, extra: bool, fine: bool
) -> None:
    data = {"plan": None, "moment": None, "mg": "0", "taken": taken, "extra": extra}
    dose = read_dose(data)
    assert dose == (Dose(None, None, Decimal(0), taken, None, extra) if fine else refused("mg plan_not_above_zero"))


def refused(*told: str) -> Refused:
    return Refused(tuple(Reason(*each.split(" ")) for each in told))


def test_what_is_not_told_is_no_extra_and_has_no_time() -> None:
    dose = read_dose({"plan": None, "moment": "evening", "mg": "1.5", "taken": True})
    assert dose == Dose(None, Moment.EVENING, Decimal("1.5"), True, taken_at=None, extra=False)
    assert isinstance(dose, Dose)
    assert isinstance(dose.moment, Moment)


def test_every_field_that_is_wrong_is_told() -> None:
    wrong = read_dose({"plan": 7, "moment": "noonish", "mg": "0", "taken": "yes", "taken_at": "later", "extra": 1})
    assert isinstance(wrong, Refused)
    told = [(reason.field, reason.code) for reason in wrong.reasons]
    assert told == [
        ("plan", "sync_plan"),
        ("moment", "plan_not_one_of"),
        ("taken", "plan_not_true_or_false"),
        ("extra", "plan_not_true_or_false"),
        ("taken_at", "sync_instant"),
    ]
    assert read_dose({"plan": None, "moment": None, "mg": "1,5", "taken": True}) == refused("mg plan_not_amount")


def test_a_dose_has_every_key_and_no_other() -> None:
    assert read_dose({"plan": None, "mg": "1", "taken": True, "when": 1}) == refused(
        "when sync_unknown_key", "moment plan_missing"
    )


@given(INSTANTS)
def test_an_instant_comes_back(instant: datetime) -> None:
    assert read_instant(instant_text(instant)) == instant


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-04T20:45Z",
        "2027-01-04 20:45:00Z",
        "2027-01-04T20:45:00",
        "2027-01-04T20:45:00+00:00",
        "2027-01-04T20:45:60Z",
        "2027-02-30T20:45:00Z",
        "2027-01-04T20:45:00.Z",
        "2027-01-04T20:45:00.1234567Z",
        "٢٠٢٧-01-04T20:45:00Z",
        "1969-12-31T23:59:59Z",
        "",
        None,
        7,
        datetime(2027, 1, 4, tzinfo=UTC) + timedelta(),
    ],
)
def test_what_is_no_instant(text: object) -> None:
    assert read_instant(text) is None
