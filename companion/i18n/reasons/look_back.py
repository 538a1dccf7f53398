"""Sentences for the refusals of looking back."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "look_back_unknown": N_("Choose from these questions, or type your own."),
}
