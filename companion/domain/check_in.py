"""How a day is, in one tap: five steps from hard to light, and a few words for who wants to.

Something else than a symptom list: no sum, no window, and it never counts in one (facts/instruments.md §1.1
"How often?"). The JSON data is that of contract §4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from companion.domain.codes import Reason, Refused

LEVELS: Final = range(1, 6)
"""1 is hard, 5 is light."""

LONGEST_WORDS: Final = 4000
"""The most characters of the words beside it."""

_KEYS: Final = frozenset({"level", "words"})
_NOT_STORABLE: Final = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class CheckIn:
    """`level` 1 (hard) to 5 (light), `words` what the person wrote beside it, "" when nothing."""

    level: int
    words: str = ""


def read_check_in(data: Mapping[str, object]) -> CheckIn | Refused:
    """A check-in from the data `{"level": 1–5, "words": TEXT}`.

    The level may be a number or its digit in a text, as a form sends it; `words` may be absent or null. Refused with
    a reason for every field that is wrong; unknown keys are refused.
    """
    reasons = [Reason(key[:60], "check_in_unknown_field", {"name": key[:40]}) for key in data if key not in _KEYS]
    level = _level(data.get("level"))
    if level is None:
        reasons.append(Reason("level", "check_in_level"))
    words = data.get("words")
    text = "" if words is None else words
    if not isinstance(text, str) or _NOT_STORABLE.search(text):
        reasons.append(Reason("words", "check_in_not_text"))
        text = ""
    text = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_WORDS:
        reasons.append(Reason("words", "check_in_words_too_long", {"most": str(LONGEST_WORDS)}))
    if reasons or level is None:
        return Refused(tuple(reasons))
    return CheckIn(level, text)


def check_in_to_data(check_in: CheckIn) -> dict[str, object]:
    """The JSON data of a check-in."""
    return {"level": check_in.level, "words": check_in.words}


def _level(given: object) -> int | None:
    if isinstance(given, str):
        return next((level for level in LEVELS if str(level) == given), None)
    return given if isinstance(given, int) and not isinstance(given, bool) and given in LEVELS else None
