"""The wind-down list: one's own words and order, and nothing that an old page or a double tap can spoil."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.codes import Refused
from companion.domain.wind_down import (
    LONGEST,
    MOST,
    Step,
    Steps,
    add,
    change,
    gone,
    move_up,
    read_text,
    remove,
    steps_from_data,
    steps_to_data,
)

WORDS = st.text("abc é’“lamp ", min_size=1, max_size=LONGEST).filter(lambda text: text.strip())
LISTS = st.lists(WORDS, max_size=MOST).map(
    lambda texts: tuple(Step(str(uuid4()), " ".join(text.split())) for text in texts)
)


def codes(found: object) -> list[str]:
    return [reason.code for reason in found.reasons] if isinstance(found, Refused) else []


def full() -> Steps:
    return tuple(Step(str(uuid4()), f"stap {n}") for n in range(MOST))


@given(LISTS)
def test_a_list_comes_back_from_its_data_as_it_was(steps: Steps) -> None:
    assert steps_from_data(steps_to_data(steps)) == steps


@given(LISTS, WORDS, st.data())
def test_each_change_touches_one_step_and_no_other(steps: Steps, words: str, data: st.DataObject) -> None:
    some = data.draw(st.sampled_from([*steps, Step(str(uuid4()), "x")]))
    ids = [step.id for step in steps]
    changed = change(steps, some.id, words)
    assert not isinstance(changed, Refused)
    assert [step.id for step in changed] == ids
    assert [one for one, two in zip(steps, changed, strict=True) if one != two and one.id != some.id] == []
    assert remove(remove(steps, some.id), some.id) == tuple(step for step in steps if step.id != some.id)
    assert gone(steps, remove(steps, some.id)) == tuple(step for step in steps if step.id == some.id)
    moved = move_up(steps, some.id)
    assert sorted(step.id for step in moved) == sorted(ids)
    if some in steps[1:]:
        assert moved.index(some) == steps.index(some) - 1
    else:
        assert moved == steps


def test_a_step_is_put_at_the_end_once() -> None:
    step_id = str(uuid4())
    once = add((Step(str(uuid4()), "lamp uit"),), step_id, "  een\r\n boek\t ")
    assert not isinstance(once, Refused)
    assert once[-1] == Step(step_id, "een boek")
    assert add(once, step_id, "iets anders") == once


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "wind_down_empty"),
        (" \n\t", "wind_down_empty"),
        ("a" * (LONGEST + 1), "symptoms_text_too_long"),
        ("a\x00b", "symptoms_not_text"),
        ("a\ud800", "symptoms_not_text"),
    ],
)
def test_what_is_no_step_is_refused(typed: str, code: str) -> None:
    assert codes(read_text(typed)) == [code]
    assert codes(add((), str(uuid4()), typed)) == [code]


def test_a_full_list_takes_no_more() -> None:
    assert codes(add(full(), str(uuid4()), "nog iets")) == ["wind_down_many"]
    assert len(full()) == MOST


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"steps": None},
        {"steps": [1]},
        {"steps": [], "more": 1},
        {"steps": [{"id": "x", "text": "a"}]},
        {"steps": [{"id": "6F1B3C1E-0000-4000-8000-000000000000", "text": "a"}]},
        {"steps": [{"id": "6f1b3c1e-0000-4000-8000-000000000000", "text": " a"}]},
        {"steps": [{"id": "6f1b3c1e-0000-4000-8000-000000000000", "text": "a"}] * 2},
        {"steps": [{"id": "6f1b3c1e-0000-4000-8000-000000000000", "text": "a", "done": True}]},
    ],
)
def test_data_that_we_did_not_write_is_refused(data: dict[str, object]) -> None:
    assert isinstance(steps_from_data(data), Refused)
