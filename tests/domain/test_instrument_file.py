"""The file of a questionnaire at its limits: what is just allowed, and what is just not."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import companion
from companion.domain.instrument import EveryMonths, OnlyWhenAsked, Rhythm, WithThePlan, score
from companion.domain.instrument.file import read_instrument
from companion.domain.instrument.value import Answers, Instrument

FILE = tomllib.loads((Path(companion.__file__).parent / "content/instruments/bwsq.toml").read_text("utf-8"))
BODY = {"id": "body", "nl": "Lijf", "fr": "Corps"}
OWN = {"nl": "ja", "fr": "oui"}

File = dict[str, Any]


def changed(change: Callable[[File], object]) -> File:
    file = copy.deepcopy(FILE)
    change(file)
    return file


def read(change: Callable[[File], object]) -> Instrument:
    return read_instrument(changed(change))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda file: file.update(offered={"every_months": 61}), "offered.every_months: 1 to 60 is needed"),
        (lambda file: file.update(offered={"every_months": -1}), "offered.every_months: 1 to 60 is needed"),
        (lambda file: file["items"][2].update(urgent_from=0), r"items\[3\].urgent_from is no level"),
        (lambda file: file["items"][2].update(urgent_from=-1), r"items\[3\].urgent_from is no level"),
        (lambda file: file["answers"][0].update(score=-1), "from 0 points up"),
        (lambda file: file["answers"][0].update(counts=-1), "from 0 points up"),
        (lambda file: file["answers"][0].update(score=1), "answers says something twice"),
        (lambda file: file.update(answers=[]), "items and answers, from 0 points up, are needed"),
        (lambda file: file["safety"][0].update(id="suicide"), "safety says something twice"),
        (lambda file: file["safety_answers"].append(file["safety_answers"][0]), "safety_answers says something twice"),
        (lambda file: file.update(scales=[BODY, BODY]), "scales says something twice"),
        (lambda file: file.update(id="BWSQ"), "'BWSQ' is no id"),
        (lambda file: file["safety"][0].update(id="see d"), "'see d' is no id"),
        (lambda file: file.update(scales=[{**BODY, "id": "Body"}]), "'Body' is no id"),
        (lambda file: file["items"][0].update(id="a" * 41), "is no id"),
    ],
)
def test_what_is_just_not_allowed_is_found(change: Callable[[File], object], place: str) -> None:
    with pytest.raises(ValueError, match=place):
        read(change)


@pytest.mark.parametrize(
    ("offered", "rhythm"),
    [
        (None, OnlyWhenAsked()),
        ({}, OnlyWhenAsked()),
        ({"with_the_plan": False}, OnlyWhenAsked()),
        ({"with_the_plan": True}, WithThePlan()),
        ({"every_months": 1}, EveryMonths(1)),
        ({"every_months": 60}, EveryMonths(60)),
    ],
)
def test_when_it_is_offered(offered: File | None, rhythm: Rhythm) -> None:
    def change(file: File) -> None:
        del file["offered"]
        if offered is not None:
            file["offered"] = offered

    assert read(change).rhythm == rhythm


def test_what_is_just_allowed_is_read() -> None:
    assert read(lambda file: file.update(window_days=1)).window_days == 1
    assert read(lambda file: file["items"][2].update(urgent_from=2)).items[2].urgent_from == 2
    assert read(lambda file: file["items"][0].update(id="a" * 40)).items[0].id == "a" * 40
    assert read(lambda file: file.pop("total", None)).total
    without_safety = changed(lambda file: (file.update(safety=[]), file.update(safety_answers=[])))
    assert (read_instrument(without_safety).safety, read_instrument(without_safety).safety_answers) == ((), ())


def test_an_answer_counts_for_its_place_unless_the_file_says_otherwise() -> None:
    found = read(lambda file: file["answers"][2].update(counts=5))
    assert [(answer.score, answer.counts) for answer in found.answers] == [(0, 0), (1, 1), (2, 5)]
    levels = {item.id: 0 for item in found.items} | {"1": 1, "2": 2}
    assert score(found, Answers(found.id, levels, "", {})) == 6
    assert found.top_score == 100


def test_an_item_has_its_own_answers_or_those_of_the_list() -> None:
    found = read(lambda file: file["items"][1].update(answers=[{"score": 0, **OWN}, {"score": 4, **OWN}]))
    assert [answer.score for answer in found.items[0].answers] == [0, 1, 2]
    assert [answer.score for answer in found.items[1].answers] == [0, 4]
    assert found.items[0].urgent_from is None
    assert {item.scale for item in found.items} == {""}
