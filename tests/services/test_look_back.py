"""Looking back: what stands side by side, and what is kept to take along."""

from __future__ import annotations

from decimal import Decimal

import pytest

from companion.bootstrap import House
from companion.domain.codes import Refused
from companion.domain.entry import Kind
from companion.domain.history import Since, Taken
from companion.domain.instrument import Change
from companion.services.export_person import export_person
from companion.services.keep_questions import QUESTIONS, keep_questions
from companion.services.look_back import LookBack, read_look_back
from tests.build import Clock
from tests.services.lives import TODAY, Life, ago, new_life


@pytest.fixture
def life(house: House) -> Life:
    return new_life(house)


def read(life: Life, since: Since | None = None, plan_id: str = "") -> LookBack:
    return read_look_back(life.house.store, life.person, plan_id, since, TODAY)


def test_the_dose_of_then_is_from_before_the_first_step_when_one_looks_back_to_the_start(life: Life) -> None:
    life.plan(ago(92), ("9", 30), ("8", 30), ("7", 60))
    found = read(life)
    assert found.since is Since.START
    assert (found.doses.then, found.doses.before, found.doses.now) == (Decimal(10), True, Decimal(7))
    month = read(life, Since.ONE).doses
    assert (month.then, month.before, month.now) == (Decimal(7), False, Decimal(7))


def test_a_plan_that_is_over_says_so_and_a_sketch_gives_no_dose(life: Life) -> None:
    life.plan(ago(92), ("9", 30), ("8", 30))
    over = read(life).doses
    assert (over.now, over.over) == (None, True)


def test_a_sketch_gives_no_dose(life: Life) -> None:
    life.plan(ago(92), ("9", 300), confirmed=False)
    doses = read(life).doses
    assert (doses.now, doses.over) == (None, False)


def test_sleep_is_of_the_first_and_the_last_two_weeks(life: Life) -> None:
    life.nights([92, 91, 90, 89], sol_min=60)
    life.nights([50])
    life.nights([5, 4, 3], as_usual=True)
    life.nights([2, 1, 0])
    found = read(life, Since.THREE)
    assert (found.then.nights, found.now.nights, found.now.as_usual) == (4, 3, 3)
    assert found.then.tst_min is not None
    assert found.then.tst_min.value == 315


def test_the_list_from_before_the_first_day_is_then_and_the_newest_is_now(life: Life) -> None:
    life.plan(ago(92), ("9", 300))
    life.bwsq(95, 1, 3, 5)
    life.bwsq(60, 2)
    life.bwsq(1, 3, 7)
    [bwsq] = [each for each in read(life).lists if each.instrument.id == "bwsq"]
    assert bwsq.then is not None
    assert bwsq.now is not None
    assert (bwsq.then.entry.day, bwsq.now.entry.day) == (ago(95), ago(1))
    assert (bwsq.then.total, bwsq.now.total) == (6, 4)
    assert bwsq.change is not None
    came, went, stayed = (bwsq.change[each] for each in (Change.CAME, Change.WENT, Change.STAYED))
    assert (came, went, stayed) == (("7",), ("1", "5"), ("3",))


def test_one_list_alone_is_then_and_nothing_is_compared(life: Life) -> None:
    life.bwsq(40, 1)
    [bwsq] = [each for each in read(life, Since.SIX).lists if each.instrument.id == "bwsq"]
    assert (bwsq.then is not None, bwsq.now, bwsq.change) == (True, None, None)


def test_days_with_another_amount_and_turns_are_of_the_period(life: Life) -> None:
    plan_id = life.plan(ago(150), ("9", 300))
    life.dose(140, "12", plan_id)
    life.dose(40, "12", plan_id)
    days = read(life, Since.THREE)
    assert [(each.day, each.kind) for each in days.history.taken] == [(ago(40), Taken.MORE)]


def test_what_was_written_comes_back_oldest_first_and_from_the_period_only(life: Life) -> None:
    life.nights([200, 30], note="the owl again")
    life.nights([20])
    life.bwsq(10, 1, new="my ears ring")
    life.note(Kind.CHECK_IN, ago(5), {"level": 4, "words": "a good walk"})
    found = read(life, Since.THREE)
    assert [(each.day, each.kind, each.text) for each in found.written] == [
        (ago(30), Kind.NIGHT, "the owl again"),
        (ago(10), Kind.SYMPTOMS, "my ears ring"),
        (ago(5), Kind.CHECK_IN, "a good walk"),
    ]
    assert not found.more_written


def test_many_words_show_the_newest_and_say_that_there_are_more(life: Life) -> None:
    life.nights(range(80), note="again")
    found = read(life, Since.START)
    assert len(found.written) == 60
    assert found.written[-1].day == TODAY
    assert found.more_written


def test_questions_are_kept_sealed_the_newest_is_shown_and_all_are_exported(life: Life, clock: Clock) -> None:
    store, person = life.house.store, life.person
    first, second = "7d9a4d0e-0000-4000-8000-000000000001", "7d9a4d0e-0000-4000-8000-000000000002"
    assert keep_questions(store, person, ["again", "stay"], " And my eyes?\r\n", first, clock()) is None
    assert keep_questions(store, person, ["again", "stay"], " And my eyes?\r\n", first, clock()) is None
    asked = read(life).asked
    assert asked is not None
    assert (list(asked.ticked), asked.words) == (["stay", "again"], "And my eyes?")
    clock.forward(minutes=5)
    assert keep_questions(store, person, [], "", second, clock()) is None
    assert read(life).asked is not None
    assert not read(life).asked.any  # type: ignore[union-attr]
    exported = export_person(store, person)["look_back"]
    assert [(each["id"], each["superseded"]) for each in exported] == [(first, True), (second, False)]
    assert exported[0]["data"]["words"] == "And my eyes?"


def test_questions_that_nobody_offers_and_text_that_cannot_be_kept_are_refused(life: Life, clock: Clock) -> None:
    found = keep_questions(life.house.store, life.person, ["dose"], "\x00" + "a" * 5000, "id", clock())
    assert isinstance(found, Refused)
    assert [(each.field, each.code) for each in found.reasons] == [
        ("ticked", "look_back_unknown"),
        ("words", "symptoms_not_text"),
        ("words", "symptoms_text_too_long"),
    ]
    assert read(life).asked is None
    assert len(QUESTIONS) == len({*QUESTIONS})
