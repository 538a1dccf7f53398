"""Sentences for the refusals of what a phone sends."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "sync_unknown_key": N_("We do not know what this is about."),
    "sync_id": N_("This note has no id of its own."),
    "sync_instant": N_("Write the moment in universal time, like 2027-01-04T20:45:00Z."),
    "sync_plan": N_("This is not one of your plans."),
    "sync_consent_plan": N_("First say yes to keeping your plan and what you took."),
    "sync_consent_diary": N_("First say yes to keeping your nights and symptoms."),
    "sync_too_many_events": N_("These are many changes of a plan at once. Send this one again later."),
    "plan_not_now": N_("On this day your plan does not let this happen. Look at your plan, then choose."),
}
