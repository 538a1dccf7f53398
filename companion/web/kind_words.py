"""A kind word as it is read."""

from __future__ import annotations

from companion.domain.supporter import Kindness
from companion.i18n.kindness import kindness
from companion.storage.kind_words import KindWord
from companion.web.locale import translate


def said_by(word: KindWord) -> str:
    """What was sent, a prepared message in the language of this page."""
    return kindness(word.code, translate) if word.code else word.words


def offered_words(offered: list[Kindness]) -> list[tuple[str, str]]:
    """(code, message) in the language of this page."""
    return [(each.value, kindness(each, translate)) for each in offered]
