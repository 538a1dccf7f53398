"""A night of which only the taps are known."""

from __future__ import annotations

from typing import Any

import pytest

from companion.domain.night.begun import only_begun


@pytest.mark.parametrize(
    ("more", "begun"),
    [
        ({}, True),
        ({"note": "", "sol_min": None, "marks": [], "as_usual": False}, True),
        ({"quality": 3}, False),
        ({"naps_min": 0}, False),
        ({"as_usual": True}, False),
        ({"note": "long"}, False),
    ],
)
def test_a_night_is_only_begun_where_nothing_else_was_answered(more: dict[str, Any], begun: bool) -> None:
    assert only_begun({"awakenings": 2, **more}) is begun
    assert not only_begun(more)
