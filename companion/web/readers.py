"""Pages that somebody reads with an address they were given. Whoever is signed in on that device: not there."""

from __future__ import annotations

from typing import Final

from flask import request

READERS: Final = frozenset({"shared", "supporting"})
"""The blueprints behind `/s`. They sign nobody in, set no cookie, and have their own choice of language."""


def for_a_reader() -> bool:
    return request.blueprint in READERS
