"""Sentences for the refusals of links for others."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "share_nothing": N_("Tick at least one thing to show."),
    "share_unknown": N_("“%(name)s” is not something that can be shown."),
    "share_consent": N_(
        "You do not let us keep this any more, so it cannot be shown. You can change that under “What we may keep”."
    ),
    "share_whom": N_("Write for whom it is in at most %(most)s characters, on one line."),
    "share_back": N_("Choose how far back."),
    "share_days": N_("Write a number of days from 1 to %(most)s."),
    "share_language": N_("Choose a language."),
    "share_pin": N_("A PIN has 4 to 8 digits."),
    "share_pin_wrong": N_("This PIN is not right. Ask the person who gave you this link."),
    "share_pin_wait": N_("The PIN was tried a few times. Wait %(minutes)s min, then try again."),
    "share_pin_locked": N_("The PIN was tried too often. Ask the person for a new link."),
}
