"""The two catalogues. English source texts; nothing a person reads may stay English."""

from __future__ import annotations

from functools import lru_cache

from babel.support import NullTranslations, Translations

from companion.settings import ROOT

Catalogue = NullTranslations
"""What translates, for whoever hands one on."""

LANGUAGES = ("nl", "fr")
NAMES = {"nl": "Nederlands", "fr": "Français"}


class MissingCatalogue(RuntimeError):
    """The compiled catalogue is not there: `make` compiles it."""


@lru_cache
def catalogue(language: str) -> NullTranslations:
    """The compiled catalogue of a language. Raises MissingCatalogue when it was not compiled."""
    found = Translations.load(ROOT / "translations", [language])
    if not isinstance(found, Translations):
        raise MissingCatalogue(f"No compiled catalogue for {language}: run `make catalogues`.")
    return found
