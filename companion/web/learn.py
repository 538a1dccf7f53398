"""Reading: the articles in the clover, one article, and looking for one. For everyone, signed in or not."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from flask import Blueprint, abort, render_template, request
from markdown_it import MarkdownIt
from markupsafe import Markup

from companion.domain.article import Article, leaves, neighbours
from companion.services import articles
from companion.web.clover import leaves_in_use
from companion.web.locale import current_language

pages = Blueprint("learn", __name__)

LONGEST: Final = 200
"""Letters of what is looked for that are read."""

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})


@pages.get("/learn")
def page() -> str:
    known = articles.in_leaves(current_language())
    return render_template("learn/learn.html", leaves=leaves(known), in_use=leaves_in_use(), **_looked_for(""))


@pages.get("/learn/search")
def search() -> str:
    return render_template("learn/search.html", **_looked_for(request.args.get("q", "")[:LONGEST].strip()))


@pages.get("/learn/<slug>")
def article(slug: str) -> str:
    found = articles.article(current_language(), slug)
    if found is None:
        abort(404)
    before, after = neighbours(articles.in_leaves(current_language()), found)
    return render_template("learn/article.html", article=found, before=before, after=after, prose=prose(found))


def _looked_for(typed: str) -> dict[str, Any]:
    language = current_language()
    return {
        "typed": typed,
        "found": articles.search(language, typed) if typed else (),
        "urgent": articles.asks_for_help(language, typed),
        "shelf": articles.shelf(language),
    }


@cache
def prose(text: Article) -> Markup:
    """The text of an article as HTML. It is ours, and tags in it are shown as they stand."""
    return Markup(_MARKDOWN.render(text.markdown))  # noqa: S704
