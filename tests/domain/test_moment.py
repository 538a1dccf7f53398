"""At most one line a day, the same for everyone in that situation, and never again once it was hidden."""

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.moment import Rule, When, long_awake, mention, rules_from

DAY = date(2026, 11, 21)
SAY = {"nl": "Lees dit.", "fr": "Lisez ceci."}


def rule(rule_id: str, when: When = "step_back", first: int = 0, last: int = 6) -> Rule:
    return Rule(rule_id, when, first, last, "a-bad-night", SAY)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


@pytest.mark.parametrize(("back", "fits"), [(-1, False), (0, True), (6, True), (7, False)])
def test_a_rule_fits_on_its_days(back: int, fits: bool) -> None:
    assert (mention([rule("one")], {"step_back": [ago(back)]}, DAY, ()) is not None) is fits


def test_a_rule_can_come_before_what_it_is_about() -> None:
    before = [rule("last", "first_day_without", -14, -1)]
    assert mention(before, {"first_day_without": [ago(-14)]}, DAY, ()) == before[0]
    assert mention(before, {"first_day_without": [ago(-15)]}, DAY, ()) is None
    assert mention(before, {"first_day_without": [DAY]}, DAY, ()) is None


def test_the_first_that_fits_is_mentioned_and_a_hidden_one_never_again() -> None:
    rules, days = [rule("one"), rule("two")], {"step_back": [DAY]}
    assert mention(rules, days, DAY, ()) == rules[0]
    assert mention(rules, days, DAY, {"one"}) == rules[1]
    assert mention(rules, days, DAY, {"one", "two"}) is None


def test_a_second_one_waits_until_tomorrow() -> None:
    rules = [rule("night", "awake_long", 0, 0), rule("back")]
    days = {"step_back": [DAY], "awake_long": [DAY]}
    assert mention(rules, days, DAY, (), shown="back") == rules[1]
    assert mention(rules, {"awake_long": [DAY]}, DAY, (), shown="back") is None


@given(
    when=st.lists(st.tuples(st.sampled_from(get_args(When)), st.integers(-30, 30)), max_size=6),
    hidden=st.sets(st.sampled_from("abcd")),
    shown=st.sampled_from(["", "a", "b", "gone"]),
)
def test_what_is_mentioned_fits_was_not_hidden_and_is_the_one_of_this_day(
    when: list[tuple[When, int]], hidden: set[str], shown: str
) -> None:
    rules = [rule(name, kind, -3, 9) for name, kind in zip("abcd", get_args(When), strict=False)]
    days = {kind: [ago(back) for each, back in when if each == kind] for kind, _ in when}
    found = mention(rules, days, DAY, hidden, shown)
    if found:
        assert found.fits(days, DAY)
        assert found.id not in hidden
        assert not shown or found.id == shown


@pytest.mark.parametrize(
    ("sol", "waso", "slept", "long"),
    [
        (30, 30, True, False),
        (31, 30, True, True),
        (None, 61, True, True),
        (None, None, True, False),
        (0, 0, False, True),
    ],
)
def test_a_night_was_long_with_more_than_an_hour_awake_or_no_sleep(
    sol: int | None, waso: int | None, slept: bool, long: bool
) -> None:
    assert long_awake(sol, waso, slept) is long


WHOLE = {"id": "one", "when": "stay", "first": 0, "last": 1, "article": "naps", "say": SAY}


@pytest.mark.parametrize(
    "entries",
    [
        [WHOLE, WHOLE],
        [WHOLE | {"when": "symptom"}],
        [WHOLE | {"last": -1}],
        [WHOLE | {"article": "nothing"}],
        [WHOLE | {"say": {"nl": "Lees dit."}}],
    ],
)
def test_rules_that_are_not_whole_are_a_bug_in_the_content(entries: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match=r"moments|happens|article"):
        rules_from({"moment": entries}, {"naps"})
    assert rules_from({"moment": [WHOLE]}, {"naps"})[0].article == "naps"
