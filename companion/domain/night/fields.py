"""Reading a night from the texts of a form or a CSV file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Reason, Refused
from companion.domain.night.figures import figures
from companion.domain.night.marks import read_marks
from companion.domain.night.one_record import together
from companion.domain.night.row import read_row
from companion.domain.night.value import NO_SLEEP, Mark, Night, SleepOnset

TIMES_AND_NUMBERS: Final = (
    "in_bed",
    "lights_out",
    "sol_min",
    "awakenings",
    "waso_min",
    "final_wake",
    "up",
    "still_trying_min",
    "naps_min",
)
"""The columns of `companion nights` after `wake_date`, in their order."""

TYPED_FIELDS: Final = (*TIMES_AND_NUMBERS, "quality", "rested", "note", "felt_asleep_min")
"""What the form asks."""

DATA_FIELDS: Final = (*TYPED_FIELDS, "as_usual", "drawn", "marks")
"""Every field a night has beside its wake date: the keys of the JSON data."""

FIRST_WAKE_DATE: Final = date(1900, 1, 1)
LAST_WAKE_DATE: Final = date(2199, 12, 31)
MOST_MINUTES: Final = 24 * 60
MOST_AWAKENINGS: Final = 99
LONGEST_NOTE: Final = 4000

_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_NUMBER: Final = re.compile(r"[0-9]{1,6}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_STORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def read_wake_date(text: str) -> date | Refused:
    """An ISO date between 1900 and 2199: the morning the night ended."""
    try:
        day = date.fromisoformat(text.strip()) if _DATE.fullmatch(text.strip()) else None
    except ValueError:
        day = None
    if day is None:
        return Refused.because("wake_date", "night_not_a_date")
    if not FIRST_WAKE_DATE <= day <= LAST_WAKE_DATE:
        return Refused.because("wake_date", "night_date_out_of_range")
    return day


def read_night(fields: Mapping[str, str], wake_date: date, zone: ZoneInfo) -> Night | Refused:
    """A night from texts, keyed by `DATA_FIELDS`; empty or absent means not answered.

    Times are `HH:MM`, minutes whole and in plain digits, `sol_min` may be `none` (no sleep at all),
    `as_usual` is `yes`, `no` or empty, `drawn` is a row (`row.read_row`), `marks` are "coffee 16:00, medicine 22:30".
    What the row tells and was not typed is filled in from it. Refused with every field that cannot be read; else with
    why such a night cannot be (`figures`); else where drawn and typed are not one night (`one_record.together`).
    """
    reader = _Reader(fields)
    night = Night(
        wake_date=wake_date,
        in_bed=reader.clock_time("in_bed"),
        lights_out=reader.clock_time("lights_out"),
        sol_min=reader.sleep_onset("sol_min"),
        awakenings=reader.count("awakenings"),
        waso_min=reader.minutes("waso_min"),
        final_wake=reader.clock_time("final_wake"),
        up=reader.clock_time("up"),
        still_trying_min=reader.minutes("still_trying_min"),
        naps_min=reader.minutes("naps_min"),
        quality=reader.one_to_five("quality"),
        rested=reader.one_to_five("rested"),
        note=reader.note("note"),
        felt_asleep_min=reader.minutes("felt_asleep_min"),
        as_usual=reader.yes_or_no("as_usual"),
        marks=reader.marks("marks"),
    )
    row = read_row(fields.get("drawn", ""), wake_date, zone)
    if isinstance(row, Refused):
        reader.reasons.extend(row.reasons)
    if reader.reasons or isinstance(row, Refused):
        return Refused(tuple(reader.reasons))
    measured = figures(night, zone)
    if isinstance(measured, Refused):
        return measured
    return together(night, row, zone) if row else night


class _Reader:
    """Takes typed answers out of texts and keeps a reason for each that cannot be read."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.reasons = [
            Reason(name, "night_unknown_field", {"name": name[:40]}) for name in fields if name not in DATA_FIELDS
        ]

    def clock_time(self, name: str) -> time | None:
        text = self._text(name)
        found = _TIME.fullmatch(text)
        if found:
            return time(int(found[1]), int(found[2]))
        if text:
            self._refuse(name, "night_not_a_time")
        return None

    def minutes(self, name: str, code: str = "night_not_minutes") -> int | None:
        return self._number(name, code, MOST_MINUTES, "night_too_many_minutes")

    def sleep_onset(self, name: str) -> SleepOnset:
        if self._text(name) == NO_SLEEP.value:
            return NO_SLEEP
        return self.minutes(name, "night_not_minutes_or_none")

    def count(self, name: str) -> int | None:
        return self._number(name, "night_not_a_count", MOST_AWAKENINGS, "night_count_too_high")

    def one_to_five(self, name: str) -> int | None:
        text = self._text(name)
        if text in {"1", "2", "3", "4", "5"}:
            return int(text)
        if text:
            self._refuse(name, "night_not_one_to_five")
        return None

    def yes_or_no(self, name: str) -> bool:
        text = self._text(name)
        if text not in {"", "yes", "no"}:
            self._refuse(name, "night_not_yes_or_no")
        return text == "yes"

    def note(self, name: str) -> str:
        text = self._text(name).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > LONGEST_NOTE:
            self._refuse(name, "night_note_too_long", most=str(LONGEST_NOTE))
        elif _NOT_STORABLE.search(text):
            self._refuse(name, "night_not_text")
        return text

    def marks(self, name: str) -> tuple[Mark, ...]:
        marks = read_marks(self._text(name))
        if isinstance(marks, Refused):
            self.reasons.extend(marks.reasons)
            return ()
        return marks

    def _text(self, name: str) -> str:
        return self._fields.get(name, "").strip()

    def _number(self, name: str, code: str, most: int, too_high: str) -> int | None:
        text = self._text(name)
        if _NUMBER.fullmatch(text):
            number = int(text)
            if number <= most:
                return number
            self._refuse(name, too_high, most=str(most))
        elif text:
            self._refuse(name, code)
        return None

    def _refuse(self, name: str, code: str, **values: str) -> None:
        self.reasons.append(Reason(name, code, values))
