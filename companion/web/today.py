"""Today."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from companion.domain.dose_now import moments_now
from companion.domain.plan import Moment
from companion.services.bend_plan import choices_of
from companion.services.note_awake import begun
from companion.services.plan_view import doubled
from companion.services.read_reminders import moments_on
from companion.services.supply import soon
from companion.services.supporters import OnToday, kind_words_today
from companion.services.today import look_ahead, read_today, taken_at
from companion.services.usual_night import usual_of
from companion.web.dose_view import picture_of, words_of
from companion.web.house import now, one_moment, store
from companion.web.kind_words import said_by
from companion.web.login import current_person, signed_in
from companion.web.offline import ahead_of
from companion.web.plan_supply import kind_name, stock_words
from companion.web.stair import confirmed_stair
from companion.web.today_awake import awake_of
from companion.web.today_lists import lists_of
from companion.web.today_text import text_of

pages = Blueprint("today", __name__)


@pages.get("/today")
@one_moment
@signed_in
def page() -> str:
    person = current_person()
    ahead = ahead_of(person)
    at = ahead or now()
    look_ahead(store(), person, at)
    today = read_today(store(), person, at)
    part = "ahead" if ahead else person.part_of_day(at)
    late = not ahead and at.astimezone(person.zone).date() != today.day
    due = today.due(tuple(Moment) if ahead else moments_now(part, day_before=late))
    close = OnToday((), False, None) if ahead else kind_words_today(store(), person, at)
    return render_template(
        "today/today.html",
        today=today,
        choices={plan.id: choices_of(plan, today.day) for plan in today.plans},
        part=part,
        due=due,
        filled="dose" if due else "waiting" if today.waiting() else "sketch" if today.sketches() else "night",
        day=today.day,
        words=words_of,
        picture=picture_of,
        stair=confirmed_stair,
        soon=soon(store(), person, at),
        kind_name=kind_name,
        stock_words=stock_words,
        taken_at=taken_at,
        doubled=doubled(today.plans),
        **lists_of(person, today),
        **({"morning": None, "awake": 0} if ahead else awake_of(person)),
        everything="all" in request.args,
        late=late,
        begun=begun(today.night),
        **({} if ahead else text_of(person, today)),
        reminded=moments_on(store(), person),
        close=close,
        said_by=said_by,
        usual=None if today.night else usual_of(store(), person, today.day),
    )
