"""Drawing a night on a row from noon to noon: painted with a finger, with the keyboard, or as a list of parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from companion.domain.codes import Reason, Refused
from companion.domain.consent import Purpose
from companion.domain.night import (
    NOON,
    DrawnRow,
    Mark,
    Night,
    NightFigures,
    answers_from_drawn,
    drawn_from_night,
    figures,
    row_begins,
)
from companion.domain.night.marks import marks_text, read_marks
from companion.domain.night.row import BEGINNINGS, empty_row, fitting_row, read_row, row_text, window
from companion.services.draw_night import draw_night
from companion.services.log_night import KeptNight, night_of, zone_of
from companion.web import diary_draw_form as fields
from companion.web.consent import needs
from companion.web.diary import wake_date_of
from companion.web.forms import Form, entry_id, text, worded
from companion.web.house import now, store
from companion.web.login import current_person
from companion.web.offline import ahead_of
from companion.web.redirect import see_other
from companion.web.which_counts import Differing, asked, counts

pages = Blueprint("diary_draw", __name__, url_prefix="/diary")

PAGE = "diary/draw.html"
FRAGMENT = "diary/drawn_meaning.html"


@dataclass(frozen=True)
class Meaning:
    """What a painted row says, or the sentences that say why it says nothing."""

    night: Night | None
    figures: NightFigures | None
    sentences: Sequence[str]


@pages.get("/<wake_date>/draw")
@needs(Purpose.DIARY)
def page(wake_date: str) -> str:
    day = wake_date_of(wake_date)
    kept = night_of(store(), current_person(), day)
    zone = zone_of(kept, current_person())
    begins = fields.begins_of(request.args.get("begins", "")) or (row_begins(kept.night, zone) if kept else NOON)
    known = drawn_from_night(kept.night, zone) if kept else None
    row = known if known and known.begins == begins else empty_row(day, zone, begins)
    marks = kept.night.marks if kept else ()
    return render_template(PAGE, **_page(day, zone, kept, row, marks, Form(fields.listed(row, marks)), "grid"))


@pages.post("/<wake_date>/draw")
@needs(Purpose.DIARY)
def draw(wake_date: str) -> Response:
    """`do` is `save`, `preview` (with `part=yes` only what the drawing means), or something about the list."""
    day = wake_date_of(wake_date)
    zone = zone_of(night_of(store(), current_person(), day), current_person())
    begins = fields.begins_of(text("begins")) or NOON
    painting = fields.read_painting(day, zone, begins)
    do = text("do")
    if do == "preview" and text("part") == "yes":
        meaning = _meaning(day, zone, painting)
        return make_response(render_template(FRAGMENT, meaning=meaning, wake_date=day))
    if do and do != "save":
        return _again(day, zone, painting, do)
    if not isinstance(painting, Refused):
        refused = draw_night(store(), current_person(), day, painting, entry_id(), now(), counts())
        if refused is None:
            return see_other(url_for("diary.night", wake_date=day), "night")
        return _again(day, zone, painting, "save", refused)
    return _again(day, zone, painting, "save", painting)


def _again(
    day: date, zone: ZoneInfo, painting: tuple[str, str] | Refused, do: str, refused: Refused | None = None
) -> Response:
    """The page with everything painted and typed still in it."""
    kept = night_of(store(), current_person(), day)
    begins = fields.begins_of(text("begins")) or NOON
    row, marks = _readable(day, zone, painting, begins)
    view = do if do in {"list", "grid"} else ("list" if text("by") == "list" else "grid")
    readable = not isinstance(painting, Refused)
    values = request.form.to_dict()
    if readable and (view == "grid" or do == "list"):
        values = fields.listed(row, marks) | {name: values.get(name, "") for name in ("entry_id", "counts")}
    if do.startswith("remove"):
        _, what, number = [*do.split(":"), "", ""][:3]
        values = fields.without(values, what, number)
    values = fields.with_room(values, int(do == "add-part"), int(do == "add-mark"))
    shown, differing = asked(_on_page(refused)) if refused else (None, ())
    form = Form(MultiDict(values), shown)
    context = _page(day, zone, kept, row, marks, form, view) | {"differing": differing}
    if do == "preview" or refused:
        context["meaning"] = _meaning(day, zone, painting)
    return make_response(render_template(PAGE, **context), 422 if refused else 200)


def _readable(
    day: date, zone: ZoneInfo, painting: tuple[str, str] | Refused, begins: time
) -> tuple[DrawnRow, Sequence[Mark]]:
    """What can be shown of what was sent."""
    if isinstance(painting, Refused):
        return empty_row(day, zone, begins), ()
    row, marks = fitting_row(painting[0], day, zone), read_marks(painting[1])
    return row or empty_row(day, zone, begins), () if isinstance(marks, Refused) else marks


def _meaning(day: date, zone: ZoneInfo, painting: tuple[str, str] | Refused) -> Meaning:
    found = painting if isinstance(painting, Refused) else read_row(painting[0], day, zone)
    night = answers_from_drawn(found, day, zone) if isinstance(found, DrawnRow) else found
    if isinstance(night, Refused):
        return Meaning(None, None, list(dict.fromkeys(worded(reason) for reason in night.reasons)))
    measured = figures(night, zone) if night else None
    return Meaning(night, measured if isinstance(measured, NightFigures) else None, ())


def _on_page(refused: Refused) -> Refused:
    """Reasons at what stands on this page: answers that differ keep their name, the rest is about the drawing."""
    here = ("part-", "mark-", "marks")
    return Refused(
        tuple(
            reason
            if not reason.field or reason.field.startswith(here) or "typed" in reason.values
            else Reason("drawn", reason.code, reason.values)
            for reason in refused.reasons
        )
    )


def _page(
    day: date,
    zone: ZoneInfo,
    kept: KeptNight | None,
    row: DrawnRow,
    marks: Sequence[Mark],
    form: Form,
    view: str,
) -> dict[str, Any]:
    real = window(day, zone, row.begins)
    differing: Sequence[Differing] = ()
    return {
        "wake_date": day,
        "kept": kept,
        "undrawable": bool(kept and kept.figures.tib and drawn_from_night(kept.night, zone) is None),
        "row": row,
        "row_text": row_text(row),
        "marks_text": marks_text(marks),
        "lines": fields.lines_of(row, marks, real, zone, ahead_of(current_person()) or now()),
        "times": fields.times_of(real, zone),
        "hours": real.quarters // 4,
        "begins": f"{row.begins:%H:%M}",
        "beginnings": [f"{each:%H:%M}" for each in BEGINNINGS if each != row.begins],
        "parts": fields.numbered(form.values, "part"),
        "marked": fields.numbered(form.values, "mark"),
        "form": form,
        "view": view,
        "meaning": _meaning(day, zone, (row_text(row), "")),
        "differing": differing,
    }
