"""Sentences for the refusals of `companion.domain.check_in`."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "check_in_unknown_field": N_("“%(name)s” is not part of how a day is."),
    "check_in_level": N_("Choose one of the five steps, from hard to light."),
    "check_in_not_text": N_("This text cannot be read; please write it again."),
    "check_in_words_too_long": N_("This text is too long; it can have at most %(most)s characters."),
}
