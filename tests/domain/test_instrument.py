from __future__ import annotations

import copy
import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import companion
from companion.domain.codes import Refused
from companion.domain.instrument import (
    Answers,
    Instrument,
    Status,
    When,
    WithThePlan,
    answers_to_data,
    read_answers,
    read_instrument,
    score,
    urgent_items,
)
from companion.i18n.reasons import sentence
from companion.services import instruments

BWSQ = instruments.load("bwsq")
FILE = tomllib.loads((Path(companion.__file__).parent / "content/instruments/bwsq.toml").read_text("utf-8"))
ALL_NO = {str(number): 0 for number in range(1, 21)}


def data(answers: dict[str, object], **more: object) -> dict[str, object]:
    return {"instrument": "bwsq", "answers": answers, "new": "", **more}


def read(answers: dict[str, object], **more: object) -> Answers:
    found = read_answers(BWSQ, data(answers, **more))
    assert isinstance(found, Answers), found
    return found


def codes(given: dict[str, object]) -> dict[str, str]:
    found = read_answers(BWSQ, given)
    assert isinstance(found, Refused), found
    for reason in found.reasons:
        assert sentence(reason).endswith(".")
    return {reason.field: reason.code for reason in found.reasons}


def test_the_bwsq_asks_twenty_things_about_two_weeks_in_both_languages() -> None:
    assert [item.id for item in BWSQ.items] == [str(number) for number in range(1, 21)]
    assert (BWSQ.window_days, BWSQ.top_score) == (14, 40)
    assert [answer.wording["nl"] for answer in BWSQ.answers] == ["nee", "een beetje", "erg"]
    assert [answer.wording["fr"] for answer in BWSQ.answers] == ["non", "un peu", "beaucoup"]
    wordings = [each.wording[language] for each in BWSQ.items for language in ("nl", "fr")]
    assert len(set(wordings)) == 40
    assert isinstance(BWSQ.rhythm, WithThePlan)


@pytest.mark.parametrize("name", instruments.known())
def test_what_is_our_own_wording_says_so_and_that_it_is_not_validated(name: str) -> None:
    instrument = instruments.load(name)
    assert instrument.status is Status.OWN_WORDING
    assert "Eigen bewoording" in instrument.licence["nl"]
    assert "niet gevalideerd" in instrument.licence["nl"]
    assert "Notre propre formulation" in instrument.licence["fr"]
    assert "non validée" in instrument.licence["fr"]


def test_only_hallucinations_and_loss_of_control_are_urgent_items() -> None:
    assert {item.id: item.urgent_from for item in BWSQ.items if item.urgent_from} == {"17": 1, "18": 1}
    assert BWSQ.can_be_urgent
    assert replace(BWSQ, safety=()).can_be_urgent, "one of its items can be"
    assert replace(BWSQ, items=BWSQ.items[:1]).can_be_urgent, "one of its safety questions can be"
    assert not replace(BWSQ, safety=(), items=BWSQ.items[:1]).can_be_urgent
    assert not instruments.load("sds").can_be_urgent
    assert [question.id for question in BWSQ.safety] == ["seizure", "suicide", "confusion"]


def test_the_sum_is_there_only_when_all_are_answered() -> None:
    assert score(BWSQ, read(dict(ALL_NO))) == 0
    assert score(BWSQ, read(dict.fromkeys(ALL_NO, 2))) == 40
    assert score(BWSQ, read({**ALL_NO, "20": None})) is None
    assert score(BWSQ, read({})) is None


@given(st.lists(st.integers(0, 2), min_size=20, max_size=20), st.booleans())
def test_the_sum_is_the_sum_however_the_points_are_written(points: list[int], as_text: bool) -> None:
    answers: dict[str, object] = {str(number): str(each) if as_text else each for number, each in enumerate(points, 1)}
    assert score(BWSQ, read(answers)) == sum(points)


@pytest.mark.parametrize("item", ["17", "18"])
@pytest.mark.parametrize("points", [1, 2])
def test_an_urgent_item_is_urgent_at_any_level_and_whatever_else_is_answered(item: str, points: int) -> None:
    assert [(each.id, each.when) for each in urgent_items(BWSQ, read({item: points}))] == [(item, None)]


def test_a_safety_question_is_urgent_unless_the_answer_is_no() -> None:
    asked = {"seizure": "earlier", "suicide": "now"}
    assert [(each.id, each.when) for each in urgent_items(BWSQ, read(dict(ALL_NO), safety=asked))] == [
        ("seizure", When.EARLIER),
        ("suicide", When.NOW),
    ]
    assert urgent_items(BWSQ, read(dict(ALL_NO), safety={"seizure": "no", "suicide": ""})) == ()
    assert urgent_items(BWSQ, read(dict.fromkeys(ALL_NO, 2) | {"17": 0, "18": 0})) == ()


