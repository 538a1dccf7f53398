"""`companion plan FILE` (`-` for standard input): a plan laid out by day, as JSON. Needs no database."""

from __future__ import annotations

import json
from typing import Final, TextIO

from companion.commands.json_document import WrongInputError, file_of, read_document
from companion.domain.codes import Refused
from companion.domain.plan import Layout, answer, lay_out, read_plan
from companion.i18n.reasons import sentence

USAGE: Final = "Use: companion plan FILE, with - as FILE for standard input."


def run(arguments: list[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with JSON on `stdout`; exit 2 with one sentence on `stderr` and nothing on `stdout`."""
    try:
        layout = _layout(read_document(file_of(arguments, USAGE), stdin))
    except WrongInputError as wrong:
        stderr.write(f"{wrong}\n")
        return 2
    json.dump(answer(layout), stdout, ensure_ascii=False)
    stdout.write("\n")
    return 0


def _layout(document: object) -> Layout:
    asked = read_plan(document)
    layout = asked if isinstance(asked, Refused) else lay_out(asked)
    if isinstance(layout, Refused):
        reason = layout.reasons[0]
        raise WrongInputError(f"{reason.field or 'plan'}: {sentence(reason)}")
    return layout
