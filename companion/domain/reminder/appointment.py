"""An appointment that someone typed, and when they want to hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from companion.domain.codes import Reason, Refused
from companion.domain.day import read_wall_time
from companion.domain.reminder.model import Habit, Once

LONGEST: Final = 80
AHEAD: Final = timedelta(days=732)
EVENING: Final = time(19, 0)
MORNING: Final = time(8, 30)


class Before(StrEnum):
    """When to remind of it."""

    HOUR = "hour"
    TWO_HOURS = "two-hours"
    MORNING = "morning"
    EVENING = "evening"


@dataclass(frozen=True)
class Appointment:
    what: str
    day: date
    at: time
    before: Before

    @property
    def habit(self) -> Habit:
        """Once, that long before it, on the wall of wherever the person is then."""
        wall = datetime.combine(self.day, self.at)
        match self.before:
            case Before.HOUR:
                wall -= timedelta(hours=1)
            case Before.TWO_HOURS:
                wall -= timedelta(hours=2)
            case Before.MORNING:
                wall = datetime.combine(self.day, MORNING)
            case Before.EVENING:
                wall = datetime.combine(self.day - timedelta(days=1), EVENING)
        return Habit(wall.time(), Once(wall.date()))

    @property
    def words(self) -> dict[str, str]:
        """What of it is sealed."""
        at = self.at.strftime("%H:%M")
        return {"what": self.what, "day": self.day.isoformat(), "time": at, "before": self.before.value}


def from_words(words: Mapping[str, str]) -> Appointment:
    return Appointment(
        words["what"], date.fromisoformat(words["day"]), time.fromisoformat(words["time"]), Before(words["before"])
    )


def read_appointment(typed: Mapping[str, str], today: date) -> Appointment | Refused:
    """An appointment from a form: `what`, `day`, `time`, `before`. Every field that is wrong is named."""
    reasons: list[Reason] = []
    what = " ".join(typed.get("what", "").split())
    if not what or len(what) > LONGEST or not what.isprintable():
        reasons.append(Reason("what", "appointment_what"))
    day = _day(typed.get("day", "").strip(), today)
    if isinstance(day, Refused):
        reasons += day.reasons
    at = read_wall_time(typed.get("time", "").strip())
    if at is None:
        reasons.append(Reason("time", "remind_time"))
    before = typed.get("before", "")
    if before not in set(Before):
        reasons.append(Reason("before", "appointment_before"))
    if reasons or at is None or isinstance(day, Refused):
        return Refused(tuple(reasons))
    return Appointment(what, day, at, Before(before))


def _day(typed: str, today: date) -> date | Refused:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return Refused.because("day", "supply_date", example=today.isoformat())
    if day < today:
        return Refused.because("day", "supply_date_past")
    return day if day <= today + AHEAD else Refused.because("day", "appointment_far")
