"""A private calendar: an address that only its person knows, to be renewed and switched off, and the file behind it."""

from __future__ import annotations

from datetime import datetime, timedelta

from companion.domain.person import Person
from companion.notify.calendar_file import calendar_file
from companion.services.agenda import events_of
from companion.services.tokens import digest, new_token
from companion.storage import feeds, people, reminders
from companion.storage.feeds import Feed
from companion.storage.unit_of_work import Store, Unit

LONGEST_TOKEN = 100
NOTED_EVERY = timedelta(hours=1)


def read_feed(store: Store, person: Person) -> Feed | None:
    """The address that works now, if there is one."""
    with store.read() as unit:
        return feeds.of_person(unit, person.id)


def make_feed(store: Store, person: Person, now: datetime, *, renew: bool = False) -> None:
    """An address, or with `renew` a new one: the old one opens nothing any more."""
    with store.write(person.id) as unit:
        if renew or feeds.of_person(unit, person.id) is None:
            token = new_token()
            feeds.put(unit, person.id, token, digest(token), now)


def stop_feed(store: Store, person: Person) -> None:
    with store.write(person.id) as unit:
        feeds.remove(unit, person.id)


def calendar_of(store: Store, person: Person, app_name: str, now: datetime) -> bytes:
    """The file of someone who is signed in, to take along once."""
    with store.read() as unit:
        return _file(unit, person, app_name, now)


def calendar_at(store: Store, token: str, app_name: str, now: datetime) -> bytes | None:
    """The file behind an address; None where there is none. Any other token costs the same one look-up."""
    mark = digest(token[:LONGEST_TOKEN])
    with store.read() as unit:
        found = feeds.owner(unit, mark)
        person = people.by_id(unit, found[0]) if found else None
        if found is None or person is None:
            return None
        body = _file(unit, person, app_name, now)
    if found[1] is None or found[1] <= now - NOTED_EVERY:
        with store.write(person.id) as unit:
            feeds.note_read(unit, person.id, mark, now)
    return body


def _file(unit: Unit, person: Person, app_name: str, now: datetime) -> bytes:
    fuller = reminders.choice(unit, person.id).fuller
    events = events_of(unit, person, now)
    return calendar_file(events, person.id, person.zone, person.language, fuller, app_name, now)
