"""Reminders of a person for the export: what reminds, how, and where it may go. Keys and addresses that open something
are secrets and stay out: only that they are there, and since when."""

from __future__ import annotations

import json
from typing import Any

from companion.domain.person import Person
from companion.services.instant_text import instant
from companion.storage import feeds, mail_addresses, reminders, subscriptions
from companion.storage.reminders import Reminder, days_text
from companion.storage.unit_of_work import Unit


def reminder_data(kept: Reminder) -> dict[str, Any]:
    """In the shape of every entry: `day` is the day of an appointment, else null."""
    return {
        "id": kept.id,
        "day": kept.words.get("day"),
        "recorded_at": instant(kept.changed_at),
        "data": {
            "kind": kept.kind.value,
            "key": kept.key,
            "active": kept.active,
            "at": kept.habit.at.strftime("%H:%M"),
            "days": json.loads(days_text(kept.habit.days)),
            "words": kept.words,
        },
        "superseded": False,
    }


def reminding_data(unit: Unit, person: Person) -> dict[str, Any]:
    """Quiet hours and the lock screen, devices by name, the private calendar, the mail address."""
    choice = reminders.choice(unit, person.id)
    feed = feeds.of_person(unit, person.id)
    mail = mail_addresses.of_person(unit, person.id)
    quiet = choice.quiet
    return {
        "quiet": [quiet.start.strftime("%H:%M"), quiet.end.strftime("%H:%M")] if quiet else None,
        "fuller": choice.fuller,
        "by_mail": choice.by_mail,
        "devices": [
            {"device": each.device, "made_at": instant(each.made_at), "shown_at": instant(each.shown_at)}
            for each in subscriptions.of_person(unit, person.id)
        ],
        "calendar_made_at": instant(feed.made_at) if feed else None,
        "mail": {"address": mail.address, "verified_at": instant(mail.verified_at)} if mail else None,
    }
