"""Reminders: what is on and when it comes, how, on which phones, and in which zone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.reminder import Kind
from companion.domain.reminder.asked import WEEK, can_remind, may_remind
from companion.domain.reminder.message import Content
from companion.i18n.zones import city
from companion.notify.message import word
from companion.services import consent
from companion.services.calendar_feed import read_feed
from companion.services.mail_address import read_mail_address
from companion.services.plan_view import plans_of
from companion.services.read_devices import read_devices
from companion.services.read_reminders import read_line, read_name, read_reminders
from companion.services.reminder_choice import choose_how
from companion.services.set_reminders import set_habit, turn_off, turn_on
from companion.storage.reminders import Choice
from companion.web.forms import Form, text
from companion.web.house import house, now, store
from companion.web.locale import current_language
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other
from companion.web.reminder_words import day_name, days_words, local_words, name_words, when_words
from companion.web.this_phone import this_phone

pages = Blueprint("reminders", __name__)


def _page(form: Form | None = None) -> dict[str, Any]:
    person = current_person()
    found = read_reminders(store(), person, now())
    running = (plan.asked.medicine for plan in plans_of(store(), person) if not plan.kept.ended_on)
    medicine = next((name for name in running if name), "lormetazepam")
    return {
        "found": found,
        "form": form or Form(_how(found.choice)),
        "devices": read_devices(store(), person, now()),
        "here_device": this_phone(),
        "feed": read_feed(store(), person),
        "mail": read_mail_address(store(), person) if house().mail else None,
        "mail_here": house().mail is not None,
        "place": city(person.zone.key, current_language()),
        "discreet": _example(medicine, fuller=False),
        "fuller": _example(medicine, fuller=True),
        "name_words": name_words,
        "days_words": days_words,
        "local_words": local_words,
        "when_words": when_words,
    }


def _how(choice: Choice) -> dict[str, str]:
    quiet = choice.quiet
    times = {"quiet_from": quiet.start.strftime("%H:%M"), "quiet_until": quiet.end.strftime("%H:%M")} if quiet else {}
    return times | ({"quiet": "yes"} if quiet else {}) | ({"fuller": "yes"} if choice.fuller else {})


def _example(medicine: str, *, fuller: bool) -> str:
    """What a lock screen would say of a dose."""
    dose = {"plan": "", "moment": "bedtime", "mg": "1.5", "medicine": medicine}
    about = Content(Kind.DOSE, "bedtime", current_person().day(now()), {"moment": "bedtime", "doses": [dose]})
    message = word(about, current_language(), fuller, house().settings.app_name)
    return f"{message.title} · {message.body}"


@pages.get("/reminders")
@signed_in
def page() -> str:
    return render_template("reminders/reminders.html", **_page())


@pages.post("/reminders/switch")
@signed_in
def switch() -> Response:
    """One tap: on as proposed or as it was, or off."""
    kind, key = _named(text("name"))
    name = text("name")
    if text("do") == "off":
        turn_off(store(), current_person(), kind, key, now())
        return see_other(url_for("reminders.page", _anchor=name), "reminder-off")
    if not _may(kind):
        return _ask_consent()
    if turn_on(store(), current_person(), kind, key, now()):
        return see_other(url_for("reminders.edit", name=name))  # its time lies in the quiet hours: choose another
    return see_other(url_for("reminders.page", _anchor=name), "reminder-on")


@pages.get("/reminders/edit/<name>")
@signed_in
def edit(name: str) -> Response | str:
    kind, key = _named(name)
    if not _may(kind):
        return _ask_consent()
    line = read_line(store(), current_person(), kind, key, now())
    chosen = getattr(line.habit.days, "days", frozenset(range(7)))
    some = isinstance(chosen, frozenset) and len(chosen) < 7
    values = {"at": line.habit.at.strftime("%H:%M"), "every": "some" if some else "daily"}
    days = [WEEK[day] for day in sorted(chosen)] if some else []
    return _edit_page(kind, key, Form(values), days)


@pages.post("/reminders/edit/<name>")
@signed_in
def save(name: str) -> Response:
    kind, key = _named(name)
    if not _may(kind):
        return _ask_consent()
    days = request.form.getlist("days")
    refused = set_habit(store(), current_person(), kind, key, text("at"), text("every"), days, now())
    if refused:
        return make_response(_edit_page(kind, key, Form(request.form, refused), days), 422)
    return see_other(url_for("reminders.page", _anchor=name), "reminder-on")


def _edit_page(kind: Kind, key: str, form: Form, days: list[str]) -> str:
    names = [(WEEK[number], day_name(number)) for number in range(7)]
    heading = name_words(kind, key)
    return render_template("reminders/edit.html", about=heading, form=form, names=names, days=days)


@pages.post("/reminders/how")
@signed_in
def how() -> Response:
    refused = choose_how(
        store(),
        current_person(),
        text("quiet") == "yes",
        text("quiet_from"),
        text("quiet_until"),
        text("fuller") == "yes",
        now(),
    )
    if isinstance(refused, Refused):
        page = render_template("reminders/reminders.html", **_page(Form(request.form, refused)))
        return make_response(page, 422)
    return see_other(url_for("reminders.page", _anchor="how"), "preferences")


def _named(name: str) -> tuple[Kind, str]:
    """The reminder with this name; 404 where nothing reminds like that."""
    found = read_name(name)
    if found is None or not can_remind(*found):
        abort(404)
    return found


def _may(kind: Kind) -> bool:
    return may_remind(kind, consent.standing(store(), current_person()))


def _ask_consent() -> Response:
    return see_other(url_for("consent.page", next=url_for("reminders.page")))
