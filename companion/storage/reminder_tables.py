"""The tables of reminders: what reminds, what is on its way, to which phones, and the ways without push.

What is due next stands in a column with an index, so that a round of the clock costs what is due and not how many
people there are (issue "Reminders", point 4).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from companion.storage.tables import Base, of_person


class ReminderRow(Base, table=True):
    """`key` tells reminders of one kind apart: the moment of a dose, the id of an appointment, else "".

    `at` and `days` are wall time and days in the person's zone; `words` what they wrote, sealed. `next_due` is the
    instant of the next occurrence and `next_local` its wall time there; both None while it is off or over.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("person_id", "kind", "key"),)
    person_id: str = of_person()
    id: str = Field(primary_key=True, max_length=36)
    kind: str
    key: str = ""
    active: bool = True
    at: str = Field(max_length=5)
    days: str
    words: str = ""
    changed_at: datetime
    next_due: datetime | None = Field(default=None, index=True)
    next_local: str | None = Field(default=None, max_length=16)


class ReminderChoiceRow(Base, table=True):
    """How someone wants to be reminded. `quiet_from` and `quiet_until` are "HH:MM", "" for none."""

    __tablename__ = "reminder_choice"
    person_id: str = of_person()
    quiet_from: str = Field(default="", max_length=5)
    quiet_until: str = Field(default="", max_length=5)
    fuller: bool = False
    by_mail: bool = False
    changed_at: datetime


class SubscriptionRow(Base, table=True):
    """A browser that may be sent to. Its address and keys are sealed; `mark` is a keyed digest of its address, which
    `subscriptions.keep` gives to one person only."""

    __tablename__ = "subscription"
    person_id: str = of_person()
    id: str = Field(primary_key=True, max_length=36)
    mark: str = Field(index=True, max_length=64)
    origin: str
    endpoint: str
    p256dh: str
    auth: str
    device: str = ""
    made_at: datetime
    seen_at: datetime
    handed_at: datetime | None = None
    shown_at: datetime | None = None
    gone_at: datetime | None = None


class DeliveryRow(Base, table=True):
    """One message to one place: written before anything leaves, so that a crash loses nothing.

    `token` is in the message and comes back when the phone has shown it. `place` is a subscription's id or "mail".
    `next_try_at`: when a clock looks at it again, to send it or, once nothing more is to be done, to forget it; None:
    never. `leased_until`: a clock is busy with it until then.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("person_id", "reminder_id", "occurrence", "place"),
        Index("ix_delivery_next_try_at", "next_try_at"),
    )
    person_id: str = of_person()
    token: str = Field(primary_key=True, max_length=64, index=True)
    reminder_id: str = Field(max_length=36)
    kind: str
    occurrence: str
    place: str = Field(max_length=36)
    data: str = "{}"
    words: str = ""
    due_at: datetime
    useful_until: datetime
    next_try_at: datetime | None = None
    leased_until: datetime | None = None
    tries: int = 0
    state: str
    error: str = ""
    handed_at: datetime | None = None
    shown_at: datetime | None = None


class PushServiceRow(Base, table=True):
    """A push service that refused our key: nothing goes there until `until`."""

    __tablename__ = "push_service"
    origin: str = Field(primary_key=True)
    stopped_at: datetime
    until: datetime
    reason: str


class FeedRow(Base, table=True):
    """The private calendar address of a person: its digest to find it, the sealed token to show it again."""

    __tablename__ = "feed"
    person_id: str = of_person()
    digest: str = Field(index=True, max_length=64)
    token: str
    made_at: datetime
    read_at: datetime | None = None


class MailAddressRow(Base, table=True):
    """Where mail may go: sealed, and only after the code that was sent there was typed in."""

    __tablename__ = "mail_address"
    person_id: str = of_person()
    address: str
    code_digest: str = ""
    code_until: datetime | None = None
    code_tries: int = 0
    verified_at: datetime | None = None
    out_digest: str = Field(default="", max_length=64, index=True)
    made_at: datetime


class ClockRoundRow(Base, table=True):
    """When a clock last went round, for the health check."""

    __tablename__ = "clock_round"
    name: str = Field(primary_key=True)
    at: datetime
