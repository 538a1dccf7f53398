"""The house behind the current request, and the person's moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import current_app

from companion.bootstrap import House
from companion.storage.unit_of_work import Store

P = ParamSpec("P")
R = TypeVar("R")


def house() -> House:
    found: House = current_app.extensions["house"]
    return found


def store() -> Store:
    return house().store


def one_moment(view: Callable[P, R]) -> Callable[P, R]:
    """A view that only reads, and asks many services: all they read is read in one transaction."""

    @wraps(view)
    def at_once(*args: P.args, **kwargs: P.kwargs) -> R:
        with store().one_moment():
            return view(*args, **kwargs)

    return at_once


def now() -> datetime:
    """The instant of this request (UTC), to the second."""
    return house().now().replace(microsecond=0)
