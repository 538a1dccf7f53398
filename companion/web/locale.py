"""The language of a request: the person's, else the one chosen before, else the browser's, else Dutch."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Flask, abort, g, request, session
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from companion.i18n.catalogues import LANGUAGES, Catalogue, catalogue
from companion.services.set_preferences import set_language
from companion.web.house import store
from companion.web.readers import for_a_reader
from companion.web.redirect import local_path, see_other

pages = Blueprint("locale", __name__)

FOR_EVERYONE = {"help_now.page", "get_up.page", "offline.nothing", "offline.not_sent"}
"""Pages a phone keeps in both languages: their address may name one."""


def current_language() -> str:
    if "language" not in g:
        g.language = _choose()
    language: str = g.language
    return language


def _choose() -> str:
    if request.endpoint in FOR_EVERYONE and request.args.get("language") in LANGUAGES:
        return request.args["language"]
    if for_a_reader():  # a reader's own choice, whoever is signed in here
        asked = _asked()
        return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    if current_user.is_authenticated:
        language: str = current_user.person.language
        return language
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def _asked() -> str:
    """The language a reader asks for, in the address or with a button; a form too large to be read asks for none."""
    try:
        return request.values.get("language", "")
    except RequestEntityTooLarge:
        return request.args.get("language", "")


def current_catalogue() -> Catalogue:
    return catalogue(current_language())


def translate(message: str) -> str:
    return current_catalogue().gettext(message)


@lru_cache(maxsize=4096)
def _sentence(texts: Catalogue, message: str) -> Markup:
    """A whole sentence of a template, translated: one of ours, the same for everyone."""
    return Markup(texts.gettext(message)) % {}  # noqa: S704


@pass_eval_context
def _say(written: EvalContext, message: str, **values: object) -> str:
    """The `_` of templates, as Jinja's own says it. A page says a hundred sentences: those with nothing to fill in are
    looked up once for each language."""
    if not written.autoescape:
        return translate(message) % values
    if values:
        return Markup(translate(message)) % values  # noqa: S704  # our sentence; Markup escapes the values
    return _sentence(current_catalogue(), message)


def translate_plural(one: str, many: str, count: int) -> str:
    return catalogue(current_language()).ngettext(one, many, count)


def prepare(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(translate, translate_plural, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = _say
    app.jinja_env.policies["ext.i18n.trimmed"] = True


@pages.post("/language")
def choose_language() -> Response:
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        abort(422)
    session.permanent = True
    session["language"] = language
    if current_user.is_authenticated:
        set_language(store(), current_user.person, language)
    return see_other(local_path(request.form.get("next", ""), "/"))
