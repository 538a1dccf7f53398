"""Everything together: dose, sleep and symptoms on one time axis."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request, url_for

from companion.domain.history import Window
from companion.services import instruments
from companion.services.history import SYMPTOM_LIST, PersonHistory, read_history
from companion.web.history_chart import history_chart, minutes
from companion.web.house import now, store
from companion.web.login import current_person, signed_in

pages = Blueprint("history", __name__)

EARLIEST = date(1900, 1, 1)


@pages.get("/history")
@signed_in
def page() -> str:
    person = current_person()
    today = person.day(now())
    on = _anchor(today)
    found = read_history(store(), person, request.args.get("plan", ""), _window(), on, today)
    top = instruments.load(SYMPTOM_LIST).top_score
    return render_template(
        "history/history.html",
        chart=history_chart(found.history, found.days, today, top),
        found=found,
        here=_addresses(found, on if on != today else None),
        week=[(minutes(each), each.nights) for each in (found.week.then, found.week.now)] if found.week else [],
    )


def _window() -> Window:
    asked = request.args.get("window", "")
    return Window(asked) if asked in {each.value for each in Window} else Window.ALL


def _anchor(today: date) -> date:
    """The day that was asked for; today where there is none, or none that was."""
    try:
        day = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return today
    return day if EARLIEST <= day <= today else today


def _addresses(found: PersonHistory, on: date | None) -> dict[str, str]:
    """Where the zooms, the plans and the windows beside this one are, by their names."""
    plan = found.plan.id if found.plan and len(found.plans) > 1 else None
    window = found.window.value
    addresses = {each.value: url_for("history.page", window=each.value, on=on, plan=plan) for each in Window}
    for name, day in (("before", found.before), ("after", found.after)):
        if day:
            addresses[name] = url_for("history.page", window=window, on=day, plan=plan)
    return addresses | {each.id: url_for("history.page", window=window, on=on, plan=each.id) for each in found.plans}
