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
    "plan_row_before_today": N_("This step can start at most %(most)s days earlier."),
    "plan_no_more_time": N_("The step before this one cannot last longer any more. Choose something else."),
    "plan_pace_kind": N_("Choose how you want to go down."),
    "plan_moment_order": N_("Choose one of the moments at which you take something."),
    "doctor_first_answer": N_("Answer with no, yes or not sure."),
    "doctor_first_knows": N_("Tick that your prescriber knows this, or type the steps of your doctor."),
    "plan_draft_gone": N_("Something is missing from your answers. Start again with your medicine."),
    # Living with a plan
    "plan_waits": N_("The plan waits while others give your medicine. Say first that you are home."),
    "plan_not_waiting": N_("The plan is not waiting."),
    "plan_go_on_first": N_("You stay at this dose until you go on. Go on first, then change the steps."),
    "plan_day_over": N_("This day is over. What was lived does not change."),
    "plan_bend_days": N_("Give a number of days from 1 to 3660."),
    "plan_bend_day": N_("Give a day, such as %(example)s."),
    "plan_rises_apart": N_("The step of %(mg)s mg goes up. Confirm it on its own, after reading it."),
    # Writing down before choosing a steady dose
    "steady_amount": N_("Give an amount. Nothing that day is 0."),
    "steady_day": N_("Choose today or one of the days before."),
}
