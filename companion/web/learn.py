"""Reading: the articles in the four leaves of the clover, and one article. For everyone, signed in or not."""

from __future__ import annotations

from functools import cache
from typing import Final

from flask import Blueprint, abort, render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

from companion.domain.article import Article, leaves
from companion.services import articles
from companion.web.locale import current_language

pages = Blueprint("learn", __name__)

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})


@pages.get("/learn")
def page() -> str:
    return render_template("learn/learn.html", leaves=leaves(articles.articles(current_language())))


@pages.get("/learn/<slug>")
def article(slug: str) -> str:
    found = articles.article(current_language(), slug)
    if found is None:
        abort(404)
    return render_template("learn/article.html", article=found, prose=prose(found))


@cache
def prose(text: Article) -> Markup:
    """The text of an article as HTML. It is ours, and tags in it are shown as they stand."""
    return Markup(_MARKDOWN.render(text.markdown))  # noqa: S704
