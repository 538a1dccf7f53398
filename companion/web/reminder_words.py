"""How a reminder, its days and a moment around now are said on a page."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from companion.domain.reminder import Every, Habit, Kind, Once, Weekdays
from companion.i18n.format import clock, date_full, date_long, listed, weekday
from companion.web.house import now
from companion.web.locale import current_language, translate
from companion.web.login import current_person

MONDAY = date(2026, 11, 23)


def name_words(kind: Kind, key: str) -> str:
    """What it reminds of."""
    _ = translate
    if kind is Kind.DOSE:
        return {
            "morning": _("Your morning dose"),
            "noon": _("Your dose at noon"),
            "evening": _("Your evening dose"),
            "bedtime": _("Your dose at bedtime"),
        }[key]
    return {
        Kind.DIARY: _("Last night’s diary"),
        Kind.SYMPTOMS: _("The symptom list, when it is due"),
        Kind.STEP: _("A new step, three days and one day before"),
        Kind.SUPPLY: _("What you have runs out"),
        Kind.PRESCRIPTION: _("The next prescription"),
        Kind.APPOINTMENT: _("Appointment"),
        Kind.KIND_WORD: _("A kind word from someone close"),
    }[kind]


def day_name(number: int) -> str:
    """ "maandag" for 0."""
    return weekday(MONDAY + timedelta(days=number), current_language())


def days_words(habit: Habit) -> str:
    """ "elke dag", or the days by name."""
    match habit.days:
        case Weekdays(days=chosen) if len(chosen) < 7:
            return listed([day_name(day) for day in sorted(chosen)], current_language())
        case Every(days=every):
            return translate("every %(n)s days") % {"n": every}
        case Once(day=day):
            return date_full(day, current_language())
    return translate("every day")


def local_words(local: datetime) -> str:
    """A wall time to come: "vandaag, 21:45", "maandag 23 november, 09:00"."""
    return _day_and_time(local)


def when_words(instant: datetime) -> str:
    """An instant that was: "gisteren, 21:45"."""
    return _day_and_time(instant.astimezone(current_person().zone))


def _day_and_time(wall: datetime) -> str:
    language = current_language()
    today = now().astimezone(current_person().zone).date()
    near = {
        today - timedelta(days=1): translate("yesterday"),
        today: translate("today"),
        today + timedelta(days=1): translate("tomorrow"),
    }
    far = abs((wall.date() - today).days) > 180
    day = near.get(wall.date()) or (date_full if far else date_long)(wall.date(), language)
    return f"{day}, {clock(wall.time(), language)}"
