"""Take over an export: add what is not here yet, put it in place of everything, or bring an erased person back.

One transaction: what cannot be read back afterwards was damaged, and then nothing of it stays.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.entry import Entry, Kind, age, slot
from companion.domain.person import Person, name_key
from companion.services.export_person import NAMES, everything_of
from companion.services.log_night import kept_night
from companion.services.log_symptoms import read_list
from companion.services.passphrases import hash_passphrase
from companion.services.plan_view import live_plans
from companion.services.read_export import Portrait
from companion.services.record_sync import PURPOSES
from companion.services.tokens import code_digest, new_recovery_codes
from companion.storage import (
    entries,
    kind_words,
    people,
    plans,
    portable,
    reminders,
    shares,
    supplies,
    supporters,
)
from companion.storage.portable import PORTABLE, Portable
from companion.storage.unit_of_work import Store, Unit, Unstorable

_OF_DEVICES: Final = {"devices", "passkeys", "deliveries", "calendar_feed", "mail_address"}
"""Sections about a browser, a calendar or a mailbox: only who comes back gets theirs, as a record."""


@dataclass(frozen=True)
class Imported:
    """How many of each section came in."""

    added: Mapping[str, int]


@dataclass(frozen=True)
class Revived:
    """Someone who was erased is back. The old passphrase is not in an export: a code lets them choose a new one."""

    person: Person
    codes: list[str]


MANY: Final = 10_000
Tell = Callable[[int, int], None]
"""Hears how many entries of how many are written; nothing stays before all are."""


def _nothing(_done: int, _of: int) -> None:
    return None


class _Stop(Exception):
    """Nothing of this transaction may stay."""

    def __init__(self, refused: Refused) -> None:
        super().__init__()
        self.refused = refused


def merge(store: Store, person: Person, portrait: Portrait, tell: Tell = _nothing) -> Imported | Refused:
    """Add what this person does not have yet. Doing it twice is harmless; what is here stays as it is."""
    return _in_one(store.write(person.id), person, lambda unit: _merge(unit, person, portrait, tell))


def put_in_place(store: Store, person: Person, portrait: Portrait, tell: Tell = _nothing) -> Imported | Refused:
    """Everything this person noted makes way for what the export holds. Name, passphrase and consent stay."""
    return _in_one(store.write(person.id), person, lambda unit: _replace(unit, person, portrait, tell))


def revive(store: Store, portrait: Portrait, now: datetime, tell: Tell = _nothing) -> Revived | Refused:
    """A person from their export, with the id they had. Refused while someone has that name or id."""
    person, codes = portrait.person, new_recovery_codes()

    def act(unit: Unit) -> Imported:
        if people.by_id(unit, person.id) or people.by_name(unit, name_key(person.name)):
            raise _Stop(Refused.because("person", "person_name_taken"))
        nobody_knows = hash_passphrase(secrets.token_urlsafe(32))
        people.add(unit, person, name_key(person.name), nobody_knows, demo=portrait.demo)
        people.replace_codes(unit, person.id, [code_digest(code) for code in codes], now)
        for consent in portrait.consents:
            people.add_consent(unit, person.id, consent)
        return _fill(unit, person, portrait, PORTABLE, tell)

    done = _in_one(store.write(), person, act)
    return done if isinstance(done, Refused) else Revived(person, codes)


def _in_one(
    transaction: AbstractContextManager[Unit], person: Person, act: Callable[[Unit], Imported]
) -> Imported | Refused:
    try:
        with transaction as unit:
            done = act(unit)
            _read_back(unit, person)
        return done
    except _Stop as stop:
        return stop.refused
    except (Unstorable, ValueError, LookupError, TypeError, ArithmeticError, AttributeError):
        return Refused.because("file", "import_unreadable")


def _read_back(unit: Unit, person: Person) -> None:
    """Whatever pages read of a person can be read. Raises when something cannot."""
    everything_of(unit, person)
    live_plans(unit, person)
    supplies.of_person(unit, person.id)
    reminders.of_person(unit, person.id)
    reminders.choice(unit, person.id)
    shares.of_person(unit, person.id)
    shares.views_of(unit, person.id)
    supporters.of_person(unit, person.id)
    kind_words.newest(unit, person.id, MANY)
    for entry in entries.everything(unit, person.id, Kind.NIGHT):
        kept_night(entry, person)
    for entry in entries.everything(unit, person.id, Kind.SYMPTOMS):
        if isinstance(read_list(entry.data), Refused):
            raise ValueError("a list that cannot be read")


def _allowed(unit: Unit, person: Person, portrait: Portrait) -> None:
    """Raises _Stop when someone did not say yes to keeping what is in the file."""
    given = {consent.purpose for consent in people.consents(unit, person.id) if consent.stands}
    needed = {PURPOSES[entry.kind] for entry in portrait.entries if entry.kind in PURPOSES}
    if portrait.plans:
        needed.add(Purpose.PLAN)
    for purpose in Purpose:
        if purpose in needed - given:
            raise _Stop(Refused.because("file", f"sync_consent_{purpose.value}"))


def _merge(unit: Unit, person: Person, portrait: Portrait, tell: Tell) -> Imported:
    _allowed(unit, person, portrait)
    added: Counter[str] = Counter()
    for versions in portrait.plans:
        here = plans.versions(unit, person.id, versions[-1].id)
        same = [(one.document, one.made_at, one.reason) for one in versions[: len(here)]]
        if same != [(one.document, one.made_at, one.reason) for one in here[: len(versions)]]:
            raise _Stop(Refused.because("file", "import_other_plan"))
        if len(versions) > len(here):
            plans.put(unit, person.id, versions[len(here) :])
            added["plans"] += not here
    known = entries.ids(unit, person.id)
    fresh = [entry for entry in portrait.entries if entry.id not in known]
    _keep(unit, person, fresh, tell)
    added.update(NAMES[entry.kind] for entry in fresh)
    for each in PORTABLE:
        if each.section in _OF_DEVICES:
            continue
        here_keys = portable.known(unit, person.id, each)
        rows = list(portrait.flat[each.section])
        if each.single:
            rows = [] if here_keys else rows
        else:
            rows = [row for row in rows if portable.key_of(each, row) not in here_keys]
        if each.section == "reminders":
            taken = {(one.kind.value, one.key) for one in reminders.of_person(unit, person.id)}
            rows = [row for row in rows if (row["kind"], row["key"]) not in taken]
        portable.take(unit, person.id, each, rows)
        added[each.section] += len(rows)
    return Imported(added)


def _keep(unit: Unit, person: Person, fresh: list[Entry], tell: Tell) -> None:
    """New entries beside what is here: of each thing only the newest that was shown stays shown."""
    shown = [entry for entry in fresh if not entry.superseded]
    rivals: list[Entry] = []
    for kind in {entry.kind for entry in shown}:
        days = [entry.day for entry in shown if entry.kind is kind]
        rivals += entries.between(unit, person.id, kind, min(days), max(days), words=False)
    newest: dict[object, Entry] = {}
    for entry in (*rivals, *shown):
        key = slot(entry) or entry.id
        newest[key] = max(newest.get(key, entry), entry, key=age)
    standing = {entry.id for entry in newest.values()}
    old = [entry.id for entry in rivals if entry.id not in standing]
    for start in range(0, len(old), 500):
        entries.supersede(unit, person.id, *old[start : start + 500])
    kept = [replace(each, superseded=each.superseded or each.id not in standing) for each in fresh]
    entries.put(unit, person.id, _told(kept, tell))


def _told(made: Sequence[Entry], tell: Tell) -> Iterator[Entry]:
    for done, entry in enumerate(made):
        tell(done, len(made))
        yield entry
    tell(len(made), len(made))


def _replace(unit: Unit, person: Person, portrait: Portrait, tell: Tell) -> Imported:
    _allowed(unit, person, portrait)
    theirs = [each for each in PORTABLE if each.section not in _OF_DEVICES]
    for each in reversed(theirs):
        portable.clear(unit, person.id, each)
    entries.remove_all(unit, person.id)
    plans.remove_all(unit, person.id)
    people.set_day_turn(unit, person.id, portrait.person.day_turn)
    people.set_zone(unit, person.id, portrait.person.zone)
    return _fill(unit, person, portrait, theirs, tell)


def _fill(unit: Unit, person: Person, portrait: Portrait, sections: Sequence[Portable], tell: Tell) -> Imported:
    """Everything of the file for someone who has nothing yet."""
    for versions in portrait.plans:
        plans.put(unit, person.id, versions)
    entries.put(unit, person.id, _told(list(portrait.entries), tell))
    for each in sections:
        portable.take(unit, person.id, each, portrait.flat[each.section])
    added = Counter(NAMES[entry.kind] for entry in portrait.entries)
    added["plans"] = len(portrait.plans)
    return Imported(added)
