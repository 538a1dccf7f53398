"""Who said yes to being counted, and on which days they noted something."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, cast

from sqlmodel import col, select

from companion.domain.consent import TEXT_VERSION, Purpose
from companion.domain.dose import taken_mg
from companion.domain.entry import Kind
from companion.storage.tables import ConsentRow, EntryRow, PersonRow
from companion.storage.unit_of_work import Unit


def said_yes(unit: Unit) -> list[str]:
    """The ids of those whose consent to being counted stands. Examples are nobody."""
    query = select(ConsentRow.person_id).join(PersonRow, col(PersonRow.id) == col(ConsentRow.person_id))
    query = query.where(
        col(PersonRow.example_until).is_(None),
        ConsentRow.purpose == Purpose.OUTCOMES.value,
        col(ConsentRow.withdrawn_at).is_(None),
        ConsentRow.text_version == TEXT_VERSION,
    )
    return sorted(set(unit.session.exec(query).all()))


def days_noted(unit: Unit, person_ids: Collection[str]) -> dict[str, dict[date, bool]]:
    """For each of these people the days on which something stands noted, and whether a dose was taken then."""
    query = cast(Any, select)(EntryRow.person_id, EntryRow.day, EntryRow.kind, EntryRow.data).where(
        col(EntryRow.person_id).in_(person_ids), col(EntryRow.superseded).is_(False)
    )
    found: dict[str, dict[date, bool]] = defaultdict(dict)
    for person_id, day, kind, text in unit.session.exec(query):
        taken = kind == Kind.DOSE.value and taken_mg(json.loads(text)) > 0
        found[person_id][day] = found[person_id].get(day, False) or taken
    return found
