"""Every component in every state, for those who build it. Off in production."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template

from companion.domain.codes import Reason, Refused
from companion.domain.entry import Entry, Kind
from companion.domain.history import (
    DateRange,
)
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
from companion.web.preview_drawn import DAY, a_history, ago, doses_drawn, drawn
from companion.web.preview_messages import preview_messages
from companion.web.sums_picture import sums_picture

pages = Blueprint("preview", __name__)

NOTICES = (
    "night",
    "brought-back",
    "symptoms",
    "questions",
    "text-hidden",
    "note-changed",
    "step-changed",
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
    "passkey",
    "passkey-gone",
    "ended-there",
    "ended-elsewhere",
    "preferences",
    "link-stopped",
    "quiet-yes",
    "quiet-no",
    "word-kept",
    "consent",
    "reminder-on",
    "reminder-off",
    "mail-off",
    "new-day",
    "imported",
    "push-sent",
    "push-not-sent",
    "push-forgotten",
    "example-over",
    "erased",
)
BROKEN = (404, 403, 409, 413, 500, 503, 400)
"""The codes of answers that have words of their own, and one that has not."""


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
    history = a_history()
    two = {"first": "0.5", "second": "5"}
    refused = Refused(
        (
            Reason("two", "amount_two_readings", two),
            Reason("wrong", "dose_nothing"),
            Reason("choice", "plan_goal_missing"),
            Reason("adult", "person_adult"),
            Reason("long", "check_in_words_too_long", {"most": "1000"}),
            Reason("file", "import_no_file"),
        )
    )
    return render_template(
        "preview/preview.html",
        form=Form({"filled": "1,5", "two": "05", "wrong": "0", "bedtime": "2"}, refused),
        notices=NOTICES,
        doses=[(words_of(pieces), picture_of(pieces)) for pieces in doses_drawn()],
        chart=history_chart(history, DateRange(ago(40), DAY), DAY, 40),
        broken=BROKEN,
        messages=preview_messages(),
        lines=urgent_lines(current_language()),
        wall=time(21, 45),
        **drawn(),
        **_lists(),
    )
