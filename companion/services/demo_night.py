"""What the test people keep for the night: a short list and a note, a few days old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from companion.domain.calm_note import note_to_data
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.domain.wind_down import Step, steps_to_data
from companion.storage import entries
from companion.storage.unit_of_work import Store

STEPS = {
    "nl": ("Grote lamp uit, kleine lamp aan", "De kat naar binnen", "Drie bladzijden in het oude boek"),
    "fr": ("Éteindre l’écran", "Une tisane", "Mes chaussettes chaudes"),
}
NOTES = {
    "nl": "Dit ging al eens voorbij, in maart.\nToen hielp de zetel, met de kat.\n\nMorgen mag ik Lena bellen.",
    "fr": "C’est déjà passé une fois, au printemps.\nLa radio tout bas m’a fait du bien.\n\nDemain : Louise.",
}


def keep_for_the_night(store: Store, person: Person, new_id: Callable[[], str], at: datetime) -> None:
    day = person.day(at)
    steps = tuple(Step(new_id(), text) for text in STEPS[person.language])
    kept = [
        Entry(new_id(), Kind.WIND_DOWN, day, at, steps_to_data(steps)),
        Entry(new_id(), Kind.CALM_NOTE, day, at, note_to_data(NOTES[person.language])),
    ]
    with store.write(person.id) as unit:
        entries.add(unit, person.id, kept, at)
