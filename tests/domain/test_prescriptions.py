from datetime import date

from companion.domain.prescriptions import Step, consultations, to_ask

STEPS = [Step(n, date(2027, 1 + n, 1)) for n in range(1, 6)]


def test_two_steps_a_consultation_and_one_prescription_each() -> None:
    visits = consultations(STEPS)
    assert [[step.n for step in visit.steps] for visit in visits] == [[1, 2], [3, 4], [5]]


def test_the_visit_is_asked_for_ten_days_before_its_first_step() -> None:
    visits = consultations(STEPS)
    assert [visit.ask_on for visit in visits] == [date(2027, 1, 22), date(2027, 3, 22), date(2027, 5, 22)]
    assert to_ask(visits, date(2027, 3, 21)) is None
    assert to_ask(visits, date(2027, 3, 22)) == visits[1]
    assert to_ask(visits, date(2027, 3, 31)) == visits[1]
    assert to_ask(visits, date(2027, 4, 1)) is None


def test_a_step_left_out_does_not_move_the_others_to_another_visit() -> None:
    assert [[step.n for step in visit.steps] for visit in consultations(STEPS[1:])] == [[2], [3, 4], [5]]