def test_safety_answers_never_count_in_the_sum() -> None:
    assert score(BWSQ, read(dict(ALL_NO), safety={"seizure": "now", "suicide": "now"})) == 0


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (data({"21": 1}), {"answers[21]": "symptoms_unknown_field"}),
        (data({"1": 3}), {"answers[1]": "symptoms_not_an_answer"}),
        (data({"1": -1}), {"answers[1]": "symptoms_not_an_answer"}),
        (data({"1": True}), {"answers[1]": "symptoms_not_an_answer"}),
        (data({"1": 1.0}), {"answers[1]": "symptoms_not_an_answer"}),
        (data({"1": "١"}), {"answers[1]": "symptoms_not_an_answer"}),
        (data({}, safety={"seizure": "maybe"}), {"safety[seizure]": "symptoms_not_an_answer"}),
        (data({}, safety={"fever": "now"}), {"safety[fever]": "symptoms_unknown_field"}),
        (data({}, safety=[]), {"safety": "symptoms_not_answers"}),
        (data({}, total=4), {"total": "symptoms_unknown_field"}),
        (data({}) | {"new": 4}, {"new": "symptoms_not_text"}),
        (data({}) | {"new": "\x00"}, {"new": "symptoms_not_text"}),
        (data({}) | {"new": "x" * 4001}, {"new": "symptoms_text_too_long"}),
        (data({}) | {"answers": "all"}, {"answers": "symptoms_not_answers"}),
        (data({}) | {"instrument": "sds"}, {"instrument": "symptoms_other_instrument"}),
        ({}, {"instrument": "symptoms_other_instrument"}),
    ],
)
def test_what_is_not_an_answer_is_refused_at_its_field(given: dict[str, object], expected: object) -> None:
    assert codes(given) == expected


values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4))
keys = st.one_of(st.sampled_from(["1", "17", "seizure"]), st.text(max_size=4))


@given(
    st.dictionaries(
        st.sampled_from(["instrument", "answers", "new", "safety", "x"]),
        st.one_of(values, st.just("bwsq"), st.dictionaries(keys, values)),
    )
)
def test_no_json_makes_reading_fail(given: dict[str, object]) -> None:
    assert isinstance(read_answers(BWSQ, given), Answers | Refused)


@given(
    st.dictionaries(st.sampled_from(sorted(ALL_NO)), st.integers(0, 2)),
    st.dictionaries(st.sampled_from(["seizure", "suicide"]), st.sampled_from(["no", "earlier", "now"])),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip),
)
def test_answers_survive_json(items: dict[str, int], safety: dict[str, str], new: str) -> None:
    found = read(dict(items), safety=safety, new=new)
    assert read_answers(BWSQ, json.loads(json.dumps(answers_to_data(found)))) == found


def test_a_list_that_does_not_exist_is_refused_and_no_file_is_looked_for() -> None:
    assert instruments.find("bwsq") is BWSQ
    for name in ("sds2", "../bwsq", "", None, 4, ["bwsq"]):
        assert isinstance(instruments.find(name), Refused)
    with pytest.raises(KeyError):
        instruments.load("../bwsq")


def test_every_file_of_the_house_can_be_read() -> None:
    assert "bwsq" in instruments.known()
    assert all(isinstance(instruments.load(name), Instrument) for name in instruments.known())


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda file: file.pop("window"), "window: missing"),
        (lambda file: file.update(bands=3), "bands: unknown"),
        (lambda file: file["items"][2].pop("fr"), r"items\[2\].fr: missing"),
        (lambda file: file["items"][2].update(id="1"), "items says something twice"),
        (lambda file: file["items"][2].update(id="A b"), "is no id"),
        (lambda file: file["items"][2].update(scale="body"), "is not one of the scales"),
        (lambda file: file.update(scales=[{"id": "body", "nl": "Lijf", "fr": "Corps"}]), "has no items"),
        (lambda file: file.update(offered={"every_months": 0}), "offered.every_months"),
        (lambda file: file.update(offered={"weekly": True}), "offered.weekly: unknown key"),
        (lambda file: file.update(status="free"), "status: one of own_wording, permitted"),
        (lambda file: file.update(about="moods"), "about: one of symptoms, questions"),
        (lambda file: file.update(total="no"), "total: true or false"),
        (lambda file: file.update(window_days=0), "window_days"),
        (lambda file: file["items"][2].update(urgent_from=3), r"items\[3\].urgent_from"),
        (lambda file: file["answers"][0].update(score="0"), r"answers\[0\].score: a whole number"),
        (lambda file: file["safety_answers"].pop(), "safety_answers must be"),
        (lambda file: file.update(items={}), "items: a list of tables"),
        (lambda file: file.update(items=[]), "items and answers"),
        (lambda file: file.update(name="BWSQ"), "name: a table"),
        (lambda file: file["name"].update(de="x"), "name.de: unknown key"),
    ],
)
def test_a_mistake_in_a_file_is_found_with_its_place(change: object, place: str) -> None:
    file = copy.deepcopy(FILE)
    assert callable(change)
    change(file)
    with pytest.raises(ValueError, match=place):
        read_instrument(file)
