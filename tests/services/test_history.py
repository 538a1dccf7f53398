"""What the history reads: the days that are looked at, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event, update

from companion.bootstrap import House
from companion.domain.entry import Entry, Kind
from companion.domain.history import DoseStep, Taken, Turn, Window
from companion.domain.night import Night, night_to_data
from companion.domain.plan_change import Why
from companion.services.history import PersonHistory, read_history
from companion.services.log_night import kept_night
from companion.services.measure_nights import night_bar
from companion.storage import plans
from companion.storage.tables import EntryRow
from tests.domain.night_oracle import Lived
from tests.domain.night_strategies import lived_nights
from tests.services.lives import DAY, TODAY, Life, ago, new_life


@pytest.fixture
def life(house: House) -> Life:
    return new_life(house)


def read(life: Life, window: Window = Window.ALL, anchor: date = TODAY, plan_id: str = "") -> PersonHistory:
    return read_history(life.house.store, life.person, plan_id, window, anchor, TODAY)


def spoil(life: Life, kind: Kind, before: date, **values: Any) -> None:
    """Make stored entries unreadable: who reads them fails."""
    with life.house.store.engine.begin() as connection:
        table = EntryRow.__table__  # type: ignore[attr-defined]
        connection.execute(update(table).where(table.c.kind == kind.value, table.c.day < before).values(**values))


def test_only_the_days_that_are_looked_at_are_read(life: Life) -> None:
    life.nights(range(200))
    for back in range(0, 200, 14):
        life.bwsq(back, 3)
        life.dose(back, "9", None)
    for kind in (Kind.NIGHT, Kind.SYMPTOMS, Kind.DOSE):
        spoil(life, kind, ago(60), data="not JSON at all")
    for window in (Window.DAY, Window.WEEK, Window.MONTH):
        found = read(life, window)
        assert all(night.day >= ago(60) for night in found.history.nights)
    with pytest.raises(ValueError, match="Expecting value"):
        read(life, Window.ALL)


def test_notes_stay_sealed_for_a_picture(life: Life) -> None:
    life.nights(range(20), note="for myself")
    spoil(life, Kind.NIGHT, TODAY + DAY, words="1.AAAA")
    assert len(read(life).history.nights) == 20


def test_it_takes_as_many_questions_to_the_database_for_a_week_as_for_ten_years(life: Life) -> None:
    life.plan(ago(100), *[("9", 14), ("8", 14), ("7", 100)])
    life.nights(range(5))
    asked: list[str] = []
    listen = event.listens_for(life.house.store.engine, "after_cursor_execute")
    listen(lambda _c, _cursor, statement, *_: asked.append(statement))
    counts = []
    for window in Window:
        asked.clear()
        read(life, window)
        counts.append(len([each for each in asked if each.startswith("SELECT")]))
    life.nights(range(5, 200))
    asked.clear()
    read(life)
    assert {*counts, len([each for each in asked if each.startswith("SELECT")])} == {counts[0]}
    assert counts[0] <= 8


def test_the_first_day_is_that_of_the_first_night_list_dose_or_step(life: Life) -> None:
    assert read(life).days.days == 7
    life.nights([30])
    assert read(life).days.first_day == ago(30)
    life.dose(40, "1", None, extra=True)
    assert read(life).days.first_day == ago(40)
    life.plan(ago(50), ("9", 100))
    assert read(life).days.first_day == ago(50)


def test_a_step_is_a_row_of_the_plan_with_its_neighbours(life: Life) -> None:
    life.plan(ago(50), ("9", 20), ("8", 20), ("7", 20))
    found = read(life, Window.STEP)
    assert (found.days.first_day, found.days.last_day) == (ago(10), ago(-9))
    assert found.step is not None
    assert (found.step.n, found.step.daily_mg) == (3, 7)
    assert (found.before, found.after) == (ago(11), None)
    earlier = read(life, Window.STEP, ago(11))
    assert (earlier.days.first_day, earlier.days.last_day, earlier.after) == (ago(30), ago(11), ago(10))


def test_an_ended_plan_has_a_last_step_and_gives_no_dose_after_it(life: Life) -> None:
    plan_id = life.plan(ago(50), ("9", 20), ("8", 60))
    with life.house.store.write() as unit:
        plans.end(unit, life.person.id, plan_id, ago(5))
    found = read(life, Window.STEP)
    assert (found.days.first_day, found.days.last_day) == (ago(5), TODAY)
    assert max(step.last_day or date.max for step in found.history.doses) == ago(6)


def test_without_a_plan_a_step_is_everything(life: Life) -> None:
    assert read(life, Window.STEP).window is Window.ALL


def test_sketches_are_not_drawn(life: Life) -> None:
    life.plan(ago(10), ("9", 20), confirmed=False)
    assert read(life).history.doses == ()


def test_days_on_which_others_gave_the_medicine_are_a_gap_with_its_turn(life: Life) -> None:
    plan_id = life.plan(ago(50), ("9", 30), ("8", 40))
    life.bend(plan_id, 1, Why.HOSPITAL, 40, 5)
    life.dose(38, "3", plan_id)
    found = read(life).history
    assert found.doses[:2] == (DoseStep(ago(50), ago(41), Decimal(9)), DoseStep(ago(35), ago(16), Decimal(9)))
    assert Turn("hospital", ago(40), ago(36)) in found.turns
    assert found.taken == ()


def test_what_was_taken_otherwise_is_of_this_plan_only(life: Life) -> None:
    plan_id = life.plan(ago(20), ("9", 40))
    life.dose(10, "9", plan_id)
    life.dose(9, "10", plan_id)
    life.dose(8, "0", plan_id)
    life.dose(7, "9", plan_id, taken=False)
    life.dose(6, "1", None, extra=True, moment=None)
    told = [(each.day, each.kind, each.difference) for each in read(life).history.taken]
    assert told == [
        (ago(9), Taken.MORE, 1),
        (ago(8), Taken.NOTHING, -9),
        (ago(7), Taken.NOTHING, -9),
        (ago(6), Taken.MORE, 1),
    ]
    second = life.plan(ago(5), ("4", 40))
    assert read(life, plan_id=second).history.taken == ()
    assert [each.kind for each in read(life, plan_id=plan_id).history.taken] == [
        Taken.MORE,
        Taken.NOTHING,
        Taken.NOTHING,
    ]


def test_a_sum_of_another_questionnaire_never_stands_among_the_symptoms(life: Life) -> None:
    life.bwsq(3, 1, 2)
    other = {"instrument": "sds", "answers": {str(n): 3 for n in range(1, 6)}}
    life.note(Kind.SYMPTOMS, ago(2), other)
    assert [(point.day, point.total) for point in read(life).history.symptoms] == [(ago(3), 4)]


def test_a_list_that_is_not_fully_answered_has_no_sum(life: Life) -> None:
    life.note(Kind.SYMPTOMS, ago(2), {"instrument": "bwsq", "answers": {"1": 2}, "new": "", "safety": {}})
    assert read(life).history.symptoms == ()


def test_a_night_as_usual_comes_apart(life: Life) -> None:
    life.nights([1], as_usual=True)
    life.nights([0])
    assert [night.as_usual for night in read(life).history.nights] == [True, False]


def test_two_weeks_are_compared_from_four_nights_in_each(life: Life) -> None:
    life.nights([0, 1, 2, 3, 7, 8, 9])
    assert read(life, Window.WEEK).week is None
    life.nights([10])
    found = read(life, Window.WEEK).week
    assert found is not None
    assert (found.then.value, found.then.nights, found.now.value, found.now.nights) == (345, 4, 345, 4)
    assert read(life, Window.MONTH).week is None


@given(lived_nights())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_bar_has_the_figures_of_its_night(life: Life, lived: Lived) -> None:
    told = Night(
        lived.wake_date,
        in_bed=lived.in_bed.astimezone(lived.zone).time().replace(fold=0),
        lights_out=lived.lights_out.astimezone(lived.zone).time().replace(fold=0),
        sol_min=lived.sol,
        waso_min=lived.waso,
        final_wake=lived.final_wake.astimezone(lived.zone).time().replace(fold=0),
        up=lived.up.astimezone(lived.zone).time().replace(fold=0),
    )
    person = replace(life.person, zone=lived.zone)
    entry = Entry("id", Kind.NIGHT, lived.wake_date, life.house.now(), night_to_data(told))
    try:
        kept = kept_night(entry, person)
    except ValueError:
        return
    bar = night_bar(entry, person)
    assert (bar.tib_min, bar.tst_min, bar.se_percent) == (kept.figures.tib, kept.figures.tst, kept.figures.se)


@pytest.mark.parametrize(
    "data",
    [
        {"in_bed": "23:00", "up": "07:00", "sol_min": "none"},
        {"in_bed": "23:00", "up": "07:00", "lights_out": "23:10", "final_wake": "06:50", "sol_min": "20"},
        {
            "in_bed": "23:00",
            "up": "07:00",
            "awakenings": "0",
            "sol_min": 5,
            "final_wake": "06:50",
            "lights_out": "23:10",
        },
        {"in_bed": None, "up": "07:00", "naps_min": 20},
        {"up": "07:00", "as_usual": "yes"},
        {},
    ],
)
def test_answers_written_in_another_way_are_read_with_every_check(life: Life, data: dict[str, Any]) -> None:
    entry = Entry("id", Kind.NIGHT, TODAY, life.house.now(), data)
    kept, bar = kept_night(entry, life.person), night_bar(entry, life.person)
    assert (bar.tib_min, bar.tst_min, bar.se_percent) == (kept.figures.tib, kept.figures.tst, kept.figures.se)
    assert bar.as_usual == kept.night.as_usual
