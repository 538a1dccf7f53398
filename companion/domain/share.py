"""A link for a doctor or pharmacist: what it shows, how long it works, and what a wrong PIN costs.

Codes only. Sections that were not ticked are not read at all (`services/report`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from companion.domain.codes import Reason, Refused
from companion.domain.consent import Purpose
from companion.domain.month import months_before


class Section(StrEnum):
    """What a link can show, in the order in which it is offered."""

    PLAN = "plan"
    DOSES = "doses"
    NIGHTS = "nights"
    SYMPTOMS = "symptoms"
    LOOK_BACK = "look_back"
    NOTES = "notes"
    URGENT = "urgent"


USUAL: Final = (Section.PLAN, Section.DOSES, Section.NIGHTS, Section.SYMPTOMS, Section.LOOK_BACK)
"""Ticked at first. One's own words and urgent answers only when the person ticks them."""

PURPOSES: Final[Mapping[Section, Purpose]] = {
    Section.PLAN: Purpose.PLAN,
    Section.DOSES: Purpose.PLAN,
    Section.NIGHTS: Purpose.DIARY,
    Section.SYMPTOMS: Purpose.DIARY,
    Section.LOOK_BACK: Purpose.DIARY,
    Section.NOTES: Purpose.DIARY,
    Section.URGENT: Purpose.DIARY,
}
"""The consent under which each was kept: without it nothing of it is shown to others."""


class Back(StrEnum):
    """How far back a link shows: some months before the day it was made, or everything."""

    ONE = "1"
    THREE = "3"
    SIX = "6"
    ALL = "all"


USUAL_DAYS: Final = 30
MOST_DAYS: Final = 365
LONGEST_WHOM: Final = 60
PIN: Final = re.compile(r"[0-9]{4,8}")
FREE_TRIES: Final = 3
MOST_TRIES: Final = 10
LANGUAGES: Final = ("", "nl", "fr")
""" "": that of the reader's browser."""


@dataclass(frozen=True)
class Choices:
    """What a person decided about a link. `pin` None: leave it as it is; "": without one."""

    whom: str
    sections: tuple[Section, ...]
    back: Back
    days: int
    language: str = ""
    pin: str | None = ""


def read_choices(
    given: Mapping[str, str], sections: Iterable[str], consents: Iterable[Purpose], *, keep_pin: bool = False
) -> Choices | Refused:
    """Choices from what was typed: `whom`, `back`, `days`, `language`, `pin`, `pin_how` ("keep", "none", "new").

    Refused with a reason for every field that is wrong: no section or an unknown one, a section without consent,
    days outside 1 to 365, a PIN that is not 4 to 8 digits.
    """
    reasons: list[Reason] = []
    chosen = _sections(sections, set(consents), reasons)
    whom = " ".join(given.get("whom", "").split())
    if len(whom) > LONGEST_WHOM or not whom.isprintable():
        reasons.append(Reason("whom", "share_whom", {"most": str(LONGEST_WHOM)}))
    back = given.get("back") or Back.THREE.value
    if back not in {each.value for each in Back}:
        reasons.append(Reason("back", "share_back"))
    days = _days(given.get("days", "").strip() or str(USUAL_DAYS), reasons)
    language = given.get("language", "")
    if language not in LANGUAGES:
        reasons.append(Reason("language", "share_language"))
    pin = _pin(given, keep_pin, reasons)
    if reasons:
        return Refused(tuple(reasons))
    return Choices(whom, chosen, Back(back), days, language, pin)


def _sections(given: Iterable[str], consents: set[Purpose], reasons: list[Reason]) -> tuple[Section, ...]:
    names = list(given)
    known = {each.value for each in Section}
    if not names:
        reasons.append(Reason("sections", "share_nothing"))
    for name in names:
        if name not in known:
            reasons.append(Reason("sections", "share_unknown", {"name": name[:40]}))
        elif PURPOSES[Section(name)] not in consents:
            reasons.append(Reason("sections", "share_consent"))
            break
    return tuple(each for each in Section if each.value in names)


def _days(text: str, reasons: list[Reason]) -> int:
    if text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    reasons.append(Reason("days", "share_days", {"most": str(MOST_DAYS)}))
    return USUAL_DAYS


def _pin(given: Mapping[str, str], keep_pin: bool, reasons: list[Reason]) -> str | None:
    typed = "".join(given.get("pin", "").split())
    how = given.get("pin_how", "")
    if how == "none" and not typed:
        return ""
    if not typed and how != "new":
        return None if keep_pin else ""
    if not PIN.fullmatch(typed):
        reasons.append(Reason("pin", "share_pin"))
    return typed


def first_day(back: Back, today: date) -> date | None:
    """The first day that is shown; None: from the beginning."""
    return None if back is Back.ALL else months_before(today, int(back.value))


def works(ends_at: datetime, stopped_at: datetime | None, now: datetime) -> bool:
    """Whether a link opens at this instant."""
    return stopped_at is None and now < ends_at


def wait_after(tries: int) -> timedelta | None:
    """How long the next PIN has to wait after so many wrong ones in a row; None: no PIN opens it any more.

    Three may be typed at once, then 1, 2, 4 … minutes, and after ten the person has to renew the link or its PIN.
    """
    if tries >= MOST_TRIES:
        return None
    return timedelta(minutes=2 ** (tries - FREE_TRIES)) if tries >= FREE_TRIES else timedelta()


ROBOTS: Final = re.compile(
    r"bot\b|crawl|spider|preview|scan|safelinks|facebookexternalhit|whatsapp/|slack|discord|skype|embedly|python|curl/|wget",
    re.IGNORECASE,
)


def looks_like_a_robot(agent: str, purpose: str) -> bool:
    """Whether a page was fetched by a program that looks at links, or ahead of time: then nobody opened it.

    Only for telling the person when a link was opened. That it was looked at takes somebody who presses "show".
    """
    return not agent or bool(purpose) or ROBOTS.search(agent) is not None
