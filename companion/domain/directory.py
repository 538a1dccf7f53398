"""The help lines: who answers, in which language, when, for what price, and how certain we are of it.

Source of the numbers and addresses: "Belgian facts", 3.1 to 3.4. What is not confirmed has `check`, and is never said
as certain; what does not exist yet in Belgium (an advice line, a buddy, a list of professionals) is not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, cast, get_args

Kind = Literal["emergency", "suicide", "listening", "poison", "on_call", "medicines", "care", "peers"]
Region = Literal["belgium", "netherlands"]
Price = Literal["free", "paid", "unknown"]
Confidence = Literal["A", "B"]

READ_IN = ("nl", "fr")
"""Languages in which every line has its texts."""

URGENT_ORDER: tuple[Kind, ...] = ("emergency", "suicide", "listening", "poison", "on_call")
"""What may not wait comes first (issue 2, point 1; Belgian facts, 0.7)."""

LATER_ORDER: tuple[Kind, ...] = ("medicines", "care", "peers")
"""What can wait until tomorrow."""


@dataclass(frozen=True)
class HelpLine:
    """Somewhere to turn to: a number, a site, or a text that says how. Texts are by the language of the reader;
    `languages` are those of who answers."""

    id: str
    kind: Kind
    names: Mapping[str, str]
    about: Mapping[str, str]
    number: str
    """As dialled: digits only; "" where there is none, or none that we are sure of."""
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
    online: Mapping[str, str]
    """What else the site has (chat, mail); may be empty."""
    region: Region = "belgium"
    site_names: Mapping[str, str] = field(default_factory=dict)
    """How the link to a site is called where its address says nothing; may be empty."""
    article: str = ""
    """The slug of an article that says how it works."""

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

    def site_name_in(self, language: str) -> str:
        """What the link to the site is called: its name, or its address."""
        return self.site_names.get(language, "") or self.site_in(language)

    def online_in(self, language: str) -> str:
        """What else one finds on the site, "" where that is not known."""
        return self.online.get(language, "")

    @property
    def dial(self) -> str:
        """The address for a link that calls."""
        return f"tel:{self.number}"


def urgent_lines(directory: Iterable[HelpLine], language: str) -> tuple[HelpLine, ...]:
    """The order of the urgent page: kind by kind, and in a kind the lines that answer in this language first.

    Otherwise the order of the directory stays. No line is left out: people call in the language they feel in.
    """
    return _ordered(directory, URGENT_ORDER, language)


def later_lines(directory: Iterable[HelpLine], language: str) -> tuple[HelpLine, ...]:
    """What can wait: questions about medicines, care, and others who know this; ordered in the same way."""
    return _ordered(directory, LATER_ORDER, language)


def _ordered(directory: Iterable[HelpLine], kinds: tuple[Kind, ...], language: str) -> tuple[HelpLine, ...]:
    found = (line for line in directory if line.kind in kinds)
    return tuple(sorted(found, key=lambda line: (kinds.index(line.kind), language not in line.languages)))


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
        number=entry.get("number", ""),
        shown=entry.get("shown", ""),
        languages=tuple(entry["languages"]),
        hours=entry.get("hours", {}),
        price=cast(Price, _one_of(entry["price"], get_args(Price))),
        confidence=cast(Confidence, _one_of(entry["confidence"], get_args(Confidence))),
        checked=entry.get("checked", checked),
        check=entry["check"],
        sites=entry.get("sites", {}),
        online=entry.get("online", {}),
        region=cast(Region, _one_of(entry.get("region", "belgium"), get_args(Region))),
        site_names=entry.get("site_names", {}),
        article=entry.get("article", ""),
    )
    _must_be_whole(line)
    return line


def _one_of(word: str, words: tuple[str, ...]) -> str:
    if word not in words:
        raise ValueError(f"{word!r} is not one of {', '.join(words)}")
    return word


def _must_be_whole(line: HelpLine) -> None:
    """A number that cannot be dialled, or a text that stands in one language only, may not reach the page."""
    if line.shown.replace(" ", "") != line.number or (line.number and not line.number.isdecimal()):
        raise ValueError(f"the number of {line.id!r} is not what is shown")
    if not (line.number or line.article or (line.sites and line.kind in LATER_ORDER)):
        raise ValueError(f"there is no way to reach {line.id!r}")
    may_be_empty = (line.hours, line.sites, line.site_names, line.online)
    for texts in (line.names, line.about, *(each or line.names for each in may_be_empty)):
        if set(texts) != set(READ_IN) or not all(texts.values()):
            raise ValueError(f"a text of {line.id!r} is missing in {' or '.join(READ_IN)}")
