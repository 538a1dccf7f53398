"""Sentences for the refusals around changing and confirming a plan."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "plan_row_over": N_("This step is over. What was lived does not change."),
    "plan_row_began": N_("This step has begun. Change it instead."),
    "plan_row_only": N_("A plan needs at least one step. You can end the plan instead."),
    "plan_row_open": N_("The step before has no end. Give it a number of days first."),
    "plan_row_ends_before_today": N_("This step has begun already: it lasts at least %(least)s days."),
    "plan_row_days": N_("Give a number of days: 1 or more."),
    "plan_row_empty": N_("Give the amount for at least one moment."),
    "plan_row_missing": N_("Fill in at least one step."),
    "plan_changed_meanwhile": N_("Your plan changed in the meantime. Read it again, then choose."),
    "plan_nothing_chosen": N_("Choose at least one step to confirm."),
    "plan_medicine_long": N_("Give the name of your medicine in at most 80 characters."),
    "plan_target_missing": N_("Give how much a day you want to reduce to."),
    "plan_medicine_missing": N_("Give the name of your medicine."),
    "plan_products_missing": N_("Choose at least one product, or type one."),
    "plan_product_strength": N_("Give how many milligrams are in one."),
    "plan_goal_missing": N_("Choose what you want. You can change it later."),
    "plan_target_below": N_("Give an amount below what you take now (%(current)s mg)."),
    "plan_how_missing": N_("Choose how you want to lay out your steps."),
    "plan_start": N_("Give the first day, such as %(example)s."),
    "plan_frame": N_("Choose the number of steps and the days for each."),
    "plan_percents_missing": N_("Copy the percentages of the %(steps)s steps from your doctor’s form."),
    "plan_percent": N_("Give a percentage from 1 to 100."),
    "plan_draft_gone": N_("Something is missing from your answers. Start again with your medicine."),
}
