"""What opens without network: the service worker, its list of pages, and the words for what is not kept."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from flask import Blueprint, Flask, Response, abort, g, jsonify, make_response, render_template, request, url_for

from companion.domain.person import Person
from companion.i18n.catalogues import LANGUAGES
from companion.services import articles, tokens
from companion.services.log_night import night_of
from companion.services.usual_night import usual_of
from companion.web.assets import (
    lasting_addresses,
    lock_first_here,
    script_hash,
    static_address,
    stylesheet_address,
    stylesheet_hash,
)
from companion.web.house import house, now, store
from companion.web.locale import current_language, translate
from companion.web.login import signed_in, signed_in_person
from companion.web.worker import worker as worker_of
from companion.web.worker import worker_text

pages = Blueprint("offline", __name__)

KEPT: Final = {
    "offline.waiting",
    "today.page",
    "doses.extra_form",
    "doses.different_form",
    "diary.page",
    "diary.night",
    "diary_draw.page",
    "diary_usual.page",
    "symptoms.form",
    "symptoms_over_time.page",
    "today_check_in.form",
    "plan.page",
    "history.page",
    "learn.page",
    "learn.article",
    "help_now.page",
    "get_up.page",
    "wind_down.page",
    "calm_note.page",
    "offline.install",
    "reminders.page",
}
"""Pages of someone signed in that their browser keeps."""


AT_ONCE: Final = "today.page"
"""The page that a phone shows as it keeps it while it asks for what is there now. `Kept-Until` says how long that page
is as it would be made now, if nothing is noted: until the next part of the day. A page that says what just happened is
made once only, and has none."""

BEHIND: Final = 7
AHEAD: Final = 14
"""Days whose night can be filled in, and coming days whose Today is laid out."""


def prepare(app: Flask) -> None:
    app.before_request(refuse_others)
    app.after_request(_say_whose)
    app.add_template_global(of_phone)
    app.add_template_global(has_files, "phone_has_files")


def refuse_others() -> None:
    """A form of a page that was made for someone else: they were here before. Sign-out is for anyone."""
    if request.mimetype != "application/x-www-form-urlencoded" or request.endpoint == "login.sign_out":
        return
    person = signed_in_person()
    if person and request.form.get("of", of_phone(person)) != of_phone(person):
        abort(409)


def of_phone(person: Person) -> str:
    """A name for this person on a phone: the same each time, telling nothing but that an example is one."""
    return f"example-{tokens.of_phone(person.id)}" if person.is_example else tokens.of_phone(person.id)


def whose(person: Person) -> str:
    """A name for the pages of this person in this language."""
    return f"{of_phone(person)}-{person.language}"


def _say_whose(response: Response) -> Response:
    """Mark a page that may be kept: whose it is, which files it goes with, of which of their days, when that turns."""
    if request.method == "GET" and response.status_code == 200 and request.endpoint in KEPT:
        person = signed_in_person()
        if person:
            response.headers["Kept-As"] = whose(person)
            response.headers["Kept-Version"] = version()
            response.headers["Kept-Day"] = person.day(now()).isoformat()
            response.headers["Kept-Turn"] = person.day_turn.strftime("%H:%M")
            response.headers["Kept-Zone"] = person.zone.key
            if request.endpoint == AT_ONCE and not g.get("said_once"):
                response.headers["Kept-Until"] = f"{person.part_ends(now()):%Y-%m-%dT%H:%M:%SZ}"
    return response


def ahead_of(person: Person) -> datetime | None:
    """The noon of the coming day that `?ahead=` asks for; None without it. 404 for any other day."""
    if "ahead" not in request.args:
        return None
    today = person.day(now())
    coming = {str(day): day for day in (today + timedelta(days=days) for days in range(1, AHEAD + 1))}
    day = coming.get(request.args["ahead"]) or abort(404)
    return datetime.combine(day, time(12), person.zone).astimezone(UTC)


@pages.get("/service-worker.js")
def worker() -> Response:
    """The worker with its list in front: it changes when a file does."""
    always = [url_for("help_now.page"), url_for("get_up.page")]
    addresses = [url_for("offline.nothing"), url_for("offline.not_sent"), *always]
    keep = {
        "version": version(),
        "files": [stylesheet_address(), *lasting_addresses(), static_address("icons/icon.svg")],
        "open": [f"{address}?language={language}" for address in addresses for language in LANGUAGES],
        "always": always,
        "lasting": ["/style-", "/script-", "/static/"],
        "name": house().settings.app_name,
        "icon": static_address("icons/icon-192.png"),
    }
    response = Response(worker_of(keep), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def has_files() -> bool:
    """Whether who asks has the files of this version already: its worker says so. Else a page brings its styles along,
    so that the first words need not wait for a second answer."""
    return request.headers.get("Kept-Version") == version()


def version() -> str:
    """A name for all files together, with what stands in the pages."""
    parts = stylesheet_hash() + script_hash() + lock_first_here() + worker_text()
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


@pages.get("/offline/pages")
def list_of_pages() -> Response:
    """What to keep for whoever is signed in; nothing otherwise."""
    person = signed_in_person()
    if person is None:
        return jsonify({"whose": None, "keep": []})
    return jsonify({"whose": whose(person), "keep": list(_addresses(person))})


def _addresses(person: Person) -> Iterator[str]:
    today = person.day(now())
    yield url_for("help_now.page")
    yield url_for("get_up.page")
    yield url_for("wind_down.page")
    yield url_for("calm_note.page")
    yield url_for("today.page")
    for back in range(BEHIND):
        yield url_for("diary.night", wake_date=today - timedelta(days=back), edit=1)
        yield url_for("diary_draw.page", wake_date=today - timedelta(days=back))
    yield url_for("diary.page")
    yield url_for("symptoms.form")
    yield url_for("symptoms_over_time.page")
    yield url_for("today_check_in.form")
    yield url_for("doses.extra_form")
    yield url_for("plan.page")
    for days in range(1, AHEAD + 1):
        yield url_for("today.page", ahead=today + timedelta(days=days))
        yield url_for("diary.night", wake_date=today + timedelta(days=days), ahead=today + timedelta(days=days))
    for days in range(2):
        morning = today + timedelta(days=days)
        coming: dict[str, Any] = {"ahead": morning} if days else {}
        if days:
            yield url_for("diary_draw.page", wake_date=morning, **coming)
        if not night_of(store(), person, morning) and usual_of(store(), person, morning):
            yield url_for("diary_usual.page", wake_date=morning, **coming)
    yield url_for("history.page")
    yield url_for("reminders.page")
    yield url_for("offline.waiting")
    yield url_for("learn.page")
    for each in articles.articles(current_language()):
        yield url_for("learn.article", slug=each.slug)


@pages.get("/offline")
def nothing() -> str:
    return render_template("offline/offline.html", not_sent=False)


@pages.get("/offline/not-sent")
def not_sent() -> str:
    return render_template("offline/offline.html", not_sent=True)


@pages.get("/waiting")
@signed_in
def waiting() -> str:
    """What this phone keeps until it is sent. The phone fills it in: nothing of it is known here."""
    return render_template("offline/waiting.html")


@pages.get("/sync/key")
def key() -> Response:
    """The key with which a phone seals what waits: of this person, the same on each phone, and gone at sign-out."""
    person = signed_in_person()
    if person is None:
        return make_response(jsonify({"error": translate("Sign in to send what waits on this phone.")}), 401)
    with store().read() as unit:
        secret = bytes.fromhex(unit.seal.mark("outbox " + person.id))
    return jsonify({"person": of_phone(person), "key": b64encode(secret).decode()})


@pages.get("/install")
def install() -> str:
    """How to put the site on a home screen, for each kind of device."""
    return render_template("offline/install.html")
