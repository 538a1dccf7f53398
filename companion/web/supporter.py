"""Links for someone close: make, change, renew, stop; a quieter day; the kind words that came."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, render_template, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from companion.domain.codes import Refused
from companion.domain.supporter import OFFERED_DAYS, USUAL, USUAL_DAYS, Shows, read_chosen
from companion.services.change_supporter import call_quiet, change_supporter, renew_supporter, stop_supporter
from companion.services.look_supporter import look_supporter
from companion.services.open_supporter import OpenedSupporter, open_supporter
from companion.services.supporters import put_word_away, read_close, read_supporter
from companion.storage.supporters import Supporter
from companion.web.forms import Form, entry_id
from companion.web.house import now, store
from companion.web.kind_words import said_by
from companion.web.link_address import mail, qr, whole
from companion.web.locale import translate
from companion.web.login import current_person, signed_in
from companion.web.redirect import local_path, see_other
from companion.web.reply import refused_page

pages = Blueprint("supporter", __name__, url_prefix="/share/close")


@pages.get("")
@signed_in
def page() -> str:
    close = read_close(store(), current_person(), now())
    return render_template("supporter/supporter.html", close=close, said_by=said_by)


@pages.get("/new")
@signed_in
def form() -> str:
    typed = MultiDict([*(("shows", each.value) for each in USUAL), ("days", str(USUAL_DAYS))])
    return render_template("supporter/form.html", form=Form(typed), **_form_page(None))


@pages.post("/new")
@signed_in
def make() -> Response:
    chosen = read_chosen(request.form, request.form.getlist("shows"))
    if isinstance(chosen, Refused):
        return refused_page("supporter/form.html", chosen, **_form_page(None))
    return _to_address(open_supporter(store(), current_person(), chosen, entry_id(), now()))


@pages.get("/<uuid:supporter_id>")
@signed_in
def change_form(supporter_id: UUID) -> str:
    supporter = _mine(supporter_id)
    typed: list[tuple[str, str]] = [("shows", each.value) for each in supporter.shows]
    typed += [("days", str(supporter.days)), ("whom", supporter.whom), ("language", supporter.language)]
    typed += [(name, "yes") for name in ("own_words", "remind") if getattr(supporter, name)]
    return render_template("supporter/form.html", form=Form(MultiDict(typed)), **_form_page(supporter))


@pages.post("/<uuid:supporter_id>")
@signed_in
def change(supporter_id: UUID) -> Response:
    supporter = _mine(supporter_id)
    chosen = read_chosen(request.form, request.form.getlist("shows"))
    if isinstance(chosen, Refused):
        return refused_page("supporter/form.html", chosen, **_form_page(supporter))
    changed = change_supporter(store(), current_person(), supporter.id, chosen, now())
    return see_other(url_for("supporter.page"), "preferences" if changed else "")


@pages.post("/<uuid:supporter_id>/renew")
@signed_in
def renew(supporter_id: UUID) -> Response:
    _mine(supporter_id)
    opened = renew_supporter(store(), current_person(), str(supporter_id), request.form.get("seen", ""), now())
    return _to_address(opened or abort(404))


@pages.post("/<uuid:supporter_id>/stop")
@signed_in
def stop(supporter_id: UUID) -> Response:
    _mine(supporter_id)
    stop_supporter(store(), current_person(), str(supporter_id), now())
    return see_other(url_for("supporter.page"), "link-stopped")


@pages.get("/<uuid:supporter_id>/address")
@signed_in
def address(supporter_id: UUID) -> str:
    """The address, while this browser still has it: it is in the person's own cookie and nowhere with us."""
    supporter = _mine(supporter_id)
    known = session.get("address", ["", ""])
    url = whole(url_for("supporting.page", token=known[1])) if known[0] == supporter.id else ""
    letter = mail(url, translate("For you"), translate("Here is a page for you. Thank you for being there."))
    return render_template(
        "supporter/address.html", supporter=supporter, url=url, qr=qr(url) if url else "", mail=letter
    )


@pages.post("/<uuid:supporter_id>/address")
@signed_in
def put_away(supporter_id: UUID) -> Response:
    _mine(supporter_id)
    session.pop("address", None)
    return see_other(url_for("supporter.page"))


@pages.get("/<uuid:supporter_id>/look")
@signed_in
def look(supporter_id: UUID) -> str:
    """The same as the reader sees, for its person."""
    supporter = _mine(supporter_id)
    shown = look_supporter(store(), supporter, now())
    return render_template("supporter/look.html", supporter=supporter, shown=shown)


@pages.post("/quiet")
@signed_in
def quiet() -> Response:
    """Today is a quieter day, or an ordinary one after all."""
    wanted = request.form.get("quiet", "")
    if wanted not in {"yes", "no"}:
        abort(422)
    call_quiet(store(), current_person(), wanted == "yes", now())
    return see_other(local_path(request.form.get("next", ""), url_for("supporter.page")), f"quiet-{wanted}")


@pages.post("/words/<uuid:word_id>/seen")
@signed_in
def seen(word_id: UUID) -> Response:
    if not put_word_away(store(), current_person(), str(word_id), now()):
        abort(404)
    return see_other(url_for("today.page"), "word-kept")


def _mine(supporter_id: UUID) -> Supporter:
    return read_supporter(store(), current_person(), str(supporter_id)) or abort(404)


def _form_page(supporter: Supporter | None) -> dict[str, Any]:
    return {
        "supporter": supporter,
        "offered": list(Shows),
        "days": [(each, _ends(supporter, each)) for each in OFFERED_DAYS],
        "form_id": request.form.get("entry_id") or str(uuid4()),
    }


def _ends(supporter: Supporter | None, days: int) -> date:
    ends: datetime = supporter.ends_at if supporter and supporter.days == days else now() + timedelta(days=days)
    return ends.astimezone(current_person().zone).date()


def _to_address(opened: OpenedSupporter) -> Response:
    if opened.token:
        session["address"] = [opened.supporter.id, opened.token]
    return see_other(url_for("supporter.address", supporter_id=opened.supporter.id))
