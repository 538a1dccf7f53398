"""A column among many values, given as one: a list of hundreds of parameters costs more to send than to look up."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Text, any_, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from companion.storage.unit_of_work import Unit


def among(unit: Unit, column: Any, values: Collection[str]) -> ColumnElement[bool]:
    """Whether a column of text holds one of these: a JSON array on SQLite, an array on PostgreSQL."""
    if unit.session.get_bind().dialect.name == "sqlite":
        given = func.json_each(json.dumps(list(values))).table_valued("value")
        found: ColumnElement[bool] = column.in_(select(given.c.value))
    else:
        found = column == any_(cast(list(values), ARRAY(Text)))
    return found
