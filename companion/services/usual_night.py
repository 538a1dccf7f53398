"""Last night, as usual: a person's own usual answers, shown before they are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.entry import Kind
from companion.domain.night import TIMES_AND_NUMBERS, USUAL_DAYS, Night, lived_night, read_night, usual_night
from companion.domain.person import Person
from companion.services.log_night import keep_night, night_of
from companion.storage import entries
from companion.storage.unit_of_work import Store


def usual_of(store: Store, person: Person, wake_date: date) -> Night | None:
    """The usual night to `wake_date`; None where it is not known."""
    day = timedelta(days=1)
    with store.read() as unit:
        first, last = wake_date - USUAL_DAYS * day, wake_date - day
        found = entries.between(unit, person.id, Kind.NIGHT, first, last, words=False)
    return usual_night(
        (_night(json.dumps(entry.data), entry.day, person.zone) for entry in found), wake_date, person.zone
    )


@lru_cache(maxsize=4096)
def _night(answers: str, wake_date: date, zone: ZoneInfo) -> Night:
    """The answers of a night, read. The same 28 nights are read on every page until the night is told; what is kept of
    them here is found by the answers themselves, so another answer is another night, and it holds no words."""
    lived = lived_night(json.loads(answers), wake_date, zone)
    if isinstance(lived, Refused):
        raise ValueError(f"a night of {wake_date} cannot be read back: {lived.reasons}")
    return lived.night


def keep_usual(
    store: Store, person: Person, wake_date: date, shown: Mapping[str, str], entry_id: str, now: datetime
) -> Refused | None:
    """Keep the answers that were shown, as usual. A night that is told already stays as it is."""
    if night_of(store, person, wake_date):
        return None
    fields = {name: shown.get(name, "") for name in TIMES_AND_NUMBERS}
    night = read_night(fields | {"as_usual": "yes"}, wake_date, person.zone)
    return night if isinstance(night, Refused) else keep_night(store, person, night, entry_id, now)
