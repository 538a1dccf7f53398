"""Consent that was withdrawn stops what it was for: no reminder, no message on its way, no calendar, no address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from companion.domain.consent import KEEPING, Purpose
from companion.domain.reminder import Kind
from companion.domain.reminder.asked import may_remind
from companion.services.mail_address import end_mail
from companion.storage import feeds, reminders, subscriptions
from companion.storage.unit_of_work import Unit


def stop_without(unit: Unit, person_id: str, standing: Collection[Purpose], now: datetime) -> None:
    """Take away every reminder that no standing consent serves, with its messages that wait.

    The calendar ends with the consent for the plan, which it shows; phones and mail end with the last consent.
    """
    stopped = {kind for kind in Kind if not may_remind(kind, standing)}
    reminders.remove_kinds(unit, person_id, stopped)
    if Purpose.PLAN not in standing:
        feeds.remove(unit, person_id)
    if KEEPING.isdisjoint(standing):
        subscriptions.remove_all(unit, person_id)
        end_mail(unit, person_id, now)
        reminders.forget_choice(unit, person_id)
