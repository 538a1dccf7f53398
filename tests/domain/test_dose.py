"""A dose as the contract writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.amount import to_text
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
    assert isinstance(read_dose(data), Dose) is fine


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
