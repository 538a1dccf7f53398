"""Asking the database whether it is there."""

from __future__ import annotations

from sqlalchemy import text

from companion.storage.unit_of_work import Unit


def sqlite_version(unit: Unit) -> str:
    return str(unit.session.connection().execute(text("SELECT sqlite_version()")).scalar())
