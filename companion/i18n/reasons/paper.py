"""Sentences for the refusals around paper, boxes and supply."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "paper_month": N_("Choose one of these months."),
    "paper_months_turned": N_("The last month comes before the first."),
    "paper_language": N_("Choose Dutch, French or both."),
    "paper_plan": N_("Choose one of your plans."),
    "paper_amount_needed": N_("Give the amount, or choose another answer."),
    "paper_two_answers": N_("You chose “as planned” and typed an amount. Which of the two is it?"),
    "paper_choice": N_("Choose one of the answers."),
    "paper_meanwhile": N_("Something was noted here in the meantime. Look at it, then choose again."),
    "supply_date": N_("Give a date such as %(example)s."),
    "supply_date_past": N_("Give today or a later day."),
    "supply_date_future": N_("Give today or an earlier day."),
    "supply_date_far": N_("Give a day within the next ten years."),
    "supply_nothing": N_("Give at least one number."),
    "supply_whole": N_("Give a whole number."),
    "box_label": N_("Give the milligrams on the label."),
}
