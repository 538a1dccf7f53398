"""Sentences for the refusals around noting a dose."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "dose_nothing": N_("Give an amount above 0."),
    "dose_time": N_("Give a time such as 22:50."),
    "dose_future": N_("This time has not been yet."),
}
