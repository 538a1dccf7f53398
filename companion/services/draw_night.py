"""Keep a night that was painted on the sleep-wake calendar."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.night import (
    TIMES_AND_NUMBERS,
    Night,
    answers_from_drawn,
    night_to_fields,
    read_night,
)
from companion.domain.night.one_record import ANSWERED
from companion.domain.night.row import read_row
from companion.domain.person import Person
from companion.services.log_night import DRAWN, TYPED, keep_night, night_of, unanswered, zone_of
from companion.storage.unit_of_work import Store


def draw_night(
    store: Store,
    person: Person,
    wake_date: date,
    painting: tuple[str, str],
    entry_id: str,
    now: datetime,
    counts: str = "",
) -> Refused | None:
    """Keep what was painted (the texts of a row and of marks) beside what was typed of that night.

    Refused where the two differ, until `counts` says which of them stands; and where nothing is painted or marked.
    """
    kept = night_of(store, person, wake_date)
    zone = zone_of(kept, person)
    night = read_painted(zone, wake_date, painting, kept.night if kept else None, counts)
    return night if isinstance(night, Refused) else keep_night(store, person, night, entry_id, now, zone)


def read_painted(
    zone: ZoneInfo, wake_date: date, painting: tuple[str, str], kept: Night | None, counts: str = ""
) -> Night | Refused:
    """The painted night with the answers that were typed before."""
    drawn, marks = painting
    row = read_row(drawn, wake_date, zone)
    if isinstance(row, Refused):
        return row
    painted = answers_from_drawn(row, wake_date, zone) if row else Night(wake_date)
    if isinstance(painted, Refused):
        return painted
    fields = _typed_before(zone, kept)
    typed = {name: fields.get(name, "") for name in TIMES_AND_NUMBERS}
    if row is None and not marks and not any(typed.values()):
        return Refused.because("drawn", "night_drawn_nothing")
    if counts == DRAWN:
        fields |= unanswered(painted)
    fields |= {"drawn": "" if counts == TYPED else drawn, "marks": marks}
    night = read_night(fields, wake_date, zone)
    if isinstance(night, Refused) or not fields.get("as_usual"):
        return night
    same = all(night_to_fields(night)[name] == typed[name] for name in TIMES_AND_NUMBERS)
    return night if same else read_night(fields | {"as_usual": ""}, wake_date, zone)


def _typed_before(zone: ZoneInfo, kept: Night | None) -> dict[str, str]:
    """Everything told of a night, less the answers that only an earlier drawing gave."""
    if kept is None:
        return {}
    fields = night_to_fields(kept)
    before = answers_from_drawn(kept.drawn, kept.wake_date, zone) if kept.drawn else None
    if isinstance(before, Night):
        given = {name for name in ANSWERED if getattr(before, name) is not None}
        fields |= {name: "" for name in given if getattr(before, name) == getattr(kept, name)}
    return fields
