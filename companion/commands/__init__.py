"""The commands that need no database: anyone can check our arithmetic with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TextIO

from companion.commands import amount, nights, plan, reminders

Run = Callable[[list[str], TextIO, TextIO, TextIO], int]

RUN: Mapping[str, Run] = {"amount": amount.run, "plan": plan.run, "nights": nights.run, "reminders": reminders.run}

HELP: Mapping[str, str] = {
    "amount": "read an amount and say it in words",
    "plan": "lay out a plan from a JSON file",
    "nights": "the figures of nights in a CSV file",
    "reminders": "when reminders fall due, from a JSON file",
}
