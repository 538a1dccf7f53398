"""What a person may change about how the product meets them."""

from __future__ import annotations

from datetime import time

from companion.domain.codes import Refused
from companion.domain.day import read_wall_time
from companion.domain.person import Person
from companion.storage import people
from companion.storage.unit_of_work import Store

LATEST_TURN = time(12, 0)


def set_language(store: Store, person: Person, language: str) -> None:
    with store.write(person.id) as unit:
        people.set_language(unit, person.id, language)


def set_day_turn(store: Store, person: Person, typed: str) -> Refused | None:
    """The hour at which the person's day turns: a wall time from 00:00 to 12:00."""
    turn = read_wall_time(typed)
    if turn is None or turn > LATEST_TURN:
        return Refused.because("day_turn", "person_day_turn")
    with store.write(person.id) as unit:
        people.set_day_turn(unit, person.id, turn)
    return None
