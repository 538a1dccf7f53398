"""The mistakes that are made on purpose are mistakes (docs/mutation.md)."""

from __future__ import annotations

from tests.mutants.operators import mutants

SOURCE = '''
"""Words stay words."""
TABLE = {"one": 1}


def half(number: int, least: int = 0) -> int | None:
    """Of `number`, where it is above `least`."""
    if number > least and not number % 2:
        return number // 2
    return None
'''


def made() -> set[str]:
    return {str(each) for each in mutants(SOURCE)}


def test_a_guard_goes_a_bound_moves_and_a_sum_is_another() -> None:
    assert made() >= {
        "3: 1  →  2",
        "6: 0  →  -1",
        "8: if number > least and (not number % 2)  →  if False",
        "8: number > least  →  number >= least",
        "8: number > least  →  number <= least",
        "8: number > least and (not number % 2)  →  number > least or not number % 2",
        "8: not number % 2  →  number % 2",
        "8: number % 2  →  number * 2",
        "9: return number // 2  →  return None",
        "9: number // 2  →  number * 2",
    }


def test_words_and_types_stay_and_nothing_becomes_itself() -> None:
    assert {int(each.partition(":")[0]) for each in made()} == {3, 6, 8, 9}
    assert all(each.was != each.becomes for each in mutants(SOURCE))


def test_every_mutant_runs_and_the_code_is_whole_again_after_it() -> None:
    told = set()
    for each in (each for each in mutants(SOURCE) if each.line == 8):
        names: dict[str, object] = {}
        exec(each.compiled("half.py"), names)  # noqa: S102
        half = names["half"]
        assert callable(half)
        told.add(tuple(half(number) for number in (0, 1, 2, 3, 4)))
    assert (None, None, 1, None, 2) not in told
    assert len(told) > 3


def test_only_what_stands_outside_of_functions_runs_when_the_file_is_read() -> None:
    assert {each.line: each.when_read for each in mutants(SOURCE)} == {3: True, 6: True, 8: False, 9: False}
