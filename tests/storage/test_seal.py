"""Free text at rest: unreadable in the file, sealed with a key of its person, which goes with the person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from companion.bootstrap import House, build, check_key, migrate
from companion.domain.person import Person
from companion.services.erase_person import erase_person, find_person
from companion.services.join import Joined, Joining, join
from companion.services.rotate_keys import rotate_keys
from companion.settings import BadSetting
from companion.storage.seal import NoKey
from companion.storage.unit_of_work import Store, Unstorable
from companion.storage.wrapping import Ring, WrongKey
from tests.build import Clock, rows, settings_in
from tests.web.fetcher import Browser

SECRET = "een bijzonder geheim zinnetje"
OLD, NEW = "a data key of the tests", "another data key, later"

Someone = Callable[[str], Person]


@pytest.fixture
def someone(house: House, clock: Clock) -> Someone:
    def come(name: str) -> Person:
        joined = join(house.store, Joining(name, "a long passphrase", True, "nl"), clock())
        assert isinstance(joined, Joined)
        return joined.person

    return come


@pytest.fixture
def ann(someone: Someone) -> Person:
    return someone("Ann")


def closed(store: Store, words: str, person_id: str) -> str:
    with store.write(person_id) as unit:
        return unit.seal.close(words, person_id)


def opened(store: Store, sealed: str, person_id: str) -> str:
    with store.read() as unit:
        return unit.seal.open(sealed, person_id)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(words=st.text(st.characters(codec="utf-8")))
def test_what_is_sealed_opens_again_for_the_same_person(house: House, ann: Person, words: str) -> None:
    sealed = closed(house.store, words, ann.id)
    assert opened(house.store, sealed, ann.id) == words
    assert sealed == "" if not words else words not in sealed or len(words) < 4


def test_a_sealed_text_moved_to_someone_else_cannot_be_opened(house: House, ann: Person, someone: Someone) -> None:
    sealed = closed(house.store, SECRET, ann.id)
    with pytest.raises(InvalidTag):
        opened(house.store, sealed, someone("Ben").id)
    with pytest.raises(NoKey):
        opened(house.store, sealed, str(uuid4()))


def test_a_key_moved_to_someone_else_opens_nothing(house: House, ann: Person, someone: Someone) -> None:
    """Who writes the database but has no DATA_KEY cannot give one person the key of another."""
    ben = someone("Ben")
    sealed = closed(house.store, SECRET, ann.id)
    wrapped = next(row["wrapped"] for row in rows(house, "person_key") if row["person_id"] == ann.id)
    with house.store.engine.begin() as connection:
        connection.execute(
            text("UPDATE person_key SET wrapped = :key WHERE person_id = :id"), {"key": wrapped, "id": ben.id}
        )
    with pytest.raises(WrongKey):
        opened(house.store, sealed, ben.id)


def test_the_same_text_is_never_sealed_the_same_way_twice(house: House, ann: Person) -> None:
    assert closed(house.store, SECRET, ann.id) != closed(house.store, SECRET, ann.id)


def test_a_changed_seal_does_not_open(house: House, ann: Person) -> None:
    sealed = closed(house.store, SECRET, ann.id)
    swapped = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(InvalidTag):
        opened(house.store, swapped, ann.id)


@pytest.mark.parametrize("key", ["", "too short"])
def test_a_key_that_is_too_short_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="DATA_KEY"):
        Ring(key)


def test_everyone_has_a_key_of_their_own_from_the_start(house: House, ann: Person, someone: Someone) -> None:
    ben = someone("Ben")
    found = rows(house, "person_key")
    assert {row["person_id"] for row in found} == {ann.id, ben.id}
    assert len({row["wrapped"] for row in found}) == 2


def test_words_and_their_key_are_kept_together_or_not_at_all(house: House, ann: Person, engine: str) -> None:
    """Someone of before there were keys: their first words make one; when these are not kept, the key is not either."""
    with house.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM person_key"))
    with house.store.write(ann.id) as unit:
        unit.seal.close(SECRET, ann.id)
        unit.session.rollback()
    assert rows(house, "person_key") == []
    sealed = closed(house.store, SECRET, ann.id)
    assert opened(house.store, sealed, ann.id) == SECRET


def test_nobody_has_no_key(house: House, engine: str) -> None:
    with pytest.raises(Unstorable):
        closed(house.store, SECRET, str(uuid4()))


def test_two_processes_that_begin_together_have_one_key_of_the_house(house: House, engine: str) -> None:
    other = Store(house.store.engine, Ring(OLD), house.settings.instance)
    assert house.store.house_key() == other.house_key()
    assert len(rows(house, "house_key")) == 1


def test_one_question_brings_the_keys_of_many(house: House, someone: Someone) -> None:
    everyone = [someone(f"p{number}") for number in range(5)]
    sealed = {each.id: closed(house.store, each.name, each.id) for each in everyone}
    asked: list[str] = []
    from sqlalchemy import event

    event.listen(house.store.engine, "before_cursor_execute", lambda _c, _u, said, *_: asked.append(said))
    with house.store.read() as unit:
        unit.seal.fetch(sealed)
        for each in everyone:
            assert unit.seal.open(sealed[each.id], each.id) == each.name
            assert unit.seal.open(sealed[each.id], each.id) == each.name
    assert len([said for said in asked if "person_key" in said]) == 1


# Erasing


def test_erasing_destroys_the_key(house: House, ann: Person, someone: Someone, clock: Clock, engine: str) -> None:
    ben = someone("Ben")
    sealed = closed(house.store, SECRET, ann.id)
    erase_person(house.store, ann, clock())
    assert [row["person_id"] for row in rows(house, "person_key")] == [ben.id]
    with pytest.raises(NoKey):
        opened(house.store, sealed, ann.id)
    [erased] = rows(house, "erased")
    assert erased["at"] == clock()
    assert ann.id not in str(erased)
    assert find_person(house.store, "Ann") is None


# Another DATA_KEY


def again(house: House, **more: object) -> House:
    """The same database in another process, with other settings."""
    url = house.settings.database_url
    return build(settings_in(house.settings.instance, database_url=url, **more), house.now)


def test_another_data_key_stops_the_start(house: House, ann: Person, engine: str) -> None:
    other = again(house, data_key=NEW)
    for check in (migrate, check_key):
        with pytest.raises(BadSetting, match="DATA_KEY_OLD"):
            check(other)
    other.store.engine.dispose()


def test_rotation_without_a_pause(house: House, ann: Person, someone: Someone, engine: str) -> None:
    """The two settings side by side, as while machines are started one after another."""
    words, mark = closed(house.store, SECRET, ann.id), _mark(house.store)
    also = again(house, data_keys_old=(NEW,))
    new = again(house, data_key=NEW, data_keys_old=(OLD,))
    ben = join(new.store, Joining("Ben", "a long passphrase", True, "nl"), house.now())
    assert isinstance(ben, Joined)
    of_ben = closed(new.store, SECRET, ben.person.id)
    for each in (also, new):
        assert opened(each.store, words, ann.id) == opened(each.store, of_ben, ben.person.id) == SECRET
        assert _mark(each.store) == mark
    before = {row["person_id"]: row["wrapped"] for row in rows(house, "person_key")}
    done = rotate_keys(new.store)
    assert (done.keys, done.unreadable) == (1, 0)
    assert rotate_keys(new.store).keys == 0  # again: there is nothing to do
    after = {row["person_id"]: row["wrapped"] for row in rows(house, "person_key")}
    assert before[ben.person.id] == after[ben.person.id]
    alone = again(house, data_key=NEW)
    assert opened(alone.store, words, ann.id) == opened(alone.store, of_ben, ben.person.id) == SECRET
    assert _mark(alone.store) == mark
    with pytest.raises(WrongKey):
        opened(house.store, words, ann.id)
    for each in (also, new, alone):
        each.store.engine.dispose()


def _mark(store: Store) -> str:
    with store.read() as unit:
        return unit.seal.mark("x")


def test_a_rotation_that_was_cut_off_goes_on(
    house: House, someone: Someone, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    everyone = [someone(f"p{number}") for number in range(7)]
    sealed = {each.id: closed(house.store, each.name, each.id) for each in everyone}
    monkeypatch.setattr("companion.services.rotate_keys.BATCH", 3)
    new = again(house, data_key=NEW, data_keys_old=(OLD,))

    def dies(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_keys(new.store, dies)
    by = [row["wrapped_with"] for row in rows(house, "person_key")]
    assert by.count(new.store.ring.current.name) == 3
    for each in everyone:
        assert opened(new.store, sealed[each.id], each.id) == each.name
    assert rotate_keys(new.store).keys == 4
    new.store.engine.dispose()


def test_a_key_under_an_unknown_data_key_is_told_and_stops_no_other(
    house: House, ann: Person, someone: Someone
) -> None:
    ben = someone("Ben")
    with house.store.engine.begin() as connection:
        change = text("UPDATE person_key SET wrapped_with = 'unknown' WHERE person_id = :id")
        connection.execute(change, {"id": ann.id})
    new = again(house, data_key=NEW, data_keys_old=(OLD,))
    done = rotate_keys(new.store)
    assert (done.keys, done.unreadable) == (1, 1)
    assert opened(new.store, closed(new.store, SECRET, ben.id), ben.id) == SECRET
    new.store.engine.dispose()


def test_keys_in_files_are_replaced_by_moving_one(tmp_path: Path, clock: Clock) -> None:
    """`mv data.key data.key.old`, start again, `companion rotate-keys`, throw the old one away."""
    given = {"data_key": ""}
    first = build(settings_in(tmp_path, **given), clock)
    migrate(first)
    joined = join(first.store, Joining("Ann", "a long passphrase", True, "nl"), clock())
    assert isinstance(joined, Joined)
    words = closed(first.store, SECRET, joined.person.id)
    first.store.engine.dispose()
    (tmp_path / "data.key").rename(tmp_path / "data.key.old")
    second = build(settings_in(tmp_path, **given), clock)
    assert opened(second.store, words, joined.person.id) == SECRET
    rotate_keys(second.store)
    second.store.engine.dispose()
    (tmp_path / "data.key.old").unlink()
    third = build(settings_in(tmp_path, **given), clock)
    assert opened(third.store, words, joined.person.id) == SECRET
    third.store.engine.dispose()


def test_free_text_is_not_in_the_files_of_the_database(house: House, alice: Browser) -> None:
    alice.open("/diary/2026-11-20").send({"note": SECRET})
    alice.open("/symptoms/new").send({"answers[1]": "1", "new": SECRET})
    assert SECRET in alice.open("/diary/2026-11-20").text
    house.store.engine.dispose()
    for file in house.settings.instance.iterdir():
        assert SECRET.encode() not in file.read_bytes(), file.name
