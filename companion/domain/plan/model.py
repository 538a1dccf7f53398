"""What a person asks of a plan: products, daily dose, goal, pace and events. Contract §2, `companion plan`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from companion.domain.product import Product

MOST_DAYS: Final = 3660
"""The longest row, stay or lead-in, in days: ten years."""

MOST_PLAN_DAYS: Final = 73_050
"""The longest plan: two hundred years, so that nothing runs off the calendar and nobody waits."""

MOST_ROWS: Final = 2000
MOST_EVENTS: Final = 2000
MOST_PRODUCTS: Final = 12


class Moment(StrEnum):
    """When in the day a dose is taken, in the order of the day."""

    MORNING = "morning"
    NOON = "noon"
    EVENING = "evening"
    BEDTIME = "bedtime"


Doses = Mapping[Moment, Decimal]
"""mg at each moment, all above 0, in the order of the day."""


class GoalKind(StrEnum):
    STABILISE = "stabilise"
    REDUCE = "reduce"
    STOP = "stop"


@dataclass(frozen=True)
class Goal:
    """`target`: total mg a day to arrive at; 0 for `stop` and `stabilise`."""

    kind: GoalKind
    target: Decimal = Decimal(0)


@dataclass(frozen=True)
class PercentOfCurrent:
    percent: Decimal
    every_days: int


@dataclass(frozen=True)
class PercentOfStart:
    percent: Decimal
    every_days: int


@dataclass(frozen=True)
class FixedAmount:
    mg: Decimal
    every_days: int


@dataclass(frozen=True)
class TypedRow:
    """One row as typed. `days` is None only for a last row that stays open."""

    daily: Doses
    days: int | None


@dataclass(frozen=True)
class TypedRows:
    rows: tuple[TypedRow, ...]


@dataclass(frozen=True)
class Programme:
    """The Belgian reimbursed programme (`facts/belgium.md` §2.3): percents of the start, each for `days`."""

    percents: tuple[Decimal, ...]
    days: int


Computed = PercentOfCurrent | PercentOfStart | FixedAmount
Pace = Computed | TypedRows | Programme


@dataclass(frozen=True)
class Stay:
    """`days` None: until the person says to go on."""

    on: date
    days: int | None


@dataclass(frozen=True)
class GoOn:
    on: date


@dataclass(frozen=True)
class Back:
    """`days` None: as long as the pace says."""

    on: date
    days: int | None


@dataclass(frozen=True)
class NewRows:
    on: date
    rows: tuple[TypedRow, ...]


@dataclass(frozen=True)
class Extra:
    """A one-off amount besides the plan. `moment` None: not told."""

    on: date
    mg: Decimal
    moment: Moment | None


Event = Stay | GoOn | Back | NewRows | Extra


@dataclass(frozen=True)
class PlanInput:
    """Everything `companion plan` reads, with types that are right; whether it can be made is for `lay_out`.

    `pace` is None for `stabilise` only. `last_dose` None: not given. `lower_first` holds all four moments.
    """

    products: tuple[Product, ...]
    daily: Doses
    goal: Goal
    pace: Pace | None
    start: date
    medicine: str = ""
    stretch: bool = False
    lead_in_days: int = 0
    last_dose: Decimal | None = None
    lower_first: tuple[Moment, ...] = tuple(Moment)
    events: tuple[Event, ...] = ()
