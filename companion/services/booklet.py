"""The booklet in a language, from `content/<language>/booklet/booklet.md`. No database."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from companion.domain.booklet import Booklet, booklet_from

_FENCE: Final = "+++\n"


@cache
def booklet(language: str) -> Booklet:
    """Raises ValueError when it is not whole."""
    text = (files("companion") / "content" / language / "booklet" / "booklet.md").read_text(encoding="utf-8")
    before, front, body = text.split(_FENCE, 2)
    if before:
        raise ValueError(f"the booklet in {language} does not begin with its front matter")
    return booklet_from(language, tomllib.loads(front), body)
