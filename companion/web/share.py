"""Links for a doctor or pharmacist: make, change, renew, stop; when each was opened and really looked at."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import segno
from flask import Blueprint, abort, render_template, request, session, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.share import PURPOSES, USUAL, USUAL_DAYS, Back, Choices, Section, read_choices
from companion.services import consent
from companion.services.change_share import change_share, renew_share, stop_share
from companion.services.open_share import Opened, open_share
from companion.services.report import read_report
from companion.services.shares import read_share, read_shares
from companion.storage.shares import Share
from companion.web.forms import Form, entry_id
from companion.web.house import house, now, store
from companion.web.locale import current_language, translate
from companion.web.login import current_person, signed_in
from companion.web.redirect import see_other
from companion.web.reply import refused_page
from companion.web.report_page import About, report_page

pages = Blueprint("share", __name__, url_prefix="/share")

OFFERED_DAYS = (7, 30, 90)
MOST_TIMES = 5
"""How many times of looking are listed; of the others it is said how many there are."""


@pages.get("")
@signed_in
def page() -> str:
    told = read_shares(store(), current_person(), now())
    return render_template("share/share.html", told=told, most=MOST_TIMES)


@pages.get("/new")
@signed_in
def form() -> str:
    usual = [("sections", section.value) for section in USUAL if section in _offered()]
    typed = MultiDict([*usual, ("days", str(USUAL_DAYS)), ("back", Back.THREE.value)])
    return render_template("share/form.html", form=Form(typed), **_form_page(None))


@pages.post("/new")
@signed_in
def make() -> Response:
    choices = _choices(keep_pin=False)
    if isinstance(choices, Refused):
        return refused_page("share/form.html", choices, **_form_page(None))
    return _to_address(open_share(store(), current_person(), choices, entry_id(), now()))


@pages.get("/<uuid:share_id>")
@signed_in
def change_form(share_id: UUID) -> str:
    share = _mine(share_id)
    typed: list[tuple[str, str]] = [("sections", section.value) for section in share.sections]
    typed += [("days", str(share.days)), ("back", share.back.value), ("whom", share.whom)]
    typed += [("language", share.language), ("pin_how", "keep" if share.pin else "")]
    return render_template("share/form.html", form=Form(MultiDict(typed)), **_form_page(share))


@pages.post("/<uuid:share_id>")
@signed_in
def change(share_id: UUID) -> Response:
    share = _mine(share_id)
    choices = _choices(keep_pin=share.pin)
    if isinstance(choices, Refused):
        return refused_page("share/form.html", choices, **_form_page(share))
    changed = change_share(store(), current_person(), share.id, choices, now())
    return see_other(url_for("share.page"), "preferences" if changed else "")


@pages.post("/<uuid:share_id>/renew")
@signed_in
def renew(share_id: UUID) -> Response:
    _mine(share_id)
    opened = renew_share(store(), current_person(), str(share_id), request.form.get("seen", ""), now())
    if isinstance(opened, Refused):
        return see_other(url_for("consent.page", next=url_for("share.page")))
    return _to_address(opened or abort(404))


@pages.post("/<uuid:share_id>/stop")
@signed_in
def stop(share_id: UUID) -> Response:
    _mine(share_id)
    stop_share(store(), current_person(), str(share_id), now())
    return see_other(url_for("share.page"), "link-stopped")


@pages.get("/<uuid:share_id>/address")
@signed_in
def address(share_id: UUID) -> str:
    """The address, while this browser still has it: it is in the person's own cookie and nowhere with us."""
    share = _mine(share_id)
    known = session.get("address", ["", ""])
    url = _full(known[1]) if known[0] == share.id else ""
    return render_template("share/address.html", share=share, url=url, qr=_qr(url) if url else "", mail=_mail(url))


@pages.post("/<uuid:share_id>/address")
@signed_in
def put_away(share_id: UUID) -> Response:
    _mine(share_id)
    session.pop("address", None)
    return see_other(url_for("share.page"))


@pages.get("/<uuid:share_id>/look")
@signed_in
def look(share_id: UUID) -> str:
    """The same as the reader sees, for its person; it counts for nothing."""
    share, person = _mine(share_id), current_person()
    report = read_report(store(), person, share.sections, share.from_day, now())
    about = About(share.whom, share.ends_at, person.zone, house().settings.app_name)
    return render_template("share/look.html", report=report_page(report, about, current_language()), share=share)


def _mine(share_id: UUID) -> Share:
    return read_share(store(), current_person(), str(share_id)) or abort(404)


def _offered() -> list[Section]:
    """The sections whose consent stands."""
    given = consent.standing(store(), current_person())
    return [section for section in Section if PURPOSES[section] in given]


def _choices(*, keep_pin: bool) -> Choices | Refused:
    given = consent.standing(store(), current_person())
    return read_choices(request.form, request.form.getlist("sections"), given, keep_pin=keep_pin)


def _form_page(share: Share | None) -> dict[str, Any]:
    days = sorted({*OFFERED_DAYS, *([share.days] if share else [])})
    return {
        "share": share,
        "offered": _offered(),
        "days": [(each, _ends(share, each)) for each in days],
        "form_id": request.form.get("entry_id") or str(uuid4()),
    }


def _ends(share: Share | None, days: int) -> date:
    ends: datetime = share.ends_at if share and share.days == days else now() + timedelta(days=days)
    return ends.astimezone(current_person().zone).date()


def _to_address(opened: Opened) -> Response:
    if opened.token:
        session["address"] = [opened.share.id, opened.token]
    return see_other(url_for("share.address", share_id=opened.share.id))


def _full(token: str) -> str:
    """The whole address, as it is sent to somebody."""
    base = house().settings.base_url or request.host_url.rstrip("/")
    return base + url_for("shared.page", token=token)


def _qr(url: str) -> Markup:
    """A QR code of the address, drawn here: nobody else sees it."""
    drawn = segno.make(url, error="m", micro=False).svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None)
    named = f'<svg role="img" aria-label="{Markup.escape(translate("QR code of the address"))}" '
    return Markup(drawn.replace("<svg ", named, 1))  # noqa: S704  # made here, of digits and of our own words


def _mail(url: str) -> str:
    """A letter to fill in: the address of who gets it is not known here."""
    subject, text = translate("What I would like to show you"), translate("Here is what I would like to show you:")
    body = f"{text}\r\n\r\n{url}\r\n"
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"
