"""A copy while people write, put back elsewhere or in place: every row, every word, and nobody who was erased."""

from __future__ import annotations

import json
import os
import stat
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from companion.bootstrap import House
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services.back_up import back_up, restore
from companion.services.demo import make_demo
from companion.services.erase_person import erase_person, find_person
from companion.services.export_person import export_person
from companion.services.import_person import Revived, revive
from companion.services.join import Joined, Joining, join
from companion.services.read_export import Portrait, read_export
from companion.services.rotate_keys import rotate_keys
from companion.storage import entries, key_copies
from companion.storage.backup import Impossible
from companion.storage.migrate import configuration
from companion.storage.restore import WithoutKeys, WouldOverwrite
from companion.storage.tables import Base
from tests.build import Clock, rows
from tests.services.conftest import Elsewhere

SECRET = "alleen voor mij, en voor niemand anders"


def come(house: House, name: str, clock: Clock) -> Person:
    joined = join(house.store, Joining(name, "a long passphrase", True, "nl"), clock())
    assert isinstance(joined, Joined)
    note(house, joined.person, 0, clock)
    return joined.person


def note(house: House, person: Person, number: int, clock: Clock) -> None:
    day = date(2026, 1, 1) + timedelta(days=number % 300)
    entry = Entry(str(uuid4()), Kind.NIGHT, day, clock(), {"naps_min": number, "note": f"{SECRET} {number}"})
    with house.store.write(person.id) as unit:
        entries.add(unit, person.id, [entry], clock())


def everything(house: House) -> dict[str, list[str]]:
    """Every row of every table, but for what a copy says about itself."""
    return {
        name: sorted(str(sorted(row.items())) for row in rows(house, name))
        for name in Base.metadata.tables
        if name != "backup"
    }


def told(house: House, name: str) -> dict[str, Any]:
    person = find_person(house.store, name)
    assert person
    return export_person(house.store, person)


def taken(house: House, path: Path) -> Path:
    back_up(house.store, path, house.now())
    return path


