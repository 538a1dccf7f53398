"""What someone asks of a reminder: what is proposed before they choose, and their own time, days and quiet hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import time
from types import MappingProxyType
from typing import Final

from companion.domain.codes import Reason, Refused
from companion.domain.consent import KEEPING, Purpose
from companion.domain.day import read_wall_time
from companion.domain.plan import Moment
from companion.domain.reminder.model import DAILY, Days, Habit, Kind, Quiet, Weekdays

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_PROPOSED: Final[Mapping[tuple[Kind, str], time]] = MappingProxyType(
    {
        (Kind.DOSE, Moment.MORNING): time(8, 0),
        (Kind.DOSE, Moment.NOON): time(12, 30),
        (Kind.DOSE, Moment.EVENING): time(18, 30),
        (Kind.DOSE, Moment.BEDTIME): time(22, 0),
        (Kind.DIARY, ""): time(9, 0),
        (Kind.SYMPTOMS, ""): time(18, 0),
        (Kind.STEP, ""): time(18, 0),
        (Kind.SUPPLY, ""): time(11, 0),
        (Kind.PRESCRIPTION, ""): time(11, 0),
    }
)

_PURPOSES: Final[Mapping[Kind, frozenset[Purpose]]] = MappingProxyType(
    {
        Kind.DOSE: frozenset({Purpose.PLAN}),
        Kind.STEP: frozenset({Purpose.PLAN}),
        Kind.SUPPLY: frozenset({Purpose.PLAN}),
        Kind.PRESCRIPTION: frozenset({Purpose.PLAN}),
        Kind.DIARY: frozenset({Purpose.DIARY}),
        Kind.SYMPTOMS: frozenset({Purpose.DIARY}),
        Kind.APPOINTMENT: KEEPING,
        Kind.KIND_WORD: KEEPING,
    }
)


def proposed(kind: Kind, key: str = "") -> Habit:
    """The habit that is proposed, every day. Raises KeyError where there is none (an appointment, another key)."""
    return Habit(_PROPOSED[kind, key], DAILY)


def can_remind(kind: Kind, key: str) -> bool:
    """Whether there is such a reminder to turn on: a kind with its key; appointments and kind words come otherwise."""
    return (kind, key) in _PROPOSED


def may_remind(kind: Kind, standing: Collection[Purpose]) -> bool:
    """Whether one of the purposes it serves has consent."""
    return bool(_PURPOSES[kind] & set(standing))


def read_habit(at: str, every: str, chosen: Collection[str], quiet: Quiet | None) -> Habit | Refused:
    """A wall time and days as a form sends them; `every` is "daily" or "some". Every field that is wrong is named."""
    reasons: list[Reason] = []
    wall = read_wall_time(at.strip())
    if wall is None:
        reasons.append(Reason("at", "remind_time"))
    elif refused := not_in(quiet, wall):
        reasons += refused.reasons
    days = _days(every, chosen)
    if isinstance(days, Refused):
        reasons += days.reasons
    if reasons or wall is None or isinstance(days, Refused):
        return Refused(tuple(reasons))
    return Habit(wall, days)


def _days(every: str, chosen: Collection[str]) -> Days | Refused:
    if every == "daily":
        return DAILY
    days = frozenset(WEEK.index(name) for name in chosen if name in WEEK)
    return Weekdays(days) if every == "some" and days else Refused.because("every", "remind_days")


def not_in(quiet: Quiet | None, at: time, field: str = "at") -> Refused | None:
    """Refused when this time lies in the quiet hours."""
    if quiet is None or not quiet.holds(at):
        return None
    return Refused.because(field, "remind_in_quiet", start=_text(quiet.start), end=_text(quiet.end))


def read_quiet(wanted: bool, start: str, end: str, used: Collection[time]) -> Quiet | Refused | None:
    """Quiet hours as a form sends them; None for none. Refused where a time that is in use lies in them."""
    if not wanted:
        return None
    begin, until = read_wall_time(start.strip()), read_wall_time(end.strip())
    reasons = [
        Reason(field, "remind_time") for field, read in (("quiet_from", begin), ("quiet_until", until)) if read is None
    ]
    if begin is None or until is None:
        return Refused(tuple(reasons))
    if begin == until:
        return Refused.because("quiet_until", "remind_quiet_same")
    quiet = Quiet(begin, until)
    held = sorted(at for at in used if quiet.holds(at))
    return Refused.because("quiet_from", "remind_quiet_used", time=_text(held[0])) if held else quiet


def _text(at: time) -> str:
    return at.strftime("%H:%M")
