"""The right text at the right moment: which article Today mentions, by a few rules that are data.

Nothing here depends on what somebody answered about how they feel: a rule looks at what happened in the plan and at
how long a night was, and gives the same line to everyone. It never says what to do with a dose (issue 8, point 3).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, get_args

When = Literal[
    "first_lower_dose",
    "step_back",
    "stay",
    "others_give",
    "first_day_without",
    "lower_goal",
    "awake_long",
]
"""What can have happened, each on some days."""

AWAKE_LONG: Final = 60
"""More minutes awake than this, falling asleep and in the night together: both above the 30 minutes that count as long
(reference values in `facts/instruments.md` §3.5)."""

Days = Mapping[When, Sequence[date]]
"""The days on which each thing happened, or will."""


@dataclass(frozen=True)
class Rule:
    """From `first` to `last` days after it happened, this article is mentioned in these words."""

    id: str
    when: When
    first: int
    last: int
    article: str
    say: Mapping[str, str]

    def fits(self, days: Days, day: date) -> bool:
        return any(self.first <= (day - each).days <= self.last for each in days.get(self.when, ()))


def long_awake(sol: int | None, waso: int | None, slept: bool) -> bool:
    """Whether a night was long: no sleep at all, or more than an hour awake as far as it was told."""
    return not slept or (sol or 0) + (waso or 0) > AWAKE_LONG


def mention(rules: Sequence[Rule], days: Days, day: date, hidden: Collection[str], shown: str = "") -> Rule | None:
    """The one rule of this day. `hidden`: ids never to be shown again; `shown`: the id shown on this day before.

    Never a second one on a day: where the one that was shown fits no more, or was hidden, there is none.
    """
    fitting = [rule for rule in rules if rule.id not in hidden and rule.fits(days, day)]
    if shown:
        return next((rule for rule in fitting if rule.id == shown), None)
    return next(iter(fitting), None)


def rules_from(content: Mapping[str, Any], articles: Collection[str]) -> tuple[Rule, ...]:
    """The rules of a parsed `moments.toml`. Raises ValueError where they are not whole: our bug."""
    rules = tuple(Rule(**entry) for entry in content["moment"])
    if len({rule.id for rule in rules}) != len(rules):
        raise ValueError("two moments have the same id")
    for rule in rules:
        if rule.when not in get_args(When) or rule.first > rule.last:
            raise ValueError(f"{rule.id}: nothing of that kind happens, or it ends before it begins")
        if rule.article not in articles or set(rule.say) != {"nl", "fr"}:
            raise ValueError(f"{rule.id}: an article that we do not have, or words in one language only")
    return rules
