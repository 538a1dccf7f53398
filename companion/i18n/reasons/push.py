"""Sentences for the refusals around browsers that get messages."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "push_subscription": N_("This browser did not say where messages can reach it."),
    "push_endpoint": N_("We do not know the message service of this browser."),
    "push_keys": N_("The keys this browser gave cannot be right."),
    "push_nobody": N_("No phone gets messages yet. First turn them on here."),
    "push_wait": N_("Enough tests for now. Try again in ten minutes."),
}
