"""A night of which only one thing is known yet: how often someone tapped that they were awake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TAPPED: Final = "awakenings"
MOST: Final = 20
"""Taps in one night. Who is awake so often fills in the rest in the morning."""


def only_begun(data: Mapping[str, object]) -> bool:
    """Whether the data of a night (`night_to_data`) answers nothing but what was tapped at night."""
    answered = {name for name, value in data.items() if value is not False and value not in (None, "", [])}
    return answered == {TAPPED}
