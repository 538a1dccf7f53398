"""The first page, what this is and is not, and what happens with your data."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from companion.web.login import signed_in_person

pages = Blueprint("home", __name__)


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
