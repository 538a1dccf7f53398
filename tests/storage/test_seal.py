"""Free text at rest: unreadable in the file, bound to its person."""

from __future__ import annotations

from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from companion.bootstrap import House
from companion.storage.seal import Seal
from tests.web.fetcher import Browser

SECRET = "een bijzonder geheim zinnetje"
SEAL = Seal("a data key of the tests")


@given(st.text(st.characters(codec="utf-8")), st.uuids())
def test_what_is_sealed_opens_again_for_the_same_person(text: str, person: object) -> None:
    sealed = SEAL.close(text, str(person))
    assert SEAL.open(sealed, str(person)) == text
    assert sealed == "" if not text else text not in sealed or len(text) < 4


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_sealed_text_moved_to_someone_else_cannot_be_opened(text: str) -> None:
    with pytest.raises(InvalidTag):
        SEAL.open(SEAL.close(text, str(uuid4())), str(uuid4()))


def test_another_key_opens_nothing() -> None:
    person = str(uuid4())
    with pytest.raises(InvalidTag):
        Seal("another data key of 16").open(SEAL.close(SECRET, person), person)


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    assert SEAL.close(SECRET, "p") != SEAL.close(SECRET, "p")


def test_a_changed_seal_does_not_open() -> None:
    sealed = SEAL.close(SECRET, "p")
    swapped = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(InvalidTag):
        SEAL.open(swapped, "p")


@pytest.mark.parametrize("key", ["", "too short"])
def test_a_key_that_is_too_short_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="DATA_KEY"):
        Seal(key)


def test_free_text_is_not_in_the_files_of_the_database(house: House, alice: Browser) -> None:
    alice.open("/diary/2026-11-20").send({"note": SECRET})
    alice.open("/symptoms/new").send({"answers[1]": "1", "new": SECRET})
    assert SECRET in alice.open("/diary/2026-11-20").text
    house.store.engine.dispose()
    for file in house.settings.instance.iterdir():
        assert SECRET.encode() not in file.read_bytes(), file.name