def test_every_row_comes_back_on_another_machine(
    house: House, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    make_demo(house.store, 1, 10, force=False, now=clock())
    come(house, "Ann", clock)
    copy = taken(house, tmp_path / "copy")
    other = elsewhere()
    done = restore(other.store, copy, None)
    assert (done.people, done.erased, done.without_words, done.taken_at) == (5, 0, 0, clock())
    assert everything(other) == everything(house)
    assert told(other, "Ann") == told(house, "Ann")
    assert SECRET in str(told(other, "Ann"))
    come(other, "Ben", clock)


def test_a_copy_while_people_write_is_of_one_moment(
    house: House, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    """Two rows in each transaction: a copy has both or none, and everything that was there before it began."""
    ann = come(house, "Ann", clock)
    stop, began = Event(), Event()
    wrote: list[int] = []

    def write() -> None:
        number = 1
        while not stop.is_set():
            with house.store.write(ann.id) as unit:
                pair = [
                    Entry(f"{half}-{number}", Kind.CHECK_IN, date(2026, 5, 5), clock(), {"level": 3, "words": SECRET})
                    for half in "ab"
                ]
                entries.add(unit, ann.id, pair, clock())
            wrote.append(number)
            if number == 20:
                began.set()
            number += 1

    writer = Thread(target=write)
    writer.start()
    try:
        assert began.wait(60)
        for number in range(3):
            before = set(wrote)
            copy = taken(house, tmp_path / f"copy {number}")
            other = elsewhere(f"elsewhere {number}")
            restore(other.store, copy, None)
            ids = {row["id"] for row in rows(other, "entry")}
            halves = [{each[2:] for each in ids if each.startswith(half)} for half in ("a-", "b-")]
            assert halves[0] == halves[1]
            assert {f"a-{each}" for each in before} <= ids
            found = {row["id"]: row for row in rows(house, "entry")}
            assert all(found[row["id"]] == row for row in rows(other, "entry"))
            assert str(told(other, "Ann")).count(SECRET) == len(ids)
    finally:
        stop.set()
        writer.join()


def test_a_copy_holds_no_key_and_is_for_its_owner_only(house: House, clock: Clock, tmp_path: Path, engine: str) -> None:
    come(house, "Ann", clock)
    wrapped = [row["wrapped"] for row in rows(house, "person_key")]
    copy = taken(house, tmp_path / "copy")
    assert wrapped
    assert not any(each.encode() in copy.read_bytes() for each in wrapped)
    assert SECRET.encode() not in copy.read_bytes()
    assert sorted(path.suffix for path in tmp_path.glob("*")) == ["", "", ".keys"]  # instance, copy, keys
    for path in (copy, *tmp_path.glob("*.keys")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_overwritten(house: House, clock: Clock, tmp_path: Path, engine: str) -> None:
    come(house, "Ann", clock)
    (tmp_path / "copy").write_text("somebody's")
    with pytest.raises(FileExistsError):
        taken(house, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "somebody's"
    with pytest.raises(Impossible):
        taken(house, tmp_path / "no such folder" / "copy")
    assert not list(tmp_path.glob(".*"))


def test_where_people_live_nothing_is_put_back_without_saying_so(
    house: House, clock: Clock, tmp_path: Path, engine: str
) -> None:
    come(house, "Ann", clock)
    copy = taken(house, tmp_path / "copy")
    come(house, "Ben", clock)
    before = everything(house)
    with pytest.raises(WouldOverwrite) as refused:
        restore(house.store, copy, None)
    assert refused.value.people == 2
    assert everything(house) == before
    assert restore(house.store, copy, None, force=True).people == 1
    assert find_person(house.store, "Ben") is None
    assert SECRET in str(told(house, "Ann"))


@pytest.mark.parametrize("content", [b"", b"nonsense", b"SQLite format 3\0 and nonsense", b"PGDMP and nonsense"])
def test_what_is_no_backup_changes_nothing(
    house: House, clock: Clock, tmp_path: Path, content: bytes, engine: str
) -> None:
    come(house, "Ann", clock)
    (tmp_path / "copy").write_bytes(content)
    before = everything(house)
    with pytest.raises(Exception, match=r"backup|cannot be read|damaged|database"):
        restore(house.store, tmp_path / "copy", None, force=True)
    assert everything(house) == before


def test_a_copy_that_was_cut_off_changes_nothing(house: House, clock: Clock, tmp_path: Path, engine: str) -> None:
    make_demo(house.store, 0, 10, force=False, now=clock())
    copy = taken(house, tmp_path / "copy")
    before = everything(house)
    os.truncate(copy, copy.stat().st_size * 2 // 3)
    with pytest.raises(Exception, match=r"cannot be read|damaged|malformed|ended|unexpected|syntax"):
        restore(house.store, copy, None, force=True)
    assert everything(house) == before


# Who was erased


def test_who_was_erased_after_the_copy_does_not_come_back(
    house: House, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    ann, ben = come(house, "Ann", clock), come(house, "Ben", clock)
    sealed = [row["words"] for row in rows(house, "entry") if row["person_id"] == ann.id]
    copy = taken(house, tmp_path / "copy")
    clock.forward(hours=1)
    erase_person(house.store, ann, clock())
    for other in (elsewhere(), house):  # on another machine, and here in place of everything
        done = restore(other.store, copy, None, force=True)
        assert (done.people, done.erased) == (1, 1)
        for table in ("person", "entry", "session", "person_key", "recovery_code"):
            column = "id" if table == "person" else "person_id"
            assert {row[column] for row in rows(other, table)} == {ben.id}, table
        assert sealed[0] not in str(rows(other, "entry"))
    [keys] = tmp_path.glob("*.keys")
    assert ann.id not in keys.read_text()
    assert ben.id in keys.read_text()


def test_the_copy_alone_opens_no_words_of_whoever_was_erased(
    house: House, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    """Somebody takes an old copy and the keys of now elsewhere, and takes the erasure out of the list."""
    ann = come(house, "Ann", clock)
    copy = taken(house, tmp_path / "copy")
    erase_person(house.store, ann, clock())
    [keys] = tmp_path.glob("*.keys")
    found = key_copies.read(keys)
    key_copies.write(keys, key_copies.Keys(found.people, {}, found.house))
    other = elsewhere()
    with pytest.raises(WithoutKeys):
        restore(other.store, copy, None)
    assert rows(other, "person") == []
    assert restore(other.store, copy, None, without_words=True).without_words == 1
    assert SECRET not in str(told(other, "Ann"))


def test_without_the_keys_nothing_is_put_back_until_words_are_given_up(
    house: House, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    come(house, "Ann", clock)
    copy = taken(house, tmp_path / "copy")
    [keys] = tmp_path.glob("*.keys")
    away = keys.rename(tmp_path / "instance" / "put away")
    other = elsewhere()
    with pytest.raises(WithoutKeys) as refused:
        restore(other.store, copy, None)
    assert refused.value.people == 1
    assert restore(other.store, copy, away).people == 1
    assert SECRET in str(told(other, "Ann"))
    assert restore(other.store, copy, None, force=True).without_words == 0  # they are here now


def test_who_came_back_after_being_erased_stays(
    house: House, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    ann = come(house, "Ann", clock)
    portrait = read_export(json.dumps(export_person(house.store, ann)))
    assert isinstance(portrait, Portrait)
    before = taken(house, tmp_path / "before")
    clock.forward(hours=1)
    erase_person(house.store, ann, clock())
    clock.forward(hours=1)
    assert isinstance(revive(house.store, portrait, clock()), Revived)
    clock.forward(hours=1)
    after = taken(house, tmp_path / "after")
    other = elsewhere()
    assert restore(other.store, after, None).people == 1
    assert SECRET in str(told(other, "Ann"))
    assert restore(other.store, before, None, force=True).people == 0


def test_a_copy_of_before_a_rotation_opens_after_it(
    house: House, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    come(house, "Ann", clock)
    copy = taken(house, tmp_path / "copy")
    new = elsewhere(
        "instance",
        database_url=house.settings.database_url,
        data_key="a new key, a long one",
        data_keys_old=(house.settings.data_key,),
    )
    rotate_keys(new.store)
    other = elsewhere(data_key="a new key, a long one")
    restore(other.store, copy, None)
    assert SECRET in str(told(other, "Ann"))
    with pytest.raises((WithoutKeys, Impossible)):
        restore(elsewhere("without", data_key="another key, as long").store, copy, None)


def schema(house: House, name: str) -> None:
    with house.store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :name"), {"name": name})


def test_a_copy_of_a_newer_version_changes_nothing(
    house: House, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    come(house, "Ann", clock)
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    schema(house, "9999")
    copy = taken(house, tmp_path / "copy")
    other = elsewhere()
    with pytest.raises(Impossible, match="newer"):
        restore(other.store, copy, None)
    assert rows(other, "person") == []
    schema(house, str(head))
