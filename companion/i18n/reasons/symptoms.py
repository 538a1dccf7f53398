"""Sentences for the refusals of `companion.domain.instrument`."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "symptoms_unknown_instrument": N_("There is no list of questions called “%(name)s”."),
    "symptoms_other_instrument": N_("These answers belong to another list of questions than “%(name)s”."),
    "symptoms_unknown_field": N_("“%(name)s” is not a question of this list."),
    "symptoms_not_an_answer": N_("Choose one of the answers."),
    "symptoms_not_answers": N_("These answers cannot be read; please give them again."),
    "symptoms_not_text": N_("This text cannot be read; please write it again."),
    "symptoms_text_too_long": N_("This text is too long; it can have at most %(most)s characters."),
    "symptoms_empty": N_("Nothing is answered yet. Answer what you want to keep."),
}
