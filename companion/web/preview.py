"""Every component in every state, for those who build it. Off in production."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Blueprint, render_template

from companion.domain.codes import Reason, Refused
from companion.domain.entry import Entry, Kind
from companion.domain.history import (
    DateRange,
    DoseStep,
    History,
    NightBar,
    SymptomPoint,
    Taken,
    TakenDay,
    Turn,
)
from companion.domain.product import Form as Made
from companion.domain.product import Piece
from companion.services import instruments
from companion.services.articles import article
from companion.services.directory import urgent_lines
from companion.services.log_check_in import kept_check_in
from companion.services.log_symptoms import kept_list
from companion.services.offer_text import rules
from companion.services.over_time import beside_each_other
from companion.web.dose_view import picture_of, words_of
from companion.web.forms import Form
from companion.web.history_chart import history_chart
from companion.web.locale import current_language
from companion.web.preview_messages import preview_messages
from companion.web.sums_picture import sums_picture

pages = Blueprint("preview", __name__)

NOTICES = (
    "night",
    "symptoms",
    "questions",
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
    "reminder-on",
    "reminder-off",
    "mail-off",
    "quiet-yes",
    "quiet-no",
    "word-kept",
)
BROKEN = (404, 403, 409, 413, 500, 503, 400)
"""The codes of answers that have words of their own, and one that has not."""
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


def _ago(days: int) -> date:
    return DAY - timedelta(days=days)


def _history() -> History:
    nights = tuple(
        NightBar(_ago(back), 480 - back % 5 * 10, 330 + back % 7 * 12, Fraction(60 + back % 9 * 3), 15 < back < 20)
        for back in range(40, 0, -1)
    )
    return History(
        doses=(
            DoseStep(_ago(40), _ago(28), Decimal(2)),
            DoseStep(_ago(27), _ago(16), Decimal("1.8")),
            DoseStep(_ago(12), _ago(-10), Decimal("1.8")),
        ),
        nights=nights,
        symptoms=tuple(SymptomPoint(_ago(back), back // 4) for back in (36, 22, 8)),
        turns=(Turn("stay", _ago(27), _ago(16)), Turn("hospital", _ago(15), _ago(13)), Turn("back", _ago(8), None)),
        taken=(
            TakenDay(_ago(35), Taken.MORE, Decimal(2), Decimal(1)),
            TakenDay(_ago(25), Taken.LESS, Decimal("1.8"), Decimal("-0.8")),
            TakenDay(_ago(14), Taken.BESIDE, Decimal(0), Decimal(1)),
            TakenDay(_ago(10), Taken.NOTHING, Decimal("1.8"), Decimal("-1.8")),
        ),
    )


def _lists() -> dict[str, Any]:
    """Lists, days and the lines of Today about them."""
    instrument = instruments.load(instruments.FIRST)
    kept = []
    for back in (35, 21, 7):
        answers = {item.id: (int(item.id) * back) % 3 for item in instrument.items if item.id not in {"17", "18"}}
        data = {"instrument": instrument.id, "answers": answers | {"17": 0, "18": 0}}
        day = DAY - timedelta(days=back)
        kept.append(kept_list(Entry(f"list-{back}", Kind.SYMPTOMS, day, datetime(2026, 11, 1, tzinfo=UTC), data)))
    found = beside_each_other(instrument, kept)
    days = [kept_check_in(_day(level)) for level in range(1, 6)]
    return {
        "found": found,
        "pictures": [sums_picture(each) for each in found.sums],
        "days": [(each.entry.day, each) for each in days],
        "today": {"day": DAY},
        "check_in": days[1],
        "offer": instrument,
        "gently": True,
        "mention": rules()[0],
        "to_read": article(current_language(), rules()[0].article),
        "day": DAY,
    }


def _day(level: int) -> Entry:
    data = {"level": level, "words": ""}
    made_at = datetime(2026, 11, 1, tzinfo=UTC)
    return Entry(f"day-{level}", Kind.CHECK_IN, DAY - timedelta(days=level), made_at, data)


@pages.get("/preview")
def page() -> str:
    history = _history()
    refused = Refused((Reason("wrong", "dose_nothing"), Reason("choice", "plan_goal_missing")))
    return render_template(
        "preview/preview.html",
        form=Form({"filled": "1,5", "wrong": "0"}, refused),
        notices=NOTICES,
        doses=[(words_of(pieces), picture_of(pieces)) for pieces in _doses()],
        chart=history_chart(history, DateRange(_ago(40), DAY), DAY, 40),
        broken=BROKEN,
        messages=preview_messages(),
        lines=urgent_lines(current_language()),
        wall=time(21, 45),
        **_lists(),
    )
