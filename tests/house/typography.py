"""French and Dutch typography, as `docs/glossary.md` and the style of the house want it.

French: narrow no-break space (U+202F) before ; ! ? and no-break space (U+00A0) before : and inside « », a
no-break space between a number and mg, ml or %, a real apostrophe, no straight quotes.
Dutch: curly quotes and apostrophes, a no-break space between a number and mg or ml, % right after its number.
Addresses, placeholders, tags, entities, code and clock times are not prose and are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NBSP = "\u00a0"
NARROW = "\u202f"

_NOT_PROSE = (
    (re.compile(r"%%"), "%"),
    (re.compile(r"%\(\w+\)[sdf]|%[sdf]\b|\{\{.*?\}\}|\{\w*\}"), "0"),
    (re.compile(r"```.*?```|`[^`]*`", re.DOTALL), "x"),
    (re.compile(r"</?[a-zA-Z][^>]*>"), ""),
    (re.compile(r"\]\([^)\s]*\)"), "]"),
    (re.compile(r"\b(?:https?|mailto|tel):\S*[^\s.,;:!?»)]"), "x"),
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "x"),
    (
        re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:be|fr|nl|eu|com|org|net|info)\b(?:/(?:\S*[^\s.,;:!?»)])?)?"),
        "x",
    ),
    (re.compile(r"&(?:nbsp|#160|#xA0);", re.IGNORECASE), NBSP),
    (re.compile(r"&(?:#8239|#x202F);", re.IGNORECASE), NARROW),
    (re.compile(r"&(?:\w+|#\d+|#x[0-9a-f]+);", re.IGNORECASE), "x"),
    (re.compile(r"(?<=\d):(?=\d)"), "x"),
)

_RULES = {
    "fr": {
        "narrow no-break space before ; ! ?": re.compile(r"[^\u202f;!?(«\s][;!?]|[^\S\u202f][;!?]"),
        "no-break space before :": re.compile(r"[^\u00a0]:"),
        "no-break space inside « »": re.compile(r"«[^\u00a0]|«$|[^\u00a0]»"),
        "real apostrophe": re.compile(r"'"),
        "« » instead of straight quotes": re.compile(r'"'),
        "no-break space before mg, ml, %": re.compile(r"\d[^\S\u00a0\u202f]*(?:m[gl]\b|%)"),
    },
    "nl": {
        "curly quotes and apostrophes": re.compile(r"[\"']"),
        "no-break space before mg, ml": re.compile(r"\d[^\S\u00a0\u202f]*m[gl]\b"),
        "% right after its number": re.compile(r"\d\s+%"),
    },
}


@dataclass(frozen=True)
class Finding:
    """Which rule, and the few characters around the place."""

    rule: str
    excerpt: str


def findings(text: str, language: str) -> list[Finding]:
    """Everything that is not set as it should be in a text in French (fr) or Dutch (nl)."""
    prose = _prose(text)
    return [
        Finding(rule, prose[max(0, match.start() - 15) : match.end() + 10])
        for rule, pattern in _RULES[language].items()
        for match in pattern.finditer(prose)
    ]


def _prose(text: str) -> str:
    """The text with what is not prose replaced by a letter, or by a digit where a value will stand."""
    for pattern, stand_in in _NOT_PROSE:
        text = pattern.sub(stand_in, text)
    return text
