"""The help lines: who answers, in which language, when, and how certain we are of it.

Source of the numbers: "Belgian facts", 3.1. What is not confirmed has `check`, and is never said as certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

Kind = Literal["emergency", "suicide", "listening", "poison", "on_call"]
Price = Literal["free", "paid", "unknown"]
Confidence = Literal["A", "B"]

READ_IN = ("nl", "fr")
"""Languages in which every line has its texts."""

URGENT_ORDER: tuple[Kind, ...] = ("emergency", "suicide", "listening", "poison", "on_call")
"""What may not wait comes first (issue 2, point 1; Belgian facts, 0.7)."""


@dataclass(frozen=True)
class HelpLine:
    """One number to call. Texts are by the language of the reader; `languages` are those of who answers."""

    id: str
    kind: Kind
    names: Mapping[str, str]
    about: Mapping[str, str]
    number: str
    """As dialled: digits only."""
    shown: str
    """As people read it: the same digits with spaces."""
    languages: tuple[str, ...]
    hours: Mapping[str, str]
    """Empty where they are not confirmed."""
    price: Price
    confidence: Confidence
    """A: at least two sources agree; B: one decent source."""
    checked: date
    check: bool
    """Not confirmed enough to be said as certain."""
    sites: Mapping[str, str]
    """Host names to read on, without a scheme; may be empty."""

    def name_in(self, language: str) -> str:
        return self.names[language]

    def about_in(self, language: str) -> str:
        """In one line what this number is for."""
        return self.about[language]

    def hours_in(self, language: str) -> str:
        """When somebody answers, "" where we do not know it for certain."""
        return self.hours.get(language, "")

    def site_in(self, language: str) -> str:
        """A host name, "" where there is none."""
        return self.sites.get(language, "")

    @property
    def dial(self) -> str:
        """The address for a link that calls."""
        return f"tel:{self.number}"


def urgent_lines(directory: Iterable[HelpLine], language: str) -> tuple[HelpLine, ...]:
    """The order of the urgent page: kind by kind, and in a kind the lines that answer in this language first.

    Otherwise the order of the directory stays. No line is left out: people call in the language they feel in.
    """
    return tuple(sorted(directory, key=lambda line: (URGENT_ORDER.index(line.kind), language not in line.languages)))


def directory_from(content: Mapping[str, Any]) -> tuple[HelpLine, ...]:
    """The lines of a parsed `directory.toml`. Raises ValueError where it is not whole: our bug."""
    lines = tuple(_line(entry, content["checked"]) for entry in content["line"])
    if len({line.id for line in lines}) != len(lines):
        raise ValueError("two help lines have the same id")
    return lines


def _line(entry: Mapping[str, Any], checked: date) -> HelpLine:
    line = HelpLine(
        id=entry["id"],
        kind=cast(Kind, _one_of(entry["kind"], get_args(Kind))),
        names=entry["names"],
        about=entry["about"],
        number=entry["number"],
        shown=entry["shown"],
        languages=tuple(entry["languages"]),
        hours=entry.get("hours", {}),
        price=cast(Price, _one_of(entry["price"], get_args(Price))),
        confidence=cast(Confidence, _one_of(entry["confidence"], get_args(Confidence))),
        checked=entry.get("checked", checked),
        check=entry["check"],
        sites=entry.get("sites", {}),
    )
    _must_be_whole(line)
    return line


def _one_of(word: str, words: tuple[str, ...]) -> str:
    if word not in words:
        raise ValueError(f"{word!r} is not one of {', '.join(words)}")
    return word


def _must_be_whole(line: HelpLine) -> None:
    """A number that cannot be dialled, or a text that stands in one language only, may not reach the page."""
    if not line.number.isdecimal() or line.shown.replace(" ", "") != line.number:
        raise ValueError(f"the number of {line.id!r} is not what is shown")
    for texts in (line.names, line.about, line.hours or line.names, line.sites or line.names):
        if set(texts) != set(READ_IN) or not all(texts.values()):
            raise ValueError(f"a text of {line.id!r} is missing in {' or '.join(READ_IN)}")
