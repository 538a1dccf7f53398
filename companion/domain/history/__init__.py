"""Dose, nights and symptoms over the same days: the series behind the one picture, its table and looking back.

`value` is what there is to draw · `window` says which days are looked at, and the ones before and after · `taken` is
what was taken where it differs from the plan · `means` are exact means of nights · `rows` are the rows of the table
· `glance` is a range in a few numbers · `look_back` puts then and now side by side.
"""

from companion.domain.history.glance import Glance, glance
from companion.domain.history.look_back import (
    COMPARED_NIGHTS,
    Compared,
    Period,
    Since,
    compare,
    is_offered,
    period,
    usual_since,
)
from companion.domain.history.means import Mean, Sleep, mean_of, sleep_of
from companion.domain.history.rows import HistoryRow, days_per_row, history_rows
from companion.domain.history.taken import Noted, Planned, Taken, TakenDay, taken_otherwise
from companion.domain.history.value import (
    DAY,
    DateRange,
    DoseStep,
    History,
    NightBar,
    SymptomPoint,
    Turn,
    doses_in,
)
from companion.domain.history.window import Horizon, Window, date_range, neighbours

__all__ = [
    "COMPARED_NIGHTS",
    "DAY",
    "Compared",
    "DateRange",
    "DoseStep",
    "Glance",
    "History",
    "HistoryRow",
    "Horizon",
    "Mean",
    "NightBar",
    "Noted",
    "Period",
    "Planned",
    "Since",
    "Sleep",
    "SymptomPoint",
    "Taken",
    "TakenDay",
    "Turn",
    "Window",
    "compare",
    "date_range",
    "days_per_row",
    "doses_in",
    "glance",
    "history_rows",
    "is_offered",
    "mean_of",
    "neighbours",
    "period",
    "sleep_of",
    "taken_otherwise",
    "usual_since",
]
