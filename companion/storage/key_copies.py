"""Copies of the wrapped keys, of who was erased and of what people ended: beside the backups, and never in one
(docs/adr/0011).

A file holds the keys of now: whoever was erased is not in it any more. It is written in one piece, before the backup
that needs it, and again when someone is erased, withdraws a consent or stops a link. Which files there are stands in
`key-copies` in the instance folder.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, select

from companion.storage import ended as ends
from companion.storage.ended import Ended
from companion.storage.files import write_whole
from companion.storage.key_tables import ErasedRow, HouseKeyRow, PersonKeyRow
from companion.storage.keys import digest_of
from companion.storage.tables import Base
from companion.storage.wrapping import Ring, Wrapped

log = logging.getLogger("companion.keys")

FORMAT: Final = "andante-keys-1"
KNOWN: Final = "key-copies"
SUFFIX: Final = ".keys"

KEYS: Final = Base.metadata.tables[str(PersonKeyRow.__tablename__)]
ERASED: Final = Base.metadata.tables[str(ErasedRow.__tablename__)]

HOUSE: Final = Base.metadata.tables[str(HouseKeyRow.__tablename__)]


class Unreadable(Exception):
    """This is no copy of keys, or a damaged one. The message names the file."""


@dataclass(frozen=True)
class Kept:
    """A wrapped key and when it was made."""

    wrapped: Wrapped
    made_at: datetime


@dataclass(frozen=True)
class Keys:
    """Of each person every key that was found, when whoever was erased (by digest) last was, the key of marks, and
    what people ended."""

    people: Mapping[str, tuple[Kept, ...]] = field(default_factory=dict)
    erased: Mapping[str, datetime] = field(default_factory=dict)
    house: tuple[Kept, ...] = ()
    ended: Ended = field(default_factory=Ended)

    def and_also(self, other: Keys) -> Keys:
        people = {one: self.people.get(one, ()) + other.people.get(one, ()) for one in {*self.people, *other.people}}
        erased = dict(self.erased)
        for digest, at in other.erased.items():
            erased[digest] = max(at, erased.get(digest, at))
        return Keys(people, erased, self.house + other.house, self.ended.and_also(other.ended))

    def erased_since(self, person_id: str, at: datetime | None) -> bool:
        """Whether this person was erased after a copy was made; `at` None: at whatever time."""
        when = self.erased.get(digest_of(person_id))
        return when is not None and (at is None or when >= at)

    def key_of(self, person_id: str, ring: Ring) -> Kept | None:
        """The one to use: the newest that our DATA_KEY opens."""
        usable = [each for each in self.people.get(person_id, ()) if ring.opens(each.wrapped)]
        return max(usable, key=lambda each: each.made_at, default=None)


def of_now(connection: Connection, now: datetime) -> Keys:
    """What a copy holds: of what ended only as much as there are backups from before it."""
    return of_database(connection, now - ends.KEPT)


def of_database(connection: Connection, since: datetime | None = None) -> Keys:
    """What the database itself has; nothing where it has no such tables yet. `since`: of what ended."""
    if not inspect(connection).has_table(KEYS.name):
        return Keys()
    people = {
        person_id: (Kept(Wrapped(text, by), made_at),)
        for person_id, text, by, made_at in connection.execute(
            select(KEYS.c.person_id, KEYS.c.wrapped, KEYS.c.wrapped_with, KEYS.c.made_at)
        )
    }
    erased = {digest: at for digest, at in connection.execute(select(ERASED.c.digest, ERASED.c.at))}
    house = connection.execute(select(HOUSE.c.wrapped, HOUSE.c.wrapped_with, HOUSE.c.made_at))
    of_house = tuple(Kept(Wrapped(text, by), made_at) for text, by, made_at in house)
    return Keys(people, erased, of_house, ends.of_database(connection, since))


def name_of(house_key: bytes) -> str:
    """Copies of two houses never have the same name."""
    return f"andante-{sha256(b'copy ' + house_key).hexdigest()[:8]}{SUFFIX}"


def _said(kept: Kept) -> list[str]:
    return [kept.wrapped.text, kept.wrapped.by, kept.made_at.isoformat()]


def _kept(said: Sequence[str]) -> Kept:
    text, by, made_at = map(str, said)
    return Kept(Wrapped(text, by), datetime.fromisoformat(made_at))


def write(path: Path, found: Keys) -> None:
    """In one piece: whoever reads it meanwhile sees the old one or the new one."""
    document = {
        "format": FORMAT,
        "house": [_said(each) for each in found.house[:1]],
        "keys": {one: _said(each[-1]) for one, each in sorted(found.people.items())},
        "erased": {digest: at.isoformat() for digest, at in sorted(found.erased.items())},
        "withdrawn": ends.said(found.ended.consents),
        "links": ends.said(found.ended.links),
    }
    write_whole(path, (json.dumps(document, indent=0) + "\n").encode())


def read(path: Path) -> Keys:
    """Raises Unreadable."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise ValueError(document["format"])
        people = {str(one): (_kept(said),) for one, said in document["keys"].items()}
        house = tuple(map(_kept, document["house"]))
        erased = {str(digest): datetime.fromisoformat(at) for digest, at in document["erased"].items()}
        ended = Ended(ends.read(document.get("withdrawn", ())), ends.read(document.get("links", ())))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{path} is not a copy of keys, or is damaged.") from error
    return Keys(people, erased, house, ended)


def as_of_now(found: Keys, path: Path) -> Keys:
    """What the file holds from now on: the keys of now, what ended lately, and everyone who was ever erased.
    Raises Unreadable."""
    before = read(path) if path.exists() else Keys()
    return replace(found, erased=before.and_also(found).erased)


def read_all(paths: Iterable[Path]) -> Keys:
    found = Keys()
    for path in sorted({each.resolve() for each in paths}):
        found = found.and_also(read(path))
    return found


def known(instance: Path) -> list[Path]:
    """The copies that were made on this machine and are still there."""
    with suppress(OSError):
        lines = (instance / KNOWN).read_text(encoding="utf-8").splitlines()
        return [path for path in map(Path, dict.fromkeys(lines)) if path.exists()]
    return []


def remember(instance: Path, path: Path) -> None:
    """From now on it is brought up to date when someone is erased."""
    paths = [*known(instance), path.resolve()]
    write_whole(instance / KNOWN, "".join(f"{each}\n" for each in dict.fromkeys(paths)).encode())


def bring_up_to_date(instance: Path, found: Keys) -> None:
    """Write every copy of this machine again. One that cannot be written is told, and stops nothing."""
    for path in known(instance):
        try:
            write(path, as_of_now(found, path))
        except (OSError, Unreadable) as error:
            log.error("a copy of keys could not be brought up to date: %s", type(error).__name__)
