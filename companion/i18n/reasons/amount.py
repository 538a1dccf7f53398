"""Sentences for the refusals of `companion.domain.amount`."""

from collections.abc import Mapping

from companion.i18n.marker import N_

SENTENCES: Mapping[str, str] = {
    "amount_empty": N_("Write an amount, like 0.5."),
    "amount_two_readings": N_("Do you mean %(first)s or %(second)s?"),
    "amount_not_understood": N_("Write the amount in digits only, like 10, 0.5 or 1 1/2."),
    "amount_fraction": N_("The fractions we know are 1/2, 1/4 and 3/4; write another one with a decimal point."),
    "amount_too_large": N_("Write at most six digits before the decimal point."),
    "amount_too_fine": N_("Write at most six digits after the decimal point."),
}
