"""A row that goes up again is confirmed by itself."""

from __future__ import annotations

import pytest

from companion.domain.codes import Refused
from companion.domain.confirm_apart import apart
from tests.domain.plan.build import laid, plan

ROWS = [{"daily": {"bedtime": mg}, "days": 7} for mg in ("1.5", "1", "2", "0.5")]
RISES = Refused.because("rows", "plan_rises_apart", mg="2")


@pytest.mark.parametrize(
    ("numbers", "told"), [((), None), ((1, 2, 4), None), ((3,), None), ((2, 3), RISES), ((1, 2, 3, 4), RISES)]
)
def test_a_row_that_rises_is_confirmed_apart(numbers: tuple[int, ...], told: Refused | None) -> None:
    assert apart(laid(plan(pace={"kind": "rows", "rows": ROWS})), numbers) == told
