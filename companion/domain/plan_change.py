"""Why a version of a plan came to be, and the days on which others gave the medicine.

A plan document holds only events of contract §2. What an event was for is kept beside the version, as a short text:
a code, and for a wait its first and last day ("hospital 2027-02-01 2027-02-10", "home 2027-02-08"). In the document
a wait is an ordinary stay, so that anyone can check the arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Why(StrEnum):
    """What a person asked for. Versions made by other routes have reasons of their own."""

    STAY = "stay"
    BACK = "back"
    GO_ON = "go_on"
    ROWS = "rows"
    HOSPITAL = "hospital"
    HOME = "home"
    UNDONE = "undone"


_WHYS = frozenset(Why)


@dataclass(frozen=True)
class Wait:
    """Days on which others give the medicine, both in; `last_day` None: until the person is home again."""

    first_day: date
    last_day: date | None

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def reason_text(why: Why, *days: date | None) -> str:
    """What is kept with the version."""
    return " ".join([why.value, *(day.isoformat() for day in days if day)])


def code_of(reason: str) -> str:
    """The code of a kept reason. Codes of row changes have two words of their own ("row added")."""
    first = reason.split(" ", maxsplit=1)[0]
    return first if first in _WHYS else reason


def waits_of(reasons: Sequence[str]) -> tuple[Wait, ...]:
    """The waits that stand after these versions, oldest first; `reasons` are those of every version in order."""
    return _waits_of(tuple(reasons))


@lru_cache(maxsize=1024)
def _waits_of(reasons: tuple[str, ...]) -> tuple[Wait, ...]:
    states: list[tuple[Wait, ...]] = []
    for reason in reasons:
        waits = states[-1] if states else ()
        days = [date.fromisoformat(word) for word in reason.split(" ")[1:]] if code_of(reason) in _WHYS else []
        match code_of(reason):
            case Why.HOSPITAL:
                waits = (*waits, Wait(days[0], days[1] if len(days) > 1 else None))
            case Why.HOME if waits:
                last = waits[-1]
                ended = Wait(last.first_day, days[0] - timedelta(days=1))
                waits = (*waits[:-1], ended) if days[0] > last.first_day else waits[:-1]
            case Why.UNDONE:
                waits = states[-2] if len(states) > 1 else ()
        states.append(waits)
    return states[-1] if states else ()


def waiting_on(waits: Sequence[Wait], day: date) -> Wait | None:
    """The wait that covers a day."""
    return next((wait for wait in reversed(waits) if day in wait), None)
