"""Sentences for the refusals of `companion.domain.plan`."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    # What was typed
    "plan_missing": N_("This is still needed."),
    "plan_unknown_key": N_("This is not a part of a plan."),
    "plan_not_object": N_("This must be a group of named values."),
    "plan_not_list": N_("This must be a list."),
    "plan_list_empty": N_("Fill in at least one."),
    "plan_list_too_long": N_("There can be at most %(most)s of these."),
    "plan_not_one_of": N_("Choose one of these: %(words)s."),
    "plan_not_short_text": N_("Write a text of at most %(most)s characters."),
    "plan_not_true_or_false": N_("Choose yes or no."),
    "plan_not_amount": N_("Write an amount in digits, at most six before and six after the decimal point, like 0.5."),
    "plan_not_above_zero": N_("This must be more than 0."),
    "plan_not_whole_number": N_("Write a whole number from %(least)s to %(most)s."),
    "plan_not_date": N_("Write the date as year, month and day, like 2027-01-04."),
    "plan_no_such_date": N_("This date does not exist."),
    "plan_moment_twice": N_("Each moment of the day can be there only once."),
    "plan_no_moment": N_("Fill in the dose for at least one moment of the day."),
    # Products
    "plan_made_capsule_alone": N_("Capsules made by the pharmacist stand alone in a plan, without other products."),
    "plan_too_many_ways": N_("These products fit together in too many ways for us to work out; leave one out."),
    "plan_cannot_make": N_(
        "%(dose)s mg cannot be made with these products; the nearest are %(below)s mg and %(above)s mg."
    ),
    # Goal and pace
    "plan_target_not_below": N_("The target must be below the dose of now, %(current)s mg a day."),
    "plan_no_pace": N_("A plan to stay stable has no pace."),
    "plan_percent_outside": N_("Write a percentage above 0 and below 100."),
    "plan_last_dose_needed": N_("Write the last dose: with these products a percentage alone never gets to the goal."),
    "plan_last_dose_outside": N_(
        "The last dose must be above %(target)s mg and below the dose of now, %(current)s mg a day."
    ),
    "plan_last_dose_unused": N_("Only a pace in percent or in mg has a last dose."),
    "plan_last_row_not_target": N_("The last step must be the target, %(target)s mg a day."),
    "plan_percents_needed": N_("Write the percentages of the %(steps)s steps; no official table is known to us."),
    "plan_percents_not_steps": N_("Write one percentage for each of the %(steps)s steps."),
    "plan_percents_rise": N_("A percentage can be at most 100 and not above the one before."),
    "plan_programme_capsules": N_("The programme is for capsules made by the pharmacist."),
    "plan_programme_one_moment": N_("The programme is for one moment a day."),
    "plan_too_many_rows": N_("This plan would have more than %(most)s steps. That is more than we can lay out."),
    "plan_too_long": N_("This plan would last more than %(most)s days or go past the year 9999."),
    # Events
    "plan_event_before_start": N_("This is before the plan starts, on %(first_day)s."),
    "plan_event_after_end": N_("This is after the last day of the plan, %(last_day)s."),
    "plan_event_without_rows": N_("This plan has no days with a dose."),
    "plan_nothing_open": N_("No stay without an end is open on this day."),
    "plan_go_on_skips_row": N_("This step starts on the same day; going on now would skip it."),
    "plan_nothing_above": N_("There is no higher dose in the plan to step back to."),
    "plan_back_days_needed": N_("Write how many days the step back lasts."),
    # Rows larger than asked
    "plan_larger_alone": N_(
        "Step %(steps)s is larger than you asked. Choose for it on its own: untick it here, or untick the others."
    ),
    "plan_larger_choose": N_(
        "Step %(steps)s is larger than you asked. First choose: other products, more time, or this cut after all."
    ),
}
