"""A note that someone writes on a calm day, to read on a hard night. One a person; "" where there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from companion.domain.codes import Refused

LONGEST: Final = 1000
"""The most characters: what a tired person reads in a minute or two."""

_NOT_STORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def read_note(typed: str) -> str | Refused:
    """The note with plain line ends and no space around it. Refused: empty, longer than `LONGEST`, or not text."""
    words = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words:
        return Refused.because("words", "calm_note_empty")
    if _NOT_STORABLE.search(words):
        return Refused.because("words", "symptoms_not_text")
    if len(words) > LONGEST:
        return Refused.because("words", "symptoms_text_too_long", most=str(LONGEST))
    return words


def note_to_data(words: str) -> dict[str, Any]:
    return {"words": words}


def note_from_data(data: Mapping[str, Any]) -> str | Refused:
    """The note of an entry, "" where it was taken away. Refused where it is not written as `note_to_data` writes it."""
    words = data.get("words")
    right = isinstance(words, str) and set(data) == {"words"} and (words == "" or read_note(words) == words)
    return str(words) if right else Refused.because("data", "import_damaged")
