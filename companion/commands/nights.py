"""`companion nights FILE.csv [--zone ZONE]`: a sleep diary in, its figures as JSON out. Needs no database."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from fractions import Fraction
from pathlib import Path
from typing import Final, TextIO, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from companion.domain.codes import Refused
from companion.domain.night import (
    TIMES_AND_NUMBERS,
    Night,
    NightFigures,
    NightSummary,
    figures,
    one_decimal,
    read_night,
    read_wake_date,
    summarise,
)
from companion.i18n.reasons import sentence

COLUMNS: Final = ("wake_date", *TIMES_AND_NUMBERS)
FIGURES: Final = tuple(field.name for field in fields(NightFigures))
SUMMARY: Final = ("nights", "tib", "tst", "sol", "waso", "se", "bedtime", "rising_time")
USAGE: Final = "use companion nights FILE.csv [--zone ZONE], with - as FILE for standard input."
DEFAULT_ZONE: Final = "Europe/Brussels"


Value = TypeVar("Value")


class WrongInputError(Exception):
    """One sentence for the person at the terminal. Never leaves this module."""


@dataclass(frozen=True)
class _Arguments:
    file: str
    zone: ZoneInfo


def run(arguments: list[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with JSON on `stdout`; exit 2 with one sentence on `stderr` and nothing on `stdout`."""
    try:
        asked = _read_arguments(arguments)
        nights = _read_nights(_read_text(asked.file, stdin), asked.zone)
    except WrongInputError as wrong:
        stderr.write(f"{wrong}\n")
        return 2
    json.dump(_answer(nights), stdout, indent=2)
    stdout.write("\n")
    return 0


def _read_arguments(arguments: Sequence[str]) -> _Arguments:
    files: list[str] = []
    zone = DEFAULT_ZONE
    options = True
    left = iter(arguments)
    for argument in left:
        if not options or argument == "-" or not argument.startswith("-"):
            files.append(argument)
        elif argument == "--":
            options = False
        elif argument == "--zone":
            zone = next(left, "")
        elif argument.startswith("--zone="):
            zone = argument.removeprefix("--zone=")
        else:
            raise WrongInputError(f"{_quoted(argument)} is not an option; {USAGE}")
    if len(files) != 1:
        raise WrongInputError(f"One FILE is needed; {USAGE}")
    return _Arguments(files[0], _read_zone(zone))


def _read_zone(name: str) -> ZoneInfo:
    """Only names of the time zone database: no paths, no files of the machine."""
    if name not in available_timezones():
        raise WrongInputError(f"zone: {_quoted(name)} is not a time zone; write one like {DEFAULT_ZONE}.")
    return ZoneInfo(name)


def _read_text(file: str, stdin: TextIO) -> str:
    """The whole text, without a byte order mark, line ends as they are."""
    name = "standard input" if file == "-" else _quoted(file)
    try:
        if file != "-":
            content = Path(file).read_bytes()
        elif isinstance(stdin, io.TextIOWrapper):
            content = stdin.buffer.read()
        else:
            content = stdin.read().encode()
        return content.decode("utf-8-sig")
    except UnicodeError:
        raise WrongInputError(f"FILE: {name} is not UTF-8 text.") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is not a file"
        raise WrongInputError(f"FILE: {name} cannot be read: {why}.") from None


def _read_nights(text: str, zone: ZoneInfo) -> list[tuple[Night, NightFigures]]:
    nights: list[tuple[Night, NightFigures]] = []
    lines: dict[date, int] = {}
    for line, row in _rows(text):
        night, measured = _read_row(line, row, zone)
        if night.wake_date in lines:
            first = lines[night.wake_date]
            raise WrongInputError(f"Line {line}, wake_date: this night is already on line {first}.")
        lines[night.wake_date] = line
        nights.append((night, measured))
    return nights


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and values by column; Belgian spreadsheets save semicolons instead of commas."""
    first_line = text.lstrip().partition("\n")[0]
    delimiter = ";" if ";" in first_line and "," not in first_line else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    try:
        for values in reader:
            if not any(value.strip() for value in values) and len(values) < 2:
                continue
            if header is None:
                header = _read_header(reader.line_num, values)
            elif len(values) != len(header):
                raise WrongInputError(
                    f"Line {reader.line_num}: {len(header)} values are needed, and here are {len(values)}."
                )
            else:
                yield reader.line_num, dict(zip(header, values, strict=True))
    except csv.Error as error:
        raise WrongInputError(f"Line {reader.line_num}: this is not CSV ({error}).") from None
    if header is None:
        raise WrongInputError(f"Line 1: the columns {','.join(COLUMNS)} are needed.")


def _read_header(line: int, values: list[str]) -> list[str]:
    header = [value.strip() for value in values]
    for name in COLUMNS:
        if name not in header:
            raise WrongInputError(f"Line {line}, {name}: this column is missing.")
    for place, name in enumerate(header):
        if name not in COLUMNS:
            raise WrongInputError(f"Line {line}, {_quoted(name)}: this column is not known.")
        if name in header[:place]:
            raise WrongInputError(f"Line {line}, {name}: this column is there twice.")
    return header


def _read_row(line: int, row: dict[str, str], zone: ZoneInfo) -> tuple[Night, NightFigures]:
    wake_date = _accepted(line, read_wake_date(row.pop("wake_date")))
    night = _accepted(line, read_night(row, wake_date, zone))
    return night, _accepted(line, figures(night, zone))


def _accepted(line: int, value: Value | Refused) -> Value:
    if isinstance(value, Refused):
        reason = value.reasons[0]
        raise WrongInputError(f"Line {line}, {reason.field}: {sentence(reason)}")
    return value


def _answer(nights: Sequence[tuple[Night, NightFigures]]) -> dict[str, object]:
    shown = [{"wake_date": night.wake_date.isoformat(), **_numbers(measured, FIGURES)} for night, measured in nights]
    return {"nights": shown, "summary": _numbers(summarise(nights), SUMMARY)}


def _numbers(measured: NightFigures | NightSummary, names: Sequence[str]) -> dict[str, object]:
    return {name: _number(getattr(measured, name)) for name in names}


def _number(value: int | Fraction | time | None) -> int | float | str | None:
    """Counts as they are, exact fractions as a number with one decimal, clock times as text."""
    if isinstance(value, Fraction):
        return float(one_decimal(value))
    return value.strftime("%H:%M") if isinstance(value, time) else value


def _quoted(text: str) -> str:
    """What somebody typed, on one line and not too long, whatever it is."""
    return repr(text if len(text) <= 60 else text[:60] + "…")
