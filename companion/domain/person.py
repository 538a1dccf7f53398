"""A person as the product knows them: a made-up name, a language, a zone and the hour their day turns."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from companion.domain.codes import Reason, Refused
from companion.domain.day import DEFAULT_TURN, day_of, part_ends, part_of_day

NAME_LENGTH = range(2, 41)
PASSPHRASE_LENGTH = range(10, 201)


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    language: str
    zone: ZoneInfo
    day_turn: time
    made_at: datetime
    example_until: datetime | None = None
    """When an example is over; None for everyone else."""

    @property
    def is_example(self) -> bool:
        """Made up for somebody who looks around first: nobody is behind it, and within a day it is gone."""
        return self.example_until is not None

    def day(self, now: datetime) -> date:
        """The person's day at this instant (UTC)."""
        return day_of(now, self.zone, self.day_turn)

    def part_of_day(self, now: datetime) -> str:
        return part_of_day(now, self.zone, self.day_turn)

    def part_ends(self, now: datetime) -> datetime:
        """When this part of their day, or the day itself, is over (UTC)."""
        return part_ends(now, self.zone, self.day_turn)


def name_key(name: str) -> str:
    """What makes two names the same: compatibility forms, case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check_name(name: str) -> Refused | None:
    """A name has 2 to 40 characters that print."""
    clean = " ".join(name.split())
    if len(clean) not in NAME_LENGTH:
        return Refused.because("name", "person_name_length")
    if not clean.isprintable():
        return Refused.because("name", "person_name_characters")
    return None


def check_passphrase(passphrase: str, name: str) -> Refused | None:
    """10 to 200 characters, not the name itself (length over composition: NIST SP 800-63B §5.1.1)."""
    if len(passphrase) not in PASSPHRASE_LENGTH:
        return Refused.because("passphrase", "person_passphrase_length")
    if name_key(passphrase) == name_key(name) or len(set(passphrase)) < 4:
        return Refused.because("passphrase", "person_passphrase_easy")
    return None


def check_joining(name: str, passphrase: str, adult: bool) -> Refused | None:
    """Everything that must be right to join, all at once. 18 or older: the programme's rule (facts/belgium.md §2.2)."""
    reasons: list[Reason] = []
    for refused in (check_name(name), check_passphrase(passphrase, name)):
        if refused:
            reasons.extend(refused.reasons)
    if not adult:
        reasons.append(Reason("adult", "person_adult"))
    return Refused(tuple(reasons)) if reasons else None


DEFAULTS = {"zone": "Europe/Brussels", "day_turn": DEFAULT_TURN.strftime("%H:%M")}
