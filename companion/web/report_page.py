"""A report as it is worded: one template for the page and for the paper, in either language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from companion.domain.history import Mean, Sleep
from companion.domain.history.means import enough
from companion.domain.share import Section
from companion.services import instruments
from companion.services.history import SYMPTOM_LIST
from companion.services.report import Medicine, Report
from companion.web import dose_view
from companion.web.history_axis import ALL_PARTS
from companion.web.history_chart import HistoryChart, history_chart, minutes, percent
from companion.web.in_language import macro_in
from companion.web.locale import current_language
from companion.web.sheet import sums_of

LONG_WORDS = 250
"""Questions in own words that are longer stand whole on the next sheet; the first sheet says how they begin."""

PARTS = {"dose": Section.PLAN, "nights": Section.NIGHTS, "symptoms": Section.SYMPTOMS}


@dataclass(frozen=True)
class About:
    """For whom it is and until when; "" and None where the person looks at it themselves."""

    whom: str
    ends_at: datetime | None
    zone: Any
    app: str


def report_page(report: Report, about: About, language: str, chart: HistoryChart | None = None) -> Markup:
    """The report as markup in a language. `chart`: its picture, where it is there already."""
    view = view_of(report, about, chart or chart_of(report))
    return macro_in(language, "shared/report.html", "report_page", report, view)


def picture(chart: HistoryChart | None, language: str) -> Markup:
    """Only the one picture; empty where nothing of it was granted."""
    return macro_in(language, "history/chart.html", "picture", chart, "report") if chart else Markup("")


def picture_words(chart: HistoryChart | None, language: str) -> str:
    """What the picture shows, in sentences."""
    return " ".join(macro_in(language, "history/chart_words.html", "words", chart).split()) if chart else ""


def chart_of(report: Report) -> HistoryChart | None:
    parts = frozenset(name for name in ALL_PARTS if PARTS[name] in report.sections)
    if not parts:
        return None
    top = instruments.load(SYMPTOM_LIST).top_score
    return history_chart(report.history, report.days, report.days.last_day, top, parts)


def view_of(report: Report, about: About, chart: HistoryChart | None) -> dict[str, Any]:
    """What the template needs beside the facts: the picture, and how doses, units and means are written."""
    words = report.asked.words if report.asked else ""
    return {
        "chart": chart,
        "about": about,
        "taken": _taken,
        "needs": _needs,
        "sleep": _sleep,
        "begins": " ".join(words[:LONG_WORDS].split()) if _is_long(words) else "",
    }


def _is_long(words: str) -> bool:
    return len(words) > LONG_WORDS or words.count("\n") > 3


def _taken(stretch: Any) -> list[tuple[str, str]]:
    """(moment, words) of a day."""
    return [(moment.value, dose_view.words_of(dose.pieces)) for moment, dose in stretch.moments.items()]


def _needs(medicine: Medicine) -> list[str]:
    return [each.words for each in sums_of(medicine.needs, current_language())]


def _sleep(sleep: Sleep) -> dict[str, Any]:
    """Means of enough nights, rounded once; None where there are too few."""

    def told(mean: Mean | None) -> Mean | None:
        return enough(mean)

    return {
        "asleep": minutes(told(sleep.tst_min)),
        "in_bed": minutes(told(sleep.tib_min)),
        "efficiency": percent(told(sleep.se_percent)),
    }
