"""A link for someone close: what it shows, and the kind words that may come back through it. Codes only.

Source of the idea: BENZOCARE recommendation 20 (a "benzo-buddy"), among people whom the person knows already.
Nothing of medicines, doses, nights or symptoms can be chosen, because nothing of them is here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from companion.domain.codes import Reason, Refused
from companion.domain.share import LANGUAGES, LONGEST_WHOM


class Shows(StrEnum):
    """What a link can show, in the order in which it is offered."""

    QUIET_DAY = "quiet_day"
    NEXT_STEP = "next_step"
    HOW_TO_HELP = "how_to_help"
    NOT_TO_SAY = "not_to_say"


USUAL: Final = (Shows.HOW_TO_HELP, Shows.NOT_TO_SAY)
"""Ticked at first: what says nothing about the person."""


class Kindness(StrEnum):
    """Prepared messages, in the order in which they are offered; worded in the language of whoever reads them."""

    THINKING = "thinking"
    HERE = "here"
    PACE = "pace"
    WALK = "walk"
    EVENING = "evening"
    NO_ANSWER = "no_answer"


OFFERED_DAYS: Final = (30, 90, 365)
USUAL_DAYS: Final = 90
LONGEST_WORDS: Final = 200
MOST_WORDS: Final = 5
WITHIN: Final = timedelta(hours=24)
"""At most `MOST_WORDS` messages through one link within this time."""

OWN: Final = "own"
"""What is sent in place of a code for words of one's own."""


@dataclass(frozen=True)
class Chosen:
    """What a person decided about a link. `own_words`: whether words of the reader's own may come; `remind`: whether
    a kind word also comes as a reminder."""

    whom: str
    shows: tuple[Shows, ...]
    days: int
    language: str = ""
    own_words: bool = False
    remind: bool = False


@dataclass(frozen=True)
class Said:
    """What someone close sends: a prepared message, or words of their own (then `code` is None)."""

    code: Kindness | None
    words: str = ""


def read_chosen(given: Mapping[str, str], shows: Iterable[str]) -> Chosen | Refused:
    """Choices from what was typed: `whom`, `days`, `language`, `own_words`, `remind`. Showing nothing is allowed."""
    reasons: list[Reason] = []
    names = list(shows)
    whom = " ".join(given.get("whom", "").split())
    if len(whom) > LONGEST_WHOM or not whom.isprintable():
        reasons.append(Reason("whom", "share_whom", {"most": str(LONGEST_WHOM)}))
    for name in names:
        if name not in {each.value for each in Shows}:
            reasons.append(Reason("shows", "share_unknown", {"name": name[:40]}))
    days = given.get("days", "").strip() or str(USUAL_DAYS)
    if days not in {str(each) for each in OFFERED_DAYS}:
        reasons.append(Reason("days", "supporter_days"))
    language = given.get("language", "")
    if language not in LANGUAGES:
        reasons.append(Reason("language", "share_language"))
    if reasons:
        return Refused(tuple(reasons))
    chosen = tuple(each for each in Shows if each.value in names)
    return Chosen(whom, chosen, int(days), language, bool(given.get("own_words")), bool(given.get("remind")))


def read_said(kind: str, words: str, *, own_words: bool) -> Said | Refused:
    """A prepared message by its code, or words: plain text, at most `LONGEST_WORDS` characters.

    Words are words without `OWN` too; beside a prepared message it is asked which of the two. Where the link does not
    take words of one's own they are refused, whatever was posted.
    """
    plain = plain_text(words) if own_words else ""
    if kind in {each.value for each in Kindness}:
        return Refused.because("kind", "kind_both") if plain else Said(Kindness(kind))
    if not own_words or not (kind == OWN or (kind == "" and plain)):
        return Refused.because("kind", "kind_choose")
    if not plain:
        return Refused.because("words", "kind_words_missing")
    if len(plain) > LONGEST_WORDS:
        return Refused.because("words", "kind_words_long", most=str(LONGEST_WORDS), now=str(len(plain)))
    return Said(None, plain)


def plain_text(text: str) -> str:
    """Text without what cannot be seen or turns it around: controls and formats go, any space or line is one space.

    The joiner inside an emoji (U+200D) stays.
    """
    spaced = "".join(" " if each.isspace() else each for each in text)
    seen = (each for each in spaced if each == "\u200d" or unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co"})
    return " ".join("".join(seen).split()).strip("\u200d ")
