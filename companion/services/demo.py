"""Made people with made data, from a fixed seed (contract §6): Alice, Bob and Charlie, and more when asked."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from companion.domain.bending import Bend
from companion.domain.codes import Refused
from companion.domain.consent import TEXT_VERSION, Consent, Purpose
from companion.domain.plan_change import Why
from companion.domain.reminder import Kind as Kinds
from companion.services.bend_plan import bend_plan
from companion.services.demo_life import (
    Life,
    lay_plan,
    note_check_ins,
    note_doses,
    note_lists,
    note_looking_back,
    note_nights,
    turn_on_reminders,
)
from companion.services.demo_night import keep_for_the_night
from companion.services.join import Joining, join
from companion.storage import people, sessions
from companion.storage.unit_of_work import Store

PEOPLE = {
    "alice": ("demo-alice-2027", "nl"),
    "bob": ("demo-bob-2027", "fr"),
    "charlie": ("demo-charlie-2027", "nl"),
}


def make_demo(
    store: Store,
    more_people: int,
    nights: int,
    *,
    force: bool,
    now: datetime | None = None,
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> Sequence[str] | str:
    """The names of the people made, or one sentence why not. Refuses beside real people unless forced."""
    now = now or datetime.now(UTC).replace(microsecond=0)
    with store.read() as unit:
        if people.count(unit, demo=False) and not force:
            return "demo: this database holds people who are not test people; --force makes the test people anyway."
        missing = [name for name in PEOPLE if people.by_name(unit, name) is None]
    for name in missing:
        passphrase, language = PEOPLE[name]
        life = _join(store, name, passphrase, language, now)
        if name == "alice":
            _alice(store, life)
        elif name == "bob":
            _bob(store, life)
    made = list(missing)
    for index in range(more_people):
        tell(index, more_people)
        name = f"demo-{index + 1:05}"
        with store.read() as unit:
            if people.by_name(unit, name):
                continue
        life = _join(store, name, f"{name}-passphrase", ("nl", "fr")[index % 2], now)
        note_nights(store, life, nights, better=0)
        made.append(name)
    tell(more_people, more_people)
    return made


def only_demo(store: Store) -> bool:
    """Whether the test people live here, and nobody else."""
    with store.read() as unit:
        return people.count(unit, demo=True) > 0 and people.count(unit, demo=False) == 0


def _join(store: Store, name: str, passphrase: str, language: str, now: datetime) -> Life:
    joined = join(store, Joining(name, passphrase, adult=True, language=language), now, demo=True)
    if isinstance(joined, Refused):
        raise ValueError(f"demo person {name}: {joined.reasons}")
    person = joined.person
    with store.write() as unit:
        sessions.end_all(unit, person.id)
        for purpose in Purpose:
            people.add_consent(unit, person.id, Consent(purpose, TEXT_VERSION, language, now))
    return Life(person, random.Random(f"andante {name}"), person.day(now), now)  # noqa: S311  # made-up data


def _alice(store: Store, life: Life) -> None:
    """Half a year on a lormetazepam programme of 10 × 30 days with one stay of two weeks; the coming rows are a
    sketch from two on."""
    start = life.last - timedelta(days=182)
    document = {
        "medicine": "lormetazepam",
        "products": [{"form": "made_capsule"}],
        "daily": {"bedtime": "2"},
        "goal": {"kind": "stop"},
        "pace": {"kind": "programme", "steps": 10, "days": 30},
        "start": start.isoformat(),
    }
    plan_id = lay_plan(store, life, document, agreed_with="both", ahead=2)
    stayed = start + timedelta(days=85)
    refused = bend_plan(store, life.person, plan_id, 1, Bend(Why.STAY, stayed, 14), life.at(stayed, 20, 10))
    if refused:
        raise ValueError(f"demo stay: {refused.reasons}")
    note_doses(store, life, plan_id)
    note_nights(store, life, 183, better=40)
    note_lists(store, life, 183, every=14)
    note_looking_back(store, life, (180, 90))
    note_check_ins(store, life, 20)
    turn_on_reminders(
        store, life, {(Kinds.DOSE, "bedtime"): "22:30", (Kinds.DIARY, ""): "08:30", (Kinds.STEP, ""): "18:00"}
    )
    keep_for_the_night(store, life.person, life.id, life.at(life.last - timedelta(days=5), 15, 20))


def _bob(store: Store, life: Life) -> None:
    """Two weeks of diazepam from two products at his own pace: 10 % of the current dose every three weeks."""
    start = life.last - timedelta(days=14)
    document = {
        "medicine": "diazepam",
        "products": [
            {"strength": "5", "form": "tablet", "split": "halves"},
            {"strength": "2", "form": "tablet", "split": "halves"},
        ],
        "daily": {"morning": "5", "bedtime": "5"},
        "goal": {"kind": "reduce", "target": "5"},
        "pace": {"kind": "percent_of_current", "percent": "10", "every_days": 21},
        "start": start.isoformat(),
    }
    plan_id = lay_plan(store, life, document, agreed_with="doctor", ahead=1)
    note_doses(store, life, plan_id)
    note_nights(store, life, 14, better=10)
    note_lists(store, life, 14, every=7)
    note_check_ins(store, life, 6)
    turn_on_reminders(store, life, {(Kinds.DOSE, "morning"): "08:15", (Kinds.DOSE, "bedtime"): "22:30"})
    keep_for_the_night(store, life.person, life.id, life.at(life.last - timedelta(days=5), 15, 20))
