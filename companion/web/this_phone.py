"""The name of this browser among those that get messages: a cookie that only says which one it is."""

from __future__ import annotations

from typing import Final

from flask import request
from werkzeug.wrappers import Response

from companion.web.house import house

COOKIE: Final = "andante-phone"
LONGEST: Final = 36
LASTS: Final = 400 * 24 * 3600
"""Seconds: the longest a browser keeps a cookie. It is set again at each start."""


def this_phone() -> str:
    """The name this browser got when it subscribed; "" for none."""
    return request.cookies.get(COOKIE, "")[:LONGEST]


def name_phone(response: Response, phone: str) -> None:
    response.set_cookie(COOKIE, phone, max_age=LASTS, httponly=True, samesite="Lax", secure=house().settings.secure)


def forget_phone(response: Response) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=house().settings.secure)
