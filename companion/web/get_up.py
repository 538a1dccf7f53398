"""Get up now: one calm screen for a night without sleep, for everyone and without network. No clock stands on it.

Stimulus control: rise when sleep does not come, back to bed when sleepy. The sources are those of the articles
`stimulus-control` and `a-bad-night`.
"""

from __future__ import annotations

from flask import Blueprint, render_template

pages = Blueprint("get_up", __name__)


@pages.get("/get-up")
def page() -> str:
    return render_template("get_up/get_up.html")
