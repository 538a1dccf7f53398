"""Last night, as usual: a person's own usual answers, shown before they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from companion.domain.codes import Refused
from companion.domain.night import TIMES_AND_NUMBERS, USUAL_DAYS, Night, read_night, usual_night
from companion.domain.person import Person
from companion.services.log_night import keep_night, night_of, nights_between
from companion.storage.unit_of_work import Store


def usual_of(store: Store, person: Person, wake_date: date) -> Night | None:
    """The usual night to `wake_date`; None where it is not known."""
    day = timedelta(days=1)
    nights = nights_between(store, person, wake_date - USUAL_DAYS * day, wake_date - day)
    return usual_night((kept.night for kept in nights), wake_date, person.zone)


def keep_usual(
    store: Store, person: Person, wake_date: date, shown: Mapping[str, str], entry_id: str, now: datetime
) -> Refused | None:
    """Keep the answers that were shown, as usual. A night that is told already stays as it is."""
    if night_of(store, person, wake_date):
        return None
    fields = {name: shown.get(name, "") for name in TIMES_AND_NUMBERS}
    night = read_night(fields | {"as_usual": "yes"}, wake_date, person.zone)
    return night if isinstance(night, Refused) else keep_night(store, person, night, entry_id, now)
