"""Someone's events as a calendar file (RFC 5545), titles discreet unless they chose fuller."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, vDDDTypes, vDuration, vRecur
from icalendar import Event as Entry

from companion.domain.confirmation import OPEN
from companion.domain.reminder import Every, Kind, Weekdays
from companion.domain.reminder.agenda import Event
from companion.i18n.catalogues import catalogue
from companion.i18n.format import amount, listed
from companion.i18n.marker import N_
from companion.notify.calendar_zone import zone_component

REFRESH = timedelta(hours=6)
LASTS = timedelta(minutes=15)
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar_file(
    events: Iterable[Event], person_id: str, zone: ZoneInfo, language: str, fuller: bool, app_name: str, now: datetime
) -> bytes:
    """A whole calendar. The same event has the same UID each time, and it tells nothing."""
    known = list(events)
    calendar = Calendar()
    calendar.add("PRODID", f"-//{app_name}//companion//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", app_name)
    calendar.add("X-WR-TIMEZONE", zone.key)
    calendar.add("X-PUBLISHED-TTL", f"PT{REFRESH // timedelta(hours=1)}H")
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add_component(zone_component(zone, min([now.year, *(each.start.year for each in known)])))
    for event in known:
        calendar.add_component(_entry(event, person_id, zone, title_of(event, language, fuller, app_name), now))
    return bytes(calendar.to_ical())


def uid_of(event: Event, person_id: str) -> str:
    return sha256(f"agenda {person_id} {event.name}".encode()).hexdigest()[:32] + "@andante"


def title_of(event: Event, language: str, fuller: bool, app_name: str) -> str:
    """What stands in the calendar: the same for every dose and step unless fuller was chosen."""
    say = catalogue(language).gettext
    if not fuller:
        what = say(N_("Appointment")) if event.kind is Kind.APPOINTMENT else say(N_("A moment for yourself"))
        return f"{app_name} · {what}"
    if event.kind is Kind.APPOINTMENT:
        return event.words["what"]
    if event.kind is Kind.STEP:
        mg = amount(Decimal(event.data["mg"]), language)
        step = say(N_("A new step: %(mg)s a day")) % {"mg": mg}
        return " · ".join(part for part in (step, event.data["medicine"]) if part)
    doses = [f"{each['medicine']} {amount(Decimal(each['mg']), language)}".strip() for each in event.data["doses"]]
    return f"{app_name} · {listed(doses, language)}"


def _entry(event: Event, person_id: str, zone: ZoneInfo, title: str, now: datetime) -> Entry:
    entry = Entry()
    changed = event.changed_at or now
    entry.add("UID", uid_of(event, person_id))
    entry.add("DTSTAMP", changed.astimezone(UTC))
    entry.add("LAST-MODIFIED", changed.astimezone(UTC))
    entry.add("SEQUENCE", event.version)
    entry.add("SUMMARY", title)
    entry.add("CLASS", "PRIVATE")
    entry.add("TRANSP", "TRANSPARENT")
    if isinstance(event.start, datetime):
        entry["DTSTART"] = _wall(event.start, zone)
        entry["DTEND"] = _wall(event.start + LASTS, zone)
    else:
        entry.add("DTSTART", event.start)
        entry.add("DTEND", event.start + timedelta(days=1))
    if event.last_day and isinstance(event.start, datetime):
        entry.add("RRULE", _rule(event, event.start.time(), zone))
    for span in event.alarms:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", title)
        alarm.add("TRIGGER", span)
        entry.add_component(alarm)
    return entry


def _wall(wall: datetime, zone: ZoneInfo) -> vDDDTypes:
    """A wall time with the name of its zone, also where the clock jumps over it."""
    there = vDDDTypes(wall)
    there.params["TZID"] = zone.key
    return there


def _rule(event: Event, at: time, zone: ZoneInfo) -> vRecur:
    """Until the instant of the last one, in UTC (RFC 5545 §3.3.10); without end where the row has none."""
    parts: dict[str, Any] = {"FREQ": "DAILY"}
    match event.days:
        case Weekdays(days=chosen) if len(chosen) < 7:
            parts = {"FREQ": "WEEKLY", "BYDAY": [_WEEK[day] for day in sorted(chosen)]}
        case Every(days=every):
            parts |= {"INTERVAL": every}
        case _:
            pass
    last: date | None = event.last_day
    if last and last < OPEN:
        parts["UNTIL"] = datetime.combine(last, at, zone).astimezone(UTC)
    return vRecur(parts)
