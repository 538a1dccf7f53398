"""Parts of pages that are the same for everyone in a language, written once."""

from __future__ import annotations

from functools import lru_cache

from flask import current_app, request
from markupsafe import Markup

from companion.i18n.catalogues import Catalogue
from companion.web.locale import current_catalogue


def fixed_part(template: str, **values: str | bool) -> Markup:
    """A template into which nothing goes but the language and `values`: what the house says of itself, and whether
    someone is signed in. Of the page and its person it gets nothing, so nothing of them can stay in it."""
    return _part(current_catalogue(), request.script_root, template, tuple(values.items()))


@lru_cache(maxsize=64)
def _part(_texts: Catalogue, _served_under: str, template: str, values: tuple[tuple[str, str | bool], ...]) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render(dict(values)))  # noqa: S704  # a page of ours
