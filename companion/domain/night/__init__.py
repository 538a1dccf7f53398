"""A night of the sleep diary: what was told, when it was, what follows from it, and the mean of many.

`value` is the night as told · `moments` puts its clock times on real instants · `figures` measures it ·
`summary` takes means · `fields` reads it from forms, CSV files and JSON, and writes it as JSON.
"""

from companion.domain.night.fields import (
    DATA_FIELDS,
    TIMES_AND_NUMBERS,
    night_from_data,
    night_to_data,
    read_night,
    read_wake_date,
)
from companion.domain.night.figures import NightFigures, figures, one_decimal
from companion.domain.night.summary import NightSummary, circular_mean, summarise
from companion.domain.night.value import NO_SLEEP, Night, NoSleep, SleepOnset

__all__ = [
    "DATA_FIELDS",
    "NO_SLEEP",
    "TIMES_AND_NUMBERS",
    "Night",
    "NightFigures",
    "NightSummary",
    "NoSleep",
    "SleepOnset",
    "circular_mean",
    "figures",
    "night_from_data",
    "night_to_data",
    "one_decimal",
    "read_night",
    "read_wake_date",
    "summarise",
]
