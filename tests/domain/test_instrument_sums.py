"""Sums of scales, answers that count for something else than their place, items with answers of their own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.instrument import (
    Answers,
    Change,
    EveryMonths,
    Instrument,
    changes,
    ids_by_change,
    read_answers,
    read_instrument,
    score,
    sums,
)
from companion.domain.instrument.over_time import COLUMNS, first_and_latest, strips
from companion.services import instruments
from tests import third_list


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Instrument:
    folder = third_list.write(tmp_path_factory.mktemp("instruments"))
    return read_instrument(tomllib.loads((Path(folder) / "third.toml").read_text("utf-8")))


def read(instrument: Instrument, levels: dict[str, int], **more: object) -> Answers:
    found = read_answers(instrument, {"instrument": instrument.id, "answers": levels, **more})
    assert isinstance(found, Answers), found
    return found


def test_a_questionnaire_with_scales_and_no_total(third: Instrument) -> None:
    assert isinstance(third.rhythm, EveryMonths)
    assert (third.new, third.total, [scale.id for scale in third.scales]) == (None, False, list(third_list.SCALES))
    assert [len(third.of_scale(scale)) for scale in third.scales] == [5, 5, 5, 5]
    all_third = dict.fromkeys([str(n) for n in range(1, 20)], 3) | {"20": 1}
    answers = read(third, all_third)
    assert score(third, answers) is None
    assert [(each.scale and each.scale.id, each.points, each.top) for each in sums(third, answers)] == [
        ("worry", 5, 5),
        ("thinking", 5, 5),
        ("using", 5, 5),
        ("body", 5, 5),
    ]


def test_a_scale_has_its_sum_although_another_was_left_open(third: Instrument) -> None:
    answers = read(third, {str(n): 2 for n in range(1, 21) if n not in (3, 20)})
    assert [each.points for each in sums(third, answers)] == [0, 0, None, None]


def test_an_item_has_answers_of_its_own(third: Instrument) -> None:
    assert read(third, {"20": 1}).items == {"20": 1}
    for wrong in ({"20": 2}, {"1": 0}, {"1": 6}):
        assert not isinstance(read_answers(third, {"instrument": "third", "answers": wrong}), Answers)
    assert third.answers == third.items[0].answers


def test_what_has_no_room_for_words_takes_none(third: Instrument) -> None:
    assert read(third, {"1": 1}, new="").new == ""
    assert not isinstance(read_answers(third, {"instrument": "third", "answers": {"1": 1}, "new": "iets"}), Answers)


@given(st.dictionaries(st.sampled_from([str(n) for n in range(1, 21)]), st.integers(0, 2)))
def test_the_sums_of_a_list_with_a_total_are_its_total(levels: dict[str, int]) -> None:
    bwsq = instruments.load("bwsq")
    answers = read(bwsq, levels)
    [whole] = sums(bwsq, answers)
    assert (whole.scale, whole.points, whole.top) == (None, score(bwsq, answers), 40)
    assert whole.points == (sum(levels.values()) if len(levels) == 20 else None)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"1": 0}, {"1": 1}, Change.CAME),
        ({"1": 2}, {"1": 0}, Change.WENT),
        ({"1": 1}, {"1": 2}, Change.STAYED),
        ({"1": 2}, {"1": 2}, Change.STAYED),
        ({"1": 0}, {"1": 0}, Change.NOT_THERE),
        ({}, {"1": 2}, Change.UNKNOWN),
        ({"1": 2}, {}, Change.UNKNOWN),
    ],
)
def test_what_came_what_went_and_what_stayed(before: dict[str, int], after: dict[str, int], expected: Change) -> None:
    bwsq = instruments.load("bwsq")
    first = changes(bwsq, read(bwsq, before), read(bwsq, after))[0]
    assert first.change is expected


def test_what_came_and_went_by_its_items_in_their_order() -> None:
    bwsq = instruments.load("bwsq")
    then, now = {"1": 0, "2": 1, "3": 2, "4": 0, "5": 1, "7": 0}, {"7": 1, "1": 2, "2": 0, "3": 1, "4": 0, "6": 1}
    found = ids_by_change(bwsq, read(bwsq, then), read(bwsq, now))
    assert (found[Change.CAME], found[Change.WENT], found[Change.STAYED]) == (("1", "7"), ("2",), ("3",))
    assert found[Change.NOT_THERE] == ("4",)
    assert found[Change.UNKNOWN] == tuple(item.id for item in bwsq.items if item.id not in {"1", "2", "3", "4", "7"})


LEVELS = st.dictionaries(st.sampled_from([str(n) for n in range(1, 21)]), st.integers(0, 2))


@given(LEVELS, LEVELS)
def test_backwards_what_came_went(one: dict[str, int], other: dict[str, int]) -> None:
    bwsq = instruments.load("bwsq")
    there, back = (changes(bwsq, read(bwsq, a), read(bwsq, b)) for a, b in ((one, other), (other, one)))
    turned = {Change.CAME: Change.WENT, Change.WENT: Change.CAME}
    assert [turned.get(each.change, each.change) for each in there] == [each.change for each in back]


def test_a_phone_shows_the_first_list_and_the_latest_ones() -> None:
    assert first_and_latest([]) == []
    assert first_and_latest([1, 2, 3]) == [1, 2, 3]
    assert first_and_latest(list(range(9))) == [0, 5, 6, 7, 8]
    assert len(first_and_latest(list(range(99)))) == COLUMNS


@given(st.lists(LEVELS, min_size=1, max_size=4))
def test_a_strip_for_every_symptom_that_was_there(lists: list[dict[str, int]]) -> None:
    bwsq = instruments.load("bwsq")
    found = strips(bwsq, [read(bwsq, each) for each in lists])
    there = {item for each in lists for item, level in each.items() if level}
    assert {strip.item.id for strip in found} == there
    for strip in found:
        assert [cell.fullness for cell in strip.cells] == [
            None if strip.item.id not in each else each[strip.item.id] / 2 for each in lists
        ]
