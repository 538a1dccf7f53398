"""How a day is, in one tap: a level and, if someone likes, a few words. Contract §4, *check_in*.

It stands apart from every questionnaire: no sum, no window, no meaning but the person's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from companion.domain.codes import Reason, Refused

LEVELS: Final = range(1, 6)
"""From 1, difficult, to 5, light."""

LONGEST_WORDS: Final = 4000

_KEYS: Final = ("level", "words")
_NOT_STORABLE: Final = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class CheckIn:
    level: int
    words: str


def read_check_in(data: Mapping[str, object]) -> CheckIn | Refused:
    """A check-in from `{"level": 1-5, "words": TEXT}`. The level may be its digit in a text, as a form sends it;
    words may be empty, null or absent."""
    reasons = [Reason(key[:40], "check_in_unknown_field", {"name": key[:40]}) for key in data if key not in _KEYS]
    level = _level(data.get("level"))
    if level is None:
        reasons.append(Reason("level", "check_in_level"))
    words = "" if data.get("words") is None else data["words"]
    if not isinstance(words, str) or _NOT_STORABLE.search(words):
        reasons.append(Reason("words", "check_in_not_text"))
        words = ""
    words = words.strip().replace("\r\n", "\n").replace("\r", "\n")
    if len(words) > LONGEST_WORDS:
        reasons.append(Reason("words", "check_in_too_long", {"most": str(LONGEST_WORDS)}))
    return Refused(tuple(reasons)) if reasons or level is None else CheckIn(level, words)


def check_in_to_data(check_in: CheckIn) -> dict[str, object]:
    return {"level": check_in.level, "words": check_in.words}


def _level(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value in LEVELS else None
    return int(value) if isinstance(value, str) and value in {str(level) for level in LEVELS} else None
