"""Sentences for the refusals of `companion.domain.reminder`."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "reminder_unknown_key": N_("This is not a part of a reminder."),
    "reminder_zone": N_("Write the name of a time zone, like Europe/Brussels."),
    "reminder_instant": N_("Write the instant in UTC, like 2027-01-04T20:45:00Z."),
    "reminder_until_before_from": N_("The end cannot come before the beginning."),
    "reminder_at": N_("Write the time as hours and minutes, like 21:45."),
    "reminder_days": N_("Write daily, a list of days from mon to sun, or every so many days from a date."),
    "reminder_day_twice": N_("Each day of the week can be there only once."),
    "reminder_year": N_("Write a year from %(least)s to %(most)s."),
    "reminder_too_many": N_("That is more than %(most)s reminders; ask for a shorter time."),
}
