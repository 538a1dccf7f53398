"""The private calendar: its page, the file to take along, and the address that calendars ask for again and again."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from companion.domain.consent import Purpose
from companion.services.calendar_feed import calendar_at, calendar_of, make_feed, read_feed, stop_feed
from companion.web.consent import needs
from companion.web.forms import text
from companion.web.house import house, now, store
from companion.web.login import current_person
from companion.web.redirect import see_other
from companion.web.reminder_words import when_words

pages = Blueprint("feed", __name__)


@pages.get("/reminders/calendar")
@needs(Purpose.PLAN)
def page() -> str:
    feed = read_feed(store(), current_person())
    address = site() + url_for("feed.calendar", token=feed.token) if feed else ""
    return render_template("reminders/calendar.html", feed=feed, address=address, when_words=when_words)


@pages.post("/reminders/calendar")
@needs(Purpose.PLAN)
def change() -> AnyResponse:
    do = text("do")
    if do == "stop":
        stop_feed(store(), current_person())
    else:
        make_feed(store(), current_person(), now(), renew=do == "renew")
    return see_other(url_for("feed.page"), "preferences")


@pages.get("/reminders/calendar/file")
@needs(Purpose.PLAN)
def file() -> Response:
    answer = _calendar(calendar_of(store(), current_person(), house().settings.app_name, now()))
    answer.headers["Content-Disposition"] = 'attachment; filename="andante.ics"'
    return answer


@pages.get("/calendar.ics")
def calendar() -> Response:
    """No cookie is asked for or set: the address itself is the key. Any other address is not found."""
    token = request.args.get("token", "")
    return _calendar(calendar_at(store(), token, house().settings.app_name, now()) or abort(404))


def _calendar(body: bytes) -> Response:
    answer = Response(body, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def site() -> str:
    """Scheme and host of this site, as people reach it."""
    return house().settings.base_url or request.host_url.rstrip("/")
