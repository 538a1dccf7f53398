"""Consent for health data: separate, unticked, purpose by purpose, as easy to withdraw as to give.

GDPR art. 9(2)(a) and 7(3), facts/belgium.md §4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

TEXT_VERSION = "2026-11-22"


class Purpose(StrEnum):
    """What the data would be kept for. A purpose is asked only once there is something to use it."""

    PLAN = "plan"
    DIARY = "diary"
    OUTCOMES = "outcomes"
    """To be counted, without a name, in how people fare here (docs/outcomes.md). Nothing more is kept for it."""


KEEPING = frozenset({Purpose.PLAN, Purpose.DIARY})
"""The purposes for which something of a person is kept and shown back to them."""


@dataclass(frozen=True)
class Consent:
    purpose: Purpose
    text_version: str
    language: str
    given_at: datetime
    withdrawn_at: datetime | None = None
    id: str = field(default="", compare=False)

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None and self.text_version == TEXT_VERSION
