"""The whole answer against the naive one, or a refusal where that one refuses."""

from typing import Any

from hypothesis import HealthCheck, given, settings

from companion.domain.codes import Refused
from companion.domain.plan import answer, lay_out, read_plan
from tests.domain.plan.oracle import expected
from tests.domain.plan.strategies import plans


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_the_answer_is_what_exhaustive_search_finds(document: dict[str, Any]) -> None:
    asked = read_plan(document)
    assert not isinstance(asked, Refused)
    outcome = lay_out(asked)
    assert (None if isinstance(outcome, Refused) else answer(outcome)) == expected(document)
