"""In whatever order, in whatever parts and however often entries arrive: the same ones are kept and shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from companion.bootstrap import House
from companion.domain.consent import TEXT_VERSION, Consent, Purpose
from companion.domain.day import DEFAULT_TURN
from companion.domain.entry import Kind, age
from companion.domain.person import Person, name_key
from companion.services.export_person import export_person
from companion.services.record_sync import Result, Status, record_sync
from companion.storage import entries, people
from tests.build import BRUSSELS, Clock, open_house
from tests.engines import Given
from tests.sent import DATA, NIGHT, sent

NOW = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, new_database: Given) -> Iterator[House]:
    with new_database() as given, open_house(tmp_path_factory.mktemp("shared"), Clock(), **given) as house:
        yield house


def someone(house: House) -> Person:
    """A new person who said yes to everything; nobody signs in here, so no passphrase is worked out."""
    made = str(uuid4())
    person = Person(made, made[:12], "nl", BRUSSELS, DEFAULT_TURN, NOW)
    with house.store.write() as unit:
        people.add(unit, person, name_key(person.name), "no passphrase")
        for purpose in Purpose:
            people.add_consent(unit, person.id, Consent(purpose, TEXT_VERSION, "nl", NOW))
    return person


def send(house: House, person: Person, *given: Any, now: datetime = NOW) -> list[Result]:
    results = record_sync(house.store, person, given, now)
    assert results is not None
    return results


def everything(house: House, person: Person) -> dict[str, tuple[Any, ...]]:
    """What stands in the database of a person, by id."""
    with house.store.read() as unit:
        found = [entry for kind in Kind for entry in entries.everything(unit, person.id, kind)]
    return {each.id: (each.kind, each.day, each.recorded_at, dict(each.data), each.superseded) for each in found}


# Convergence

INSTANTS = ("2026-11-20T08:00:00Z", "2026-11-20T08:00:00.001Z", "2026-11-21T21:04:59Z", "2030-01-01T00:00:00Z")
VARIANTS = {
    "night": [NIGHT, NIGHT | {"naps_min": 20, "note": "dutje"}],
    "dose": [DATA["dose"] | {"moment": moment, "mg": mg} for moment in ("noon", None) for mg in ("1", "2")]
    + [DATA["dose"] | {"extra": True}],
    "symptoms": [DATA["symptoms"]],
    "check_in": [DATA["check_in"], {"level": 1, "words": ""}],
}
ENTRIES = st.lists(
    st.sampled_from(sorted(VARIANTS)).flatmap(
        lambda kind: st.builds(
            lambda entry_id, day, at, data: sent(kind, data, id=str(entry_id), day=day, recorded_at=at),
            st.integers(0, 2**120).map(lambda number: UUID(int=number)),
            st.sampled_from(["2026-11-19", "2026-11-20"]),
            st.sampled_from(INSTANTS),
            st.sampled_from(VARIANTS[kind]),
        )
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda entry: entry["id"],
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(ENTRIES, st.data())
def test_any_order_any_parts_and_any_repeats_end_the_same(
    shared: House, made: list[dict[str, Any]], draw: st.DataObject
) -> None:
    at_once, in_parts = someone(shared), someone(shared)
    send(shared, at_once, *made)
    again = draw.draw(st.lists(st.sampled_from(made), max_size=4))
    queue = draw.draw(st.permutations(made + again))
    while queue:
        size = draw.draw(st.integers(1, len(queue)))
        send(shared, in_parts, *queue[:size])
        queue = queue[size:]
    kept = everything(shared, in_parts)
    assert kept == everything(shared, at_once)
    assert set(kept) == {entry["id"] for entry in made}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ENTRIES, st.data())
def test_exactly_the_newest_of_each_slot_is_shown_as_was_answered(
    shared: House, made: list[dict[str, Any]], draw: st.DataObject
) -> None:
    person = someone(shared)
    size = draw.draw(st.integers(0, len(made)))
    answered: dict[str, Status] = {}
    for part in (made[:size], made[size:]):
        results = send(shared, person, *part)
        answered |= {entry["id"]: each.status for entry, each in zip(part, results, strict=True)}
    with shared.store.read() as unit:
        found = [entry for kind in Kind for entry in entries.everything(unit, person.id, kind)]
    groups: dict[Any, list[Any]] = {}
    for entry in found:
        data = entry.data
        about = (data.get("plan"), data.get("moment"), entry.id if data.get("extra") else "")
        groups.setdefault((entry.kind, entry.day, about), []).append(entry)
    for group in groups.values():
        assert [each.id for each in group if not each.superseded] == [max(group, key=age).id]
    for entry in found:
        if answered[entry.id] is Status.SUPERSEDED:
            assert entry.superseded


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(range(5)), st.lists(st.integers(1, 600), min_size=5, max_size=5))
def test_while_time_goes_on_right_clocks_still_end_the_same(shared: House, order: list[int], waits: list[int]) -> None:
    person, now = someone(shared), NOW
    made = [sent(recorded_at=f"2026-11-20T08:0{n}:00Z", data=NIGHT | {"naps_min": n}) for n in range(5)]
    for place, wait in zip(order, waits, strict=True):
        now += timedelta(minutes=wait)
        send(shared, person, made[place], now=now)
    shown = [entry_id for entry_id, entry in everything(shared, person).items() if not entry[-1]]
    assert shown == [made[4]["id"]]


# Few questions


def test_the_number_of_questions_does_not_grow_with_the_number_of_entries(shared: House) -> None:
    asked: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(shared.store.engine, "before_cursor_execute", count)
    try:
        counts = []
        for size in (5, 500):
            person = someone(shared)
            older = [sent(day=f"2025-{1 + n // 28:02}-{1 + n % 28:02}") for n in range(size // 2)]
            send(shared, person, *older)
            made = [entry | {"id": str(uuid4()), "recorded_at": "2026-11-20T09:00:00Z"} for entry in older]
            made += [sent("dose", DATA["dose"] | {"extra": True}) for _ in range(size - len(made))]
            asked.clear()
            assert {each.status for each in send(shared, person, *made)} == {Status.STORED}
            counts.append(len(asked))
    finally:
        event.remove(shared.store.engine, "before_cursor_execute", count)
    assert counts[0] == counts[1] <= 10


# What the export says


def test_superseded_versions_are_in_the_export(shared: House) -> None:
    person = someone(shared)
    send(shared, person, sent(), sent(recorded_at="2026-11-20T09:00:00Z"))
    assert sorted(each["superseded"] for each in export_person(shared.store, person)["nights"]) == [False, True]


def test_what_fails_half_way_keeps_nothing_of_the_entries(shared: House, monkeypatch: pytest.MonkeyPatch) -> None:
    person = someone(shared)
    made = [sent() for _ in range(3)]
    send(shared, person, made[0])
    before = everything(shared, person)

    def fall(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("companion.services.record_sync.entries.add", fall)
        with pytest.raises(ZeroDivisionError):
            send(shared, person, *made)
    assert everything(shared, person) == before


def test_phones_that_send_the_same_at_the_same_time_store_it_once(shared: House) -> None:
    person = someone(shared)
    made = [sent(), sent("dose", DATA["dose"] | {"extra": True}), sent(recorded_at="2026-11-20T09:00:00Z")]
    together, answers = Barrier(4), []

    def phone() -> None:
        together.wait()
        answers.append([each.status for each in send(shared, person, *made)])

    phones = [Thread(target=phone) for _ in range(4)]
    for each in phones:
        each.start()
    for each in phones:
        each.join()
    first = [Status.SUPERSEDED, Status.STORED, Status.STORED]
    assert sorted(answers) == sorted([first] + [[Status.ALREADY_STORED] * 3] * 3)
    assert len(everything(shared, person)) == 3
