"""The house behind the current request, and the person's moment."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from companion.bootstrap import House
from companion.storage.unit_of_work import Store


def house() -> House:
    found: House = current_app.extensions["house"]
    return found


def store() -> Store:
    return house().store


def now() -> datetime:
    """The instant of this request (UTC), to the second."""
    return house().now().replace(microsecond=0)
