"""What the programme yields, in numbers that tell nothing of one person.

How many people started, and where they stood after 3, 6 and 12 months: stopped, on a lower dose, on the same or on a
higher one. The measure is the share of people who no longer take these medicines after about a year, as in effect
evaluation of the minimal intervention (IVM, appendix 4). What protects people is in docs/outcomes.md.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import count
from typing import Final

MONTHS: Final = (3, 6, 12)
LEAST: Final = 10
"""People: a smaller group is never told."""
ROUNDED: Final = 5
SEEN: Final = 28
"""Days on each side of a milestone in which someone noted something: without it we do not know how it went."""

Mark = Callable[[str], str]
"""A keyed digest in hexadecimal digits: the same for the same text, and not to be guessed without the key."""


class Stand(StrEnum):
    """Where someone stands against the dose they came with; each person is in one of these at each milestone."""

    STOPPED = "stopped"
    LOWER = "lower"
    SAME = "same"
    HIGHER = "higher"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Course:
    """How it went with one person: `stands` by months since the start, only for milestones that are past."""

    person_id: str
    language: str
    stands: Mapping[int, Stand]


def stand(came_with: Decimal, dose: Decimal | None) -> Stand:
    """Where a dose of a day stands against the one they came with, in mg; None is not known."""
    if dose is None:
        return Stand.NOT_KNOWN
    if dose == 0:
        return Stand.STOPPED
    if dose == came_with:
        return Stand.SAME
    return Stand.LOWER if dose < came_with else Stand.HIGHER


@dataclass(frozen=True)
class Numbers:
    """How many started, and how many stand where after so many months; None is kept back."""

    started: int | None
    stands: Mapping[int, Mapping[Stand, int | None]]

    def document(self) -> dict[str, object]:
        """As the command says it. `changed` is another dose than they came with, `stay_lower` a lower one or none."""
        months = {
            str(after): {
                **{where.value: number for where, number in there.items()},
                "changed": _sum(there[where] for where in (Stand.STOPPED, Stand.LOWER, Stand.HIGHER)),
                "stay_lower": _sum(there[where] for where in (Stand.STOPPED, Stand.LOWER)),
            }
            for after, there in self.stands.items()
        }
        return {"started": self.started, "months": months}


def told(courses: Iterable[Course], languages: Collection[str], mark: Mark) -> dict[str, object]:
    """The numbers per language and together. What is kept back is None; sums are sums of what is told."""
    members: dict[str, set[str]] = defaultdict(set)
    for course in courses:
        members[f"{course.language} started"].add(course.person_id)
        for months, where in course.stands.items():
            members[f"{course.language} {months} {where}"].add(course.person_id)

    def number(name: str) -> int | None:
        return blurred(name, members[name], mark)

    each = {
        language: Numbers(
            number(f"{language} started"),
            {months: {where: number(f"{language} {months} {where}") for where in Stand} for months in MONTHS},
        )
        for language in languages
    }
    return {
        "languages": {language: numbers.document() for language, numbers in each.items()},
        "all": _together([*each.values()]).document(),
    }


def _together(parts: Sequence[Numbers]) -> Numbers:
    stands = {
        months: {where: _sum(part.stands[months][where] for part in parts) for where in Stand} for months in MONTHS
    }
    return Numbers(_sum(part.started for part in parts), stands)


def _sum(numbers: Iterable[int | None]) -> int | None:
    """The sum of what is told; None where nothing is."""
    there = [number for number in numbers if number is not None]
    return sum(there) if there else None


def blurred(name: str, members: Collection[str], mark: Mark) -> int | None:
    """The size of a group, with noise, rounded to five; None for fewer than ten people, and near that.

    The noise depends on exactly who is in the group: the same people give the same number each time, so that asking
    again tells nothing; one person more or less gives other noise, so that the difference tells nothing either.
    """
    if len(members) < LEAST:
        return None
    seen = len(members) + noise(mark(" ".join(["outcomes", name, *sorted(members)])))
    rounded = (seen + ROUNDED // 2) // ROUNDED * ROUNDED
    return rounded if rounded > LEAST else None


def noise(seed: str) -> int:
    """Two-sided geometric noise, P(k) in proportion to 0.7^|k| (Ghosh and others, 2009): mostly within five of 0."""
    draws = (byte for place in count() for byte in hashlib.sha256(f"{seed} {place}".encode()).digest())

    def geometric() -> int:
        return next(size for size in count() if next(draws) * 10 >= 7 * 256)

    return geometric() - geometric()
