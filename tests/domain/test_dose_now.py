"""Which doses of a day are those of now."""

from __future__ import annotations

import pytest

from companion.domain.dose_now import moments_now


@pytest.mark.parametrize(
    ("part", "moments"),
    [
        ("morning", ["morning"]),
        ("afternoon", ["noon"]),
        ("evening", ["evening", "bedtime"]),
        ("night", ["evening", "bedtime"]),
    ],
)
def test_each_part_of_the_day_has_its_moments(part: str, moments: list[str]) -> None:
    assert list(moments_now(part, day_before=False)) == moments


@pytest.mark.parametrize("part", ["night", "morning", "afternoon"])
def test_until_the_day_turns_it_is_time_for_its_last_doses(part: str) -> None:
    assert list(moments_now(part, day_before=True)) == ["evening", "bedtime"]
