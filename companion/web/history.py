"""Everything together: dose, sleep and symptoms on one time axis."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from companion.domain.history import Window, date_range
from companion.services import instruments
from companion.services.history import read_history
from companion.web.history_chart import history_chart
from companion.web.house import now, store
from companion.web.login import current_person, signed_in

pages = Blueprint("history", __name__)


@pages.get("/history")
@signed_in
def page() -> str:
    person = current_person()
    today = person.day(now())
    found = read_history(store(), person, request.args.get("plan", ""), today)
    asked = request.args.get("window", "")
    window = Window(asked) if asked in {each.value for each in Window} else Window.ALL
    days = date_range(window, today, found.history)
    top = instruments.load("bwsq").top_score
    return render_template(
        "history/history.html",
        chart=history_chart(found.history, days, today, top),
        window=window.value,
        found=found,
    )
