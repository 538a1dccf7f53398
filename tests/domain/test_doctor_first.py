"""The questions to take to a doctor: whole in both languages, the same for everyone, sums and no verdict."""

from __future__ import annotations

from decimal import Decimal

import pytest

from companion.domain.codes import Refused
from companion.domain.doctor_first import (
    Say,
    doctor_first_from,
    is_urgent,
    questions_for,
    read_answers,
    to_talk_about,
    usual_doses,
)
from companion.services import doctor_first
from companion.services.medicines import all_medicines, find_medicine

CONTENT = doctor_first.content()


def test_everyone_is_asked_the_same() -> None:
    same = [question.id for question in questions_for(CONTENT, None)]
    for medicine in all_medicines():
        asked = [question.id for question in questions_for(CONTENT, medicine)]
        assert asked[-len(same) :] == same
        assert asked[0] == ("for_epilepsy" if medicine.inn in {"clonazepam", "clobazam"} else "epilepsy")


@pytest.mark.parametrize(
    ("daily", "over"), [("1", 0), ("1.001", 1), ("2", 1), ("2.5", 2), ("3", 2), ("3.5", 3), ("9", 3)]
)
def test_usual_doses_are_counted_exactly(daily: str, over: int) -> None:
    found = usual_doses(CONTENT, find_medicine("lormetazepam"), Decimal(daily))
    assert found is not None
    assert found.over == over


def test_where_it_says_nothing_nothing_is_counted() -> None:
    for name in ("clonazepam", "clotiazepam", "cloxazolam", "something of my own"):
        assert usual_doses(CONTENT, find_medicine(name), Decimal(100)) is None
    left_out = {each.inn for each in all_medicines() if each.ddd_mg and not usual_doses(CONTENT, each, Decimal(1))}
    assert left_out == {"clonazepam"}


def test_not_sure_is_something_to_talk_about() -> None:
    questions = questions_for(CONTENT, None)
    no = {question.id: "no" for question in questions}
    answers = read_answers(questions, no | {"opioids": "not_sure", "suicide": "yes"})
    assert not isinstance(answers, Refused)
    assert answers["opioids"] is Say.NOT_SURE
    assert [question.id for question in to_talk_about(questions, answers)] == ["opioids", "suicide"]
    assert is_urgent(questions, answers)
    assert not is_urgent(questions, answers | {"suicide": Say.NO})


def test_every_question_wants_an_answer() -> None:
    questions = questions_for(CONTENT, None)
    refused = read_answers(questions, {"epilepsy": "perhaps"})
    assert isinstance(refused, Refused)
    assert [reason.field for reason in refused.reasons] == [question.id for question in questions]


def test_content_that_is_not_whole_is_a_bug() -> None:
    entry = {"id": "a", "nl": "x", "fr": "x", "why_nl": "x", "why_fr": "x"}
    for questions in ([entry, entry], [entry | {"why_fr": ""}]):
        with pytest.raises(ValueError, match="question"):
            doctor_first_from({"question": questions, "not_counted": []})
