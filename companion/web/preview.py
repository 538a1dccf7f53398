"""Every component in every state, for those who build it. Off in production."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from flask import Blueprint, render_template

from companion.domain.codes import Reason, Refused
from companion.domain.history import DoseStep, History, NightBar, SymptomPoint, Window, date_range
from companion.domain.product import Form as Made
from companion.domain.product import Piece
from companion.services.directory import urgent_lines
from companion.web.dose_view import picture_of, words_of
from companion.web.forms import Form
from companion.web.history_chart import history_chart
from companion.web.locale import current_language

pages = Blueprint("preview", __name__)

NOTICES = (
    "night",
    "symptoms",
    "extra",
    "undone",
    "confirmed",
    "changed",
    "laid-out",
    "ended",
    "bent-stay",
    "bent-back",
    "bent-go-on",
    "bent-hospital",
    "bent-home",
    "passphrase",
    "preferences",
    "consent",
    "erased",
    "new-day",
)
DAY = date(2026, 11, 21)


def _doses() -> list[list[Piece]]:
    half, quarter, one = Decimal("0.5"), Decimal("0.25"), Decimal(1)
    return [
        [Piece(one, Made.TABLET, one, 1), Piece(one, Made.TABLET, half, 1)],
        [Piece(Decimal(2), Made.TABLET, quarter, 1)],
        [Piece(Decimal(5), Made.TABLET, one, 1), Piece(Decimal(2), Made.TABLET, half, 1)],
        [Piece(Decimal(10), Made.CAPSULE, one, 2)],
        [Piece(Decimal("1.8"), Made.MADE_CAPSULE, one, 1)],
        [Piece(one, Made.DROPS, one, 12)],
        [Piece(one, Made.LIQUID, Decimal("2.5"), 1)],
    ]


def _history() -> History:
    nights = tuple(
        NightBar(DAY - timedelta(days=back), 480 - back % 5 * 10, 330 + back % 7 * 12, None)
        for back in range(40, 0, -1)
    )
    steps = (
        DoseStep(DAY - timedelta(days=40), DAY - timedelta(days=20), Decimal(2)),
        DoseStep(DAY - timedelta(days=19), DAY + timedelta(days=10), Decimal("1.8"), stay=True),
    )
    points = tuple(SymptomPoint(DAY - timedelta(days=back), back // 4) for back in (36, 22, 8))
    return History(steps, nights, points)


@pages.get("/preview")
def page() -> str:
    history = _history()
    refused = Refused((Reason("wrong", "dose_nothing"), Reason("choice", "plan_goal_missing")))
    return render_template(
        "preview/preview.html",
        form=Form({"filled": "1,5", "wrong": "0"}, refused),
        notices=NOTICES,
        doses=[(words_of(pieces), picture_of(pieces)) for pieces in _doses()],
        chart=history_chart(history, date_range(Window.ALL, DAY, history), DAY, 40),
        lines=urgent_lines(current_language()),
    )
