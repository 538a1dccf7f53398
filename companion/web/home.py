"""The first page, what this is and is not, what happens with your data, and for whom it works."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from companion.web.login import signed_in_person

pages = Blueprint("home", __name__)

LOOKED_AT: Final = date(2026, 11, 22)
"""When the criteria of docs/accessibility.md were last gone through."""


@pages.get("/")
def page() -> Response | str:
    if signed_in_person():
        return redirect(url_for("today.page"), 303)
    return render_template("home/home.html")


@pages.get("/about")
def about() -> str:
    return render_template("home/about.html")


@pages.get("/privacy")
def privacy() -> str:
    return render_template("home/privacy.html")


@pages.get("/accessibility")
def accessibility() -> str:
    return render_template("home/accessibility.html", looked_at=LOOKED_AT)
