"""Everything out and in again: complete, the same to the byte, twice harmless, and refused whole when damaged."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from companion.bootstrap import House
from companion.domain.codes import Refused
from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.services.consent import choose
from companion.services.demo import make_demo
from companion.services.erase_person import erase_person, find_person
from companion.services.export_person import export_person, export_text
from companion.services.import_person import Imported, Revived, merge, put_in_place, revive
from companion.services.join import Joined, Joining, join
from companion.services.read_export import Portrait, read_export
from companion.services.recover import recover
from companion.services.sign_in import SignedIn
from companion.services.slow_down import Visit
from companion.storage.portable import PORTABLE
from companion.storage.tables import Base
from tests.build import Clock, kept, rows
from tests.portrait import fill

NOT_OF_THE_PERSON = {
    "session": "being signed in",
    "spent_challenge": "of signing in, gone within the hour",
    "recovery_code": "lets someone in",
    "person_key": "opens their words; who comes back gets another",
    "attempt": "of nobody",
    "house_key": "of nobody",
    "erased": "of nobody",
    "backup": "of nobody",
    "push_service": "of nobody",
    "clock_round": "of nobody",
}
BY_HAND = {"person", "consent", "entry", "plan", "plan_version", "confirmation"}
NOT_EXPORTED = {
    ("person", "passphrase_hash"): "lets someone in",
    ("person", "name_key"): "follows from the name",
    ("person", "example_until"): "only of an example, which nobody takes along as a person",
    ("person", "adult_at"): "the moment of joining",
    ("entry", "words"): "sealed; opened into data",
    ("plan", "made_at"): "that of the first version",
}


@pytest.fixture
def alice(house: House, clock: Clock) -> Person:
    make_demo(house.store, 0, 40, force=False, now=clock())
    found = find_person(house.store, "alice")
    assert found
    return found


@pytest.fixture
def full(house: House, alice: Person) -> dict[tuple[str, str], str]:
    return fill(house, alice.id, export_person(house.store, alice)["plans"][0]["id"])


def text_of(house: House, person: Person) -> str:
    return export_text(export_person(house.store, person))


def portrait(text: str) -> Portrait:
    found = read_export(text)
    assert isinstance(found, Portrait), found
    return found


def newcomer(house: House, clock: Clock, name: str = "dora", purposes: tuple[Purpose, ...] = tuple(Purpose)) -> Person:
    made = join(house.store, Joining(name, "seven quiet yellow boats", True, "nl"), clock())
    assert isinstance(made, Joined)
    choose(house.store, made.person, purposes, "nl", clock())
    return made.person


# Complete


def test_every_table_is_exported_or_named_with_its_reason() -> None:
    of_sections = {each.table.name for each in PORTABLE}
    assert set(Base.metadata.tables) == of_sections | BY_HAND | set(NOT_OF_THE_PERSON)


def test_every_stored_field_is_in_the_export(house: House, alice: Person, full: dict[tuple[str, str], str]) -> None:
    text = text_of(house, alice)
    missing = [key for key, said in full.items() if said not in text]
    assert missing == []
    for table in BY_HAND:
        for column in Base.metadata.tables[table].columns:
            if column.name == "person_id" or (table, column.name) in NOT_EXPORTED:
                continue
            name = {"made_at": "recorded_at", "document": "data", "n": "confirmed_until", "until": "confirmed_until"}
            if table == "person":
                name = {"made_at": "joined_at"}
            if table in {"plan_version", "confirmation"}:
                name["plan_id"] = "id"
            assert f'"{name.get(column.name, column.name)}"' in text, (table, column.name)


def test_nothing_that_lets_someone_in_is_in_the_export(house: House, alice: Person, full: Any) -> None:
    text = text_of(house, alice)
    for each in PORTABLE:
        for row in rows(house, each.table.name):
            assert all(str(row[name]) not in text for name in each.secret)
    assert "argon2" not in text


# Out, erased, in


def test_out_erased_in_and_out_again_is_the_same_to_the_byte(
    house: House, clock: Clock, alice: Person, full: Any
) -> None:
    for name in ("alice", "bob", "charlie"):
        person = find_person(house.store, name)
        assert person
        before = text_of(house, person)
        erase_person(house.store, person)
        assert find_person(house.store, name) is None
        back = revive(house.store, portrait(before), clock())
        assert isinstance(back, Revived)
        assert text_of(house, back.person) == before
        clock.forward(hours=1)
        came_in = recover(house.store, name, back.codes[0], "a new one for the way in", Visit("127.0.0.1"), clock())
        assert isinstance(came_in, SignedIn)


def test_nobody_comes_back_over_someone_who_is_there(house: House, clock: Clock, alice: Person) -> None:
    before = kept(house)
    assert isinstance(revive(house.store, portrait(text_of(house, alice)), clock()), Refused)
    assert kept(house) == before


# Added


def test_adding_the_same_twice_changes_nothing(house: House, alice: Person, full: Any) -> None:
    before = kept(house)
    for _ in range(2):
        done = merge(house.store, alice, portrait(text_of(house, alice)))
        assert isinstance(done, Imported)
        assert sum(done.added.values()) == 0
        assert kept(house) == before


def test_what_someone_new_takes_over_is_everything_they_noted(house: House, clock: Clock, alice: Person) -> None:
    dora = newcomer(house, clock)
    text = text_of(house, alice)
    assert isinstance(merge(house.store, dora, portrait(text)), Imported)
    was, now = json.loads(text), export_person(house.store, dora)
    for section in ("plans", "doses", "nights", "symptoms", "check_ins"):
        assert now[section] == was[section] != []
    assert now["person"]["id"] == dora.id


def test_of_two_versions_the_newer_is_shown_whichever_side_it_comes_from(
    house: House, clock: Clock, alice: Person
) -> None:
    old = json.loads(text_of(house, alice))
    night = next(each for each in old["nights"] if not each["superseded"])
    for shift, shown in (("2030-01-01T00:00:00Z", True), ("2020-01-01T00:00:00Z", False)):
        other = copy.deepcopy(old)
        new_id = f"00000000-0000-4000-8000-{shift[:4]:0>12}"
        other["nights"] = [{**night, "id": new_id, "recorded_at": shift, "stored_at": shift}]
        assert isinstance(merge(house.store, alice, portrait(json.dumps(other))), Imported)
        now = {each["id"]: each for each in export_person(house.store, alice)["nights"]}
        assert now[new_id]["superseded"] is not shown
        standing = [each for each in now.values() if each["day"] == night["day"] and not each["superseded"]]
        assert len(standing) == 1


def test_without_consent_nothing_is_taken_over(house: House, clock: Clock, alice: Person) -> None:
    dora = newcomer(house, clock, purposes=(Purpose.PLAN,))
    before = kept(house)
    refused = merge(house.store, dora, portrait(text_of(house, alice)))
    assert isinstance(refused, Refused)
    assert refused.reasons[0].code == "sync_consent_diary"
    assert kept(house) == before


def test_a_plan_that_went_another_way_is_not_mixed(house: House, alice: Person) -> None:
    other = json.loads(text_of(house, alice))
    for version in other["plans"][0]["versions"]:
        version["recorded_at"] = other["plans"][0]["recorded_at"] = "2026-01-01T00:00:00Z"
    before = kept(house)
    refused = merge(house.store, alice, portrait(json.dumps(other)))
    assert isinstance(refused, Refused)
    assert refused.reasons[0].code == "import_other_plan"
    assert kept(house) == before


def test_a_plan_that_went_on_elsewhere_goes_on_here(house: House, clock: Clock, alice: Person) -> None:
    whole = json.loads(text_of(house, alice))
    assert len(whole["plans"][0]["versions"]) > 1
    early = copy.deepcopy(whole)
    first = early["plans"][0]["versions"][0]
    early["plans"][0] |= {"versions": [first], "version": 1, "data": first["data"], "day": first["data"]["start"]}
    dora = newcomer(house, clock)
    assert isinstance(merge(house.store, dora, portrait(json.dumps(early))), Imported)
    assert isinstance(merge(house.store, dora, portrait(json.dumps(whole))), Imported)
    assert export_person(house.store, dora)["plans"] == whole["plans"]


# In place of everything


def test_in_place_of_everything_leaves_nothing_of_before(house: House, clock: Clock, alice: Person, full: Any) -> None:
    bob = find_person(house.store, "bob")
    assert bob
    text = text_of(house, alice)
    erase_person(house.store, alice)
    assert isinstance(put_in_place(house.store, bob, portrait(text)), Imported)
    was, now = json.loads(text), export_person(house.store, bob)
    apart = {"person", "devices", "passkeys", "deliveries", "calendar_feed", "mail_address"}
    assert {key: value for key, value in now.items() if key not in apart} == {
        key: value for key, value in was.items() if key not in apart
    }
    assert now["devices"] == now["passkeys"] == now["deliveries"] == []
    assert now["person"]["name"] == "bob"


# Damaged and foreign


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "import_not_json"),
        ("{", "import_not_json"),
        ("[" * 100_000, "import_not_json"),
        ('{"format": "andante-export", "format": "andante-export"}', "import_not_json"),
        ('{"format": NaN}', "import_not_json"),
        ("[]", "import_foreign"),
        ('{"nights": []}', "import_foreign"),
        ('{"format": "andante-export", "version": 2}', "import_version"),
        ('{"format": "andante-export", "version": 1}', "import_damaged"),
    ],
)
def test_what_is_not_an_export_is_refused(text: str, code: str) -> None:
    refused = read_export(text)
    assert isinstance(refused, Refused)
    assert refused.reasons[0].code == code


def test_a_file_cut_short_anywhere_is_refused(house: House, alice: Person) -> None:
    text = text_of(house, alice)
    for end in range(0, len(text) - 2, 997):
        assert isinstance(read_export(text[:end]), Refused)


STRANGE = (None, True, -1, 0, 1.5, "", "x", "\x00", "9999-99-99", "../../etc", [], {}, [[]], {"a": 1}, "2" * 50_000)


@pytest.mark.parametrize("seed", range(12))
def test_a_file_damaged_anywhere_is_refused_whole_or_can_be_read(
    house: House, alice: Person, full: Any, seed: int
) -> None:
    """Something strange in place of one value, or a key that is gone: never half of it, never something unreadable."""
    chance = random.Random(seed)  # noqa: S311  # which place of the file is damaged
    text = text_of(house, alice)
    before = kept(house)
    for _ in range(25):
        document = json.loads(text)
        place, key = _place(document, chance)
        if chance.random() < 0.2:
            del place[key]
        else:
            place[key] = chance.choice(STRANGE)
        found = read_export(json.dumps(document))
        if isinstance(found, Refused):
            continue
        for act in (merge, put_in_place):
            done = act(house.store, alice, found)
            if isinstance(done, Refused):
                assert kept(house) == before
            else:
                assert text_of(house, alice)
                assert isinstance(put_in_place(house.store, alice, portrait(text)), Imported)
                before = kept(house)


def _place(document: Any, chance: random.Random) -> tuple[Any, Any]:
    here = document
    while True:
        key = chance.choice(list(here) if isinstance(here, dict) else range(len(here)))
        inner = here[key]
        if not isinstance(inner, (dict, list)) or not inner or chance.random() < 0.1:
            return here, key
        here = inner
