"""Writing a part of a page in another language than the person's: paper for a pharmacist or a partner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g, get_template_attribute
from markupsafe import Markup

from companion.web.locale import current_language


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Everything that is worded inside the block is worded in `language`."""
    before = current_language()
    g.language = language
    try:
        yield
    finally:
        g.language = before


def macro_in(language: str, template: str, macro: str, *values: object) -> Markup:
    """What a macro makes of these values in a language."""
    with in_language(language):
        written: Markup = get_template_attribute(template, macro)(*values)
        return written
