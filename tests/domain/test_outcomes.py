"""Numbers about many that tell nothing of one."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from decimal import Decimal

import pytest

from companion.domain.outcomes import LEAST, ROUNDED, Course, Mark, Stand, blurred, noise, stand, told

KEYS = 3000


def mark_of(key: str) -> Mark:
    return lambda text: hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def people(count: int) -> list[str]:
    return [f"person {n}" for n in range(count)]


@pytest.mark.parametrize(
    ("came_with", "dose", "expected"),
    [
        ("2", None, Stand.NOT_KNOWN),
        ("2", "0", Stand.STOPPED),
        ("2", "1.999", Stand.LOWER),
        ("2", "2.0", Stand.SAME),
        ("2", "2.001", Stand.HIGHER),
    ],
)
def test_where_a_dose_stands(came_with: str, dose: str | None, expected: Stand) -> None:
    assert stand(Decimal(came_with), None if dose is None else Decimal(dose)) is expected


def test_the_noise_is_around_nothing_and_two_sided() -> None:
    drawn = Counter(noise(mark_of(str(key))("x")) for key in range(KEYS))
    assert abs(sum(size * times for size, times in drawn.items())) < KEYS * 0.4
    assert sum(times for size, times in drawn.items() if abs(size) <= 5) > KEYS * 0.85
    assert min(drawn) < -5 < 5 < max(drawn)


@pytest.mark.parametrize("size", [0, 1, 9])
def test_fewer_than_ten_are_never_told(size: int) -> None:
    assert {blurred("nl 3 lower", people(size), mark_of(str(key))) for key in range(200)} == {None}


@pytest.mark.parametrize("size", [10, 25, 60, 1000])
def test_what_is_told_is_rounded_and_near(size: int) -> None:
    for key in range(200):
        seen = blurred("nl 3 lower", people(size), mark_of(str(key)))
        assert seen is None or (seen % ROUNDED == 0 and seen > LEAST and abs(seen - size) < 45)


def test_asking_again_tells_the_same_in_any_order() -> None:
    mark = mark_of("house")
    assert blurred("nl", people(40), mark) == blurred("nl", people(40)[::-1], mark)
    assert {blurred("nl", people(40), mark_of(str(key))) for key in range(50)} != {blurred("nl", people(40), mark)}


def told_sizes(size: int) -> Counter[int | None]:
    return Counter(blurred("nl 12 stopped", people(size), mark_of(f"{size} {key}")) for key in range(KEYS))


def guessed_right(fewer: Counter[int | None], more: Counter[int | None]) -> float:
    """How often the best guess from one number is right, where both are as likely beforehand."""
    return sum(max(fewer[seen], more[seen]) for seen in {*fewer, *more}) / (2 * KEYS)


@pytest.mark.parametrize("size", [9, 10, 12, 14, 17, 22, 37, 60])
def test_the_attack_fails_to_tell_whether_one_more_person_is_in_the_group(size: int) -> None:
    assert guessed_right(told_sizes(size), told_sizes(size + 1)) < 0.62


def test_without_the_noise_the_attack_would_succeed() -> None:
    def plain(size: int) -> Counter[int | None]:
        return Counter({(size + ROUNDED // 2) // ROUNDED * ROUNDED: KEYS})

    assert guessed_right(plain(22), plain(23)) == 1


def test_a_difference_of_two_answers_tells_no_more_than_one() -> None:
    """The noise of a group and of that group with one more person have nothing to do with each other."""
    pairs = [(noise(mark_of(str(key))("a b")), noise(mark_of(str(key))("a b c"))) for key in range(KEYS)]
    covariance = sum(one * other for one, other in pairs) / KEYS
    variance = sum(one * one for one, _ in pairs) / KEYS
    assert abs(covariance) < variance * 0.1


def test_sums_are_sums_of_what_is_told() -> None:
    courses = [
        Course(f"{language} {n}", language, {3: list(Stand)[n % 5]} if n % 4 else {})
        for language, count in (("nl", 400), ("fr", 90))
        for n in range(count)
    ]
    found = told(courses, ("nl", "fr"), mark_of("house"))
    assert set(found) == {"languages", "all"}
    for each in [*found["languages"].values(), found["all"]]:  # type: ignore[attr-defined]
        for stands in each["months"].values():
            lower = [stands[name] for name in ("stopped", "lower") if stands[name] is not None]
            assert stands["stay_lower"] == (sum(lower) if lower else None)
    both = [found["languages"][language]["started"] for language in ("nl", "fr")]  # type: ignore[index]
    assert found["all"]["started"] == sum(both)  # type: ignore[index]
    assert found["all"]["months"]["12"]["stopped"] is None  # type: ignore[index]
