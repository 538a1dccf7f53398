"""A night of the sleep diary: what was told, when it was, what follows from it, and the mean of many.

`value` is the night as told · `row` and `marks` are the painted day · `drawn` says what a row means in answers,
`drawn_from` what answers look like as a row, `one_record` keeps the two one night · `moments` puts clock times on
real instants · `figures` measures a night · `summary` takes means, `usual` medians · `fields` reads it from forms and
CSV files, `data` from JSON, and writes it · `lived` reads a kept one back, wherever the person lives now.
"""

from companion.domain.night.data import night_from_data, night_to_data, night_to_fields
from companion.domain.night.drawn import answers_from_drawn
from companion.domain.night.drawn_from import drawn_from_night, row_begins
from companion.domain.night.fields import (
    DATA_FIELDS,
    TIMES_AND_NUMBERS,
    TYPED_FIELDS,
    read_night,
    read_wake_date,
)
from companion.domain.night.figures import NightFigures, figures, one_decimal
from companion.domain.night.lived import LivedNight, lived_night
from companion.domain.night.moments import possible_moments
from companion.domain.night.summary import FEWEST_TO_COMPARE, NightSummary, circular_mean, summarise
from companion.domain.night.usual import USUAL_DAYS, usual_night
from companion.domain.night.value import (
    NO_SLEEP,
    NOON,
    DrawnRow,
    Mark,
    MarkKind,
    Night,
    NoSleep,
    SleepOnset,
)

__all__ = [
    "DATA_FIELDS",
    "FEWEST_TO_COMPARE",
    "NOON",
    "NO_SLEEP",
    "TIMES_AND_NUMBERS",
    "TYPED_FIELDS",
    "USUAL_DAYS",
    "DrawnRow",
    "LivedNight",
    "Mark",
    "MarkKind",
    "Night",
    "NightFigures",
    "NightSummary",
    "NoSleep",
    "SleepOnset",
    "answers_from_drawn",
    "circular_mean",
    "drawn_from_night",
    "figures",
    "lived_night",
    "night_from_data",
    "night_to_data",
    "night_to_fields",
    "one_decimal",
    "possible_moments",
    "read_night",
    "read_wake_date",
    "row_begins",
    "summarise",
    "usual_night",
]
