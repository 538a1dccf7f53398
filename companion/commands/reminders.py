"""`companion reminders FILE` (`-` for standard input): when reminders fall due, as JSON. Needs no database."""

from __future__ import annotations

import json
from typing import Final, TextIO
from zoneinfo import available_timezones

from companion.commands.json_document import WrongInputError, file_of, read_document
from companion.domain.codes import Refused
from companion.domain.reminder.document import answer, read_asked
from companion.i18n.reasons import sentence

USAGE: Final = "Use: companion reminders FILE, with - as FILE for standard input."


def run(arguments: list[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with JSON on `stdout`; exit 2 with one sentence on `stderr` and nothing on `stdout`."""
    try:
        due = _due(read_document(file_of(arguments, USAGE), stdin))
    except WrongInputError as wrong:
        stderr.write(f"{wrong}\n")
        return 2
    json.dump(due, stdout)
    stdout.write("\n")
    return 0


def _due(document: object) -> list[dict[str, str]]:
    asked = read_asked(document, available_timezones())
    due = asked if isinstance(asked, Refused) else answer(asked)
    if isinstance(due, Refused):
        reason = due.reasons[0]
        raise WrongInputError(f"{reason.field or 'reminders'}: {sentence(reason)}")
    return due
