"""What every template may use: the person, the language, tabs, and how things are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from flask import Flask, g, request, session, url_for

from companion.domain.amount import to_text
from companion.i18n import format as written
from companion.i18n.catalogues import LANGUAGES, NAMES
from companion.web.addresses import address_of
from companion.web.assets import (
    imported_by,
    lock_first_here,
    script_address,
    static_address,
    stylesheet_address,
    stylesheet_here,
)
from companion.web.fullness import fullness_path
from companion.web.house import house, now
from companion.web.locale import current_language, translate
from companion.web.login import signed_in_person
from companion.web.parts import fixed_part
from companion.web.passkey_site import passkey_site
from companion.web.redirect import here
from companion.web.scripts import scripts_of

FILTERS = (
    "date_long",
    "night_long",
    "date_top",
    "date_full",
    "date_short",
    "weekday",
    "weekday_short",
    "month",
    "clock",
    "duration",
    "number",
    "amount",
    "amount_of",
    "percent",
    "percent_of",
    "times",
    "listed",
)


@dataclass(frozen=True)
class Tab:
    name: str
    icon: str
    address: str
    here: bool


def prepare(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for name in FILTERS:
        app.add_template_filter(_in_language(name), name)
    app.add_template_filter(clock_of, "clock_of")
    app.add_template_filter(day_of, "day_of")
    app.add_template_filter(capital)
    app.add_template_filter(uncapital)
    app.add_template_filter(to_text, "plain")
    app.add_template_global(address_of, "url_for")
    app.add_template_global(fixed_part)
    app.add_template_global(static_address)
    app.add_template_global(stylesheet_address)
    app.add_template_global(stylesheet_here)
    app.add_template_global(lock_first_here)
    app.add_template_global(fullness_path)
    app.add_template_global(script_address)
    app.add_template_global(imported_by)
    app.add_template_global(scripts_of)
    app.add_template_global(lambda: str(uuid4()), "new_id")
    app.add_template_global(current_language, "current_language")
    app.add_template_global(lambda: written.SEMICOLON[current_language()], "semicolon")
    app.context_processor(_of_request)


def _in_language(name: str) -> Any:
    write = getattr(written, name)

    def apply(value: Any) -> str:
        return str(write(value, current_language()))

    return apply


def capital(text: str) -> str:
    """The first letter large, as Dutch and French write it: "Eén capsule"."""
    return "E" + text[1:] if text.startswith("é") else text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """The first letter small, as after a semicolon: « Matin : 2 mg ; au coucher : 1 mg »."""
    return text[:1].lower() + text[1:]


def clock_of(instant: Any) -> str:
    """The wall time of an instant where the person lives."""
    person = signed_in_person()
    return written.clock_of(instant, person.zone, current_language()) if person else ""


def day_of(instant: datetime) -> date | None:
    """The calendar day of an instant where the person lives."""
    person = signed_in_person()
    return instant.astimezone(person.zone).date() if person else None


def _tabs() -> list[Tab]:
    _ = translate
    entries = (
        (_("Today"), "clover", "today.page"),
        (_("Nights"), "moon", "diary.page"),
        (_("Plan"), "stair", "plan.page"),
        (_("Read"), "book", "learn.page"),
        (_("Me"), "person", "account.page"),
    )
    room = (request.blueprint or "").split("_")[0]
    return [Tab(name, icon, url_for(page), page.split(".")[0] == room) for name, icon, page in entries]


def _notice() -> dict[str, str]:
    """What just happened, said once, with what takes it back: a page fetched to be kept leaves it for the page that is
    looked at."""
    if "notice" not in session or "Keeping" in request.headers:
        return {"notice": "", "undo": ""}
    g.said_once = True
    return {"notice": str(session.pop("notice")), "undo": str(session.pop("undo", ""))}


def _of_request() -> dict[str, Any]:
    language = current_language()
    other = next(each for each in LANGUAGES if each != language)
    person = signed_in_person()
    settings = house().settings
    return {
        "language": language,
        "other_language": other,
        "other_language_name": NAMES[other],
        "app_name": settings.app_name,
        "host_name": settings.host_name,
        "host_contact": settings.host_contact,
        "person": person,
        "day": person.day(now()) if person else None,
        "passkeys_possible": passkey_site() is not None,
        "made_at": now(),
        "tabs": _tabs() if person else [],
        "here": (here() if request.endpoint else None) or "/",
        **_notice(),
        "own_heading": False,
        "calm": False,
    }
