"""Sentences for the refusals of links for someone close, and of what they send."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "supporter_days": N_("Choose how long the link works."),
    "kind_choose": N_("Choose what you want to send."),
    "kind_both": N_("You chose a message and wrote words too. Which of the two do you want to send?"),
    "kind_words_missing": N_("Write a few words, or choose one of the messages."),
    "kind_words_long": N_("There is room for %(most)s characters; this is %(now)s."),
    "kind_gone": N_("This page does not open any more."),
    "kind_enough": N_("That is enough for now: your words have arrived. Tomorrow there is room for more."),
}
