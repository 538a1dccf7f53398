"""Sentences for the refusals of what is written for a hard night: the wind-down list and the note."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "wind_down_empty": N_("Write what the step is, in a few words."),
    "wind_down_many": N_("The list is full: at most %(most)s steps. Take one off first."),
    "wind_down_gone": N_("This step is not on the list any more. You can put your words on it again."),
    "calm_note_empty": N_("Write something first. To take your note away there is a button below."),
}
