"""What a phone asks of a plan: an event of contract §2, with the plan and the version that was seen (§4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from companion.domain.codes import Refused
from companion.domain.entry import read_id
from companion.domain.plan.event_document import event_to_data, read_event
from companion.domain.plan.fields import Reading, read_whole
from companion.domain.plan.model import Event, GoalKind, GoOn

MOST_VERSIONS: Final = 1_000_000


@dataclass(frozen=True)
class AskedEvent:
    plan_id: str
    version: int
    event: Event


def read_asked_event(data: Mapping[str, object], goal: GoalKind) -> AskedEvent | Refused:
    """`goal` is that of the plan: it says whether new rows may end with one that stays open."""
    reading = Reading()
    nothing: Event = GoOn(date.min)
    return reading.result(
        AskedEvent(
            reading.take(_needed(data, "plan") or read_id(data["plan"]) or Refused.because("plan", "sync_plan"), ""),
            reading.take(_needed(data, "version") or read_whole(data["version"], "version", 1, MOST_VERSIONS), 1),
            reading.take(read_event({key: data[key] for key in data if key not in _OURS}, "", goal), nothing),
        )
    )


def asked_event_to_data(asked: AskedEvent) -> dict[str, object]:
    return event_to_data(asked.event) | {"plan": asked.plan_id, "version": asked.version}


_OURS: Final = ("plan", "version")


def _needed(data: Mapping[str, object], key: str) -> Refused | None:
    return None if key in data else Refused.because(key, "plan_missing")
