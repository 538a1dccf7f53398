"""Find claims and avoided words in a text. The rules are data: `companion/content/claims.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from tests.house.reading import CONTENT

_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_NEW_BLOCK = re.compile(r"\n\s*(?:\n|[-*+#>]\s?|\d+\.\s)")
_INVISIBLE = str.maketrans({"\u00ad": None, "\u200b": None, "*": None, "`": None, "_": " ", "’": "'", "ʼ": "'"})


@dataclass(frozen=True)
class Finding:
    """What was found, as it stands in the text, and why it may not stand there."""

    kind: Literal["claim", "word"]
    found: str
    reason: str


@dataclass(frozen=True)
class Rule:
    kind: Literal["claim", "word"]
    pattern: re.Pattern[str]
    reason: str
    example: str


@dataclass(frozen=True)
class Rules:
    """The rules of one language."""

    allowed: tuple[re.Pattern[str], ...]
    negated_before: re.Pattern[str]
    negated_after: re.Pattern[str]
    rules: tuple[Rule, ...]


@cache
def rules_of(language: str) -> Rules:
    """The rules for nl, fr or en, from claims.toml."""
    given = tomllib.loads((CONTENT / "claims.toml").read_text(encoding="utf-8"))[language]
    return Rules(
        allowed=tuple(map(_pattern, given["allowed"])),
        negated_before=_pattern(given["negation"]["before"]),
        negated_after=_pattern(given["negation"]["after"]),
        rules=(
            *(_rule("claim", rule) for rule in given["claim"]),
            *(_rule("word", rule) for rule in given["word"]),
        ),
    )


def _rule(kind: Literal["claim", "word"], rule: dict[str, Any]) -> Rule:
    return Rule(kind, _pattern(rule["pattern"]), rule["reason"], rule["example"])


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def find_claims(text: str, language: str) -> list[Finding]:
    """Every claim and every avoided word in a text of this language (nl, fr or en)."""
    rules = rules_of(language)
    plain = _plain(text)
    for allowed in rules.allowed:
        plain = allowed.sub("|", plain)
    return [
        Finding(rule.kind, match.group(), rule.reason)
        for rule in rules.rules
        for match in rule.pattern.finditer(plain)
        if not (rule.kind == "claim" and _negated(plain, match, rules))
    ]


def _negated(plain: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether the sentence says that it is not so: "geneest niets", "ne traite pas", "is not a treatment"."""
    before, after = plain[: match.start()], plain[match.end() :]
    return bool(rules.negated_before.search(before) or rules.negated_after.search(after))


def _plain(text: str) -> str:
    """The words alone: no tags or emphasis, one kind of space and apostrophe, `|` between blocks."""
    blocks = _NEW_BLOCK.sub(" | ", _TAG.sub("", text))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", blocks).translate(_INVISIBLE))
