"""Urgent help: for everyone, without signing in."""

from __future__ import annotations

from flask import Blueprint, render_template

from companion.services.directory import later_lines, urgent_lines
from companion.web.locale import current_language

pages = Blueprint("help_now", __name__)


@pages.get("/help")
def page() -> str:
    language = current_language()
    return render_template("help_now/help.html", lines=urgent_lines(language), later=later_lines(language))
