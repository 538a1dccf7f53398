"""The wind-down list and the note of a calm day, as they are kept: sealed, with one version to put back, portable."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.entry import Kind
from companion.domain.wind_down import Steps, add, remove
from companion.services.calm_note import (
    CalmNote,
    forget_note,
    put_note_back,
    read_calm_note,
    remove_calm_note,
    write_calm_note,
)
from companion.services.consent import choose
from companion.services.export_person import export_person, export_text
from companion.services.import_person import Imported, merge, put_in_place
from companion.services.read_export import Portrait, read_export
from companion.services.wind_down import change_wind_down, forget_gone, put_back, read_wind_down
from companion.storage import entries
from tests.build import Clock, rows
from tests.services.lives import Life, new_life


@pytest.fixture
def life(house: House) -> Life:
    return new_life(house)


def put(life: Life, clock: Clock, text: str, made: str = "") -> str:
    made = made or str(uuid4())
    assert change_wind_down(life.house.store, life.person, lambda steps: add(steps, made, text), made, clock()) is None
    return made


def off(life: Life, clock: Clock, step: str) -> None:
    change_wind_down(life.house.store, life.person, lambda steps: remove(steps, step), str(uuid4()), clock())


def texts(steps: Steps) -> list[str]:
    return [step.text for step in steps]


def kept(life: Life, kind: Kind) -> int:
    return sum(row["kind"] == kind.value for row in rows(life.house, "entry"))


def test_what_was_taken_off_comes_back_in_its_place(life: Life, clock: Clock) -> None:
    put(life, clock, "lamp uit")
    book = put(life, clock, "een boek")
    put(life, clock, "de kat")
    off(life, clock, book)
    found = read_wind_down(life.house.store, life.person)
    assert (texts(found.steps), texts(found.gone)) == (["lamp uit", "de kat"], ["een boek"])
    for _ in range(2):
        put_back(life.house.store, life.person, found.version, str(uuid4()), clock())
    found = read_wind_down(life.house.store, life.person)
    assert (texts(found.steps), texts(found.gone)) == (["lamp uit", "een boek", "de kat"], [])


def test_nothing_is_put_back_over_what_was_written_since(life: Life, clock: Clock) -> None:
    book = put(life, clock, "een boek")
    off(life, clock, book)
    seen = read_wind_down(life.house.store, life.person).version
    put(life, clock, "de kat")
    put_back(life.house.store, life.person, seen, str(uuid4()), clock())
    assert texts(read_wind_down(life.house.store, life.person).steps) == ["de kat"]


def test_the_same_form_twice_is_one_step_and_only_the_version_before_stays(life: Life, clock: Clock) -> None:
    made = put(life, clock, "lamp uit")
    put(life, clock, "lamp uit", made)
    assert kept(life, Kind.WIND_DOWN) == 1
    for n in range(4):
        put(life, clock, f"stap {n}")
    assert kept(life, Kind.WIND_DOWN) == 2
    forget_gone(life.house.store, life.person)
    assert kept(life, Kind.WIND_DOWN) == 1
    assert len(read_wind_down(life.house.store, life.person).steps) == 5


def test_a_clock_that_was_put_back_hides_nothing_that_is_written_now(life: Life, clock: Clock) -> None:
    put(life, clock, "lamp uit")
    clock.set("2026-11-01 12:00")
    put(life, clock, "een boek")
    assert texts(read_wind_down(life.house.store, life.person).steps) == ["lamp uit", "een boek"]


def test_a_note_is_changed_taken_away_put_back_and_gone_for_good(life: Life, clock: Clock) -> None:
    store, person = life.house.store, life.person
    assert read_calm_note(store, person).words == ""
    for words in ("Het gaat voorbij.", "Bel Lena."):
        assert write_calm_note(store, person, words, str(uuid4()), clock()) is None
    remove_calm_note(store, person, "an older version", str(uuid4()), clock())
    assert read_calm_note(store, person).words == "Bel Lena."
    remove_calm_note(store, person, read_calm_note(store, person).version, str(uuid4()), clock())
    away = read_calm_note(store, person)
    assert (away.words, away.gone) == ("", True)
    put_note_back(store, person, away.version, str(uuid4()), clock())
    assert read_calm_note(store, person).words == "Bel Lena."
    remove_calm_note(store, person, read_calm_note(store, person).version, str(uuid4()), clock())
    forget_note(store, person)
    assert read_calm_note(store, person) == CalmNote("")
    assert kept(life, Kind.CALM_NOTE) == 0


def test_every_word_is_sealed(life: Life, clock: Clock) -> None:
    put(life, clock, "warme melk")
    write_calm_note(life.house.store, life.person, "bel Lena", str(uuid4()), clock())
    stored = json.dumps([{**row} for row in rows(life.house, "entry")], default=str)
    assert "melk" not in stored
    assert "Lena" not in stored


def test_both_are_in_the_export_and_come_back(life: Life, clock: Clock) -> None:
    store, person = life.house.store, life.person
    choose(store, person, {Purpose.DIARY}, "nl", clock())
    book = put(life, clock, "een boek")
    put(life, clock, "warme melk")
    off(life, clock, book)
    write_calm_note(store, person, "bel Lena", str(uuid4()), clock())
    text = export_text(export_person(store, person))
    read = read_export(text)
    assert isinstance(read, Portrait)
    assert [entry["data"] for entry in json.loads(text)["calm_note"]] == [{"words": "bel Lena"}]
    with store.write() as unit:
        entries.remove_all(unit, person.id)
    for act in (merge, merge, put_in_place):
        assert isinstance(act(store, person, read), Imported)
        assert export_text(export_person(store, person)) == text
        assert read_calm_note(store, person).words == "bel Lena"
        assert texts(read_wind_down(store, person).gone) == ["een boek"]


def test_a_file_from_before_there_was_any_of_it_can_be_read(life: Life) -> None:
    document = export_person(life.house.store, life.person)
    del document["wind_down"], document["calm_note"]
    assert isinstance(read_export(export_text(document)), Portrait)


def test_a_damaged_list_or_note_is_refused_whole(life: Life, clock: Clock) -> None:
    put(life, clock, "een boek")
    write_calm_note(life.house.store, life.person, "bel Lena", str(uuid4()), clock())
    for section in ("wind_down", "calm_note"):
        document = export_person(life.house.store, life.person)
        document[section][0]["data"] = {"words": "a" * 2000}
        assert isinstance(read_export(export_text(document)), Refused)
