"""Reading one JSON document from a file or standard input, strictly: what could mean two things is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Final, NoReturn, TextIO

MOST_BYTES: Final = 4 * 1024 * 1024


class WrongInputError(Exception):
    """One sentence for the person at the terminal. Never leaves `companion.commands`."""


def file_of(arguments: list[str], usage: str) -> str:
    """The one file that is named. Raises WrongInputError, with how to use the command, for anything else."""
    match arguments:
        case ["--", file]:
            return file
        case [file] if file == "-" or not file.startswith("-"):
            return file
        case _:
            raise WrongInputError(f"FILE: one file is needed. {usage}")


def read_document(file: str, stdin: TextIO) -> object:
    """The document in `file`, or on standard input for `-`. Raises WrongInputError with a sentence.

    Refused: what cannot be read, is not UTF-8 or too large, is not JSON (RFC 8259: no NaN or Infinity), nests too
    deeply, and an object that has a key twice.
    """
    text = _read(file, stdin)
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_object_with_each_key_once)
    except RecursionError:
        raise WrongInputError(f"FILE: {quoted(file)} has too many brackets within brackets.") from None
    except ValueError as error:
        why = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "a number is too long"
        raise WrongInputError(f"FILE: {quoted(file)} is not JSON ({why}).") from None


def quoted(text: str) -> str:
    """What somebody typed, on one line and not too long, whatever it is."""
    return ascii(text if len(text) <= 60 else f"{text[:60]}…")


def _read(file: str, stdin: TextIO) -> str:
    try:
        content = _content(file, stdin)
        if len(content) > MOST_BYTES:
            raise WrongInputError(f"FILE: {quoted(file)} is larger than {MOST_BYTES} bytes.")
        return content.decode("utf-8-sig")
    except UnicodeError:
        raise WrongInputError(f"FILE: {quoted(file)} is not UTF-8 text.") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is not a file"
        raise WrongInputError(f"FILE: {quoted(file)} cannot be read: {why}.") from None


def _content(file: str, stdin: TextIO) -> bytes:
    """At most one byte more than is read."""
    if file != "-":
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    if isinstance(stdin, io.TextIOWrapper):
        return bytes(stdin.buffer.read(MOST_BYTES + 1))
    return stdin.read(MOST_BYTES + 1).encode()


def _no_constant(name: str) -> NoReturn:
    raise WrongInputError(f"FILE: {name} is not a number in JSON.")


def _object_with_each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise WrongInputError(f"{quoted(key)}: this key is there twice.")
        found[key] = value
    return found
