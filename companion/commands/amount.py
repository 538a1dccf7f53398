"""`companion amount TEXT`: how a typed amount is understood, with its words in both languages. Needs no database."""

from __future__ import annotations

import json
from typing import Final, TextIO

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Refused
from companion.i18n.numbers import amount_words
from companion.i18n.reasons import sentence

USAGE: Final = "Use: companion amount TEXT, with -- before a text that starts with a dash."


def run(arguments: list[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with JSON on `stdout`; exit 2 with one sentence on `stderr` and nothing on `stdout`."""
    del stdin
    text = _text(arguments)
    if text is None:
        stderr.write(f"TEXT: one amount is needed. {USAGE}\n")
        return 2
    amount = read_amount(text)
    if isinstance(amount, Refused):
        reason = amount.reasons[0]
        stderr.write(f"{reason.field}: {sentence(reason)}\n")
        return 2
    words = {language: amount_words(amount, language) for language in ("nl", "fr")}
    json.dump({"amount": to_text(amount), "words": words}, stdout, ensure_ascii=False)
    stdout.write("\n")
    return 0


def _text(arguments: list[str]) -> str | None:
    """The one argument; None for none, several, or an option."""
    match arguments:
        case ["--", text]:
            return text
        case [text] if not text.startswith("-"):
            return text
        case _:
            return None
