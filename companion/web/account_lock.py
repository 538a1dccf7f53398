"""The lock of this phone. All of it happens there: the server only gives the page."""

from __future__ import annotations

from flask import Blueprint, render_template

from companion.web.forms import Form
from companion.web.login import signed_in

pages = Blueprint("account_lock", __name__)


@pages.get("/account/lock")
@signed_in
def page() -> str:
    return render_template("account/lock.html", form=Form({"minutes": "5"}))
