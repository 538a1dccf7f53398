"""Every log of the whole test run is read: it names nobody, and holds no token, note, address or passphrase.

What must not stand there is not listed by hand: everything that is sealed, every token that is looked up by its digest,
and the passphrases and names of those in tests/people.py are remembered while tests run, and looked for at their end.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Final

from companion.services import tokens
from companion.settings import ROOT
from companion.storage.seal import Seal
from tests.people import PASSPHRASES

SHORTEST: Final = 9
"""Shorter texts are words that a log may hold by chance."""

MOST: Final = 60_000
REQUEST: Final = re.compile(r"companion\.requests INFO [A-Z]{3,7} ([a-z_]+)(?:\.[a-z_]+)? [1-5][0-9]{2}")
WEB: Final = ROOT / "companion" / "web"
IN_ADDRESSES: Final = re.compile(r"/s/(?:close/)?[\w-]{12,}|[?&](?:token|pin|code)=\w+", re.ASCII)


class Reader(logging.Handler):
    """Keeps every line of every log once, as it would be written, and what must not be in any."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: set[str] = set()
        self.secrets: set[str] = set(PASSPHRASES.values())
        self.names: set[str] = set(PASSPHRASES)
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        if not record.name.startswith(NOT_OURS) and not _only_names_a_page(line):
            self.lines.add(line)

    def never(self, text: object) -> None:
        """This must be in no log: each text in it, when it is JSON."""
        if len(self.secrets) < MOST:
            self.secrets.update(each for each in _leaves(text) if len(each) >= SHORTEST and not each.isspace())

    def found(self) -> list[str]:
        """The lines that hold something of somebody."""
        everything = "\n".join(self.lines)
        secrets = {each for each in self.secrets if each in everything}
        named = re.compile(rf"\b({'|'.join(map(re.escape, sorted(self.names)))})\b", re.IGNORECASE)
        return [
            line
            for line in sorted(self.lines)
            if named.search(line) or IN_ADDRESSES.search(line) or any(each in line for each in secrets)
        ]


NOT_OURS: Final = ("asyncio", "hypothesis", "selenium", "faker", "fontTools", "fpdf", "alembic")
"""Loggers of tools of the tests, and of libraries that see nothing of people."""


def _only_names_a_page(line: str) -> bool:
    """A line about a request with nothing in it but a method, the name of one of our pages, and a status: words of the
    code. Somebody may have written the same ones; any other line about a request is read like the rest."""
    found = REQUEST.fullmatch(line)
    return found is not None and (found[1] in {"static", "none"} or (WEB / f"{found[1]}.py").is_file())


def _leaves(text: object) -> Iterable[str]:
    if isinstance(text, str) and text[:1] in {"{", "["}:
        try:
            text = json.loads(text)
        except ValueError:
            return [str(text)]
    if isinstance(text, dict):
        return [leaf for each in text.values() for leaf in _leaves(each)]
    if isinstance(text, list):
        return [leaf for each in text for leaf in _leaves(each)]
    return [text] if isinstance(text, str) else []


@contextmanager
def reading() -> Iterator[Reader]:
    """Every log of this process is read until the block ends."""
    reader = Reader()
    close = Seal.close

    def closes(seal: Any, text: str, person_id: str) -> str:
        reader.never(text)
        return close(seal, text, person_id)

    def hashes(given: bytes) -> Any:
        reader.never(given.decode(errors="replace"))
        return hashlib.sha256(given)

    Seal.close = closes  # type: ignore[method-assign]
    vars(tokens)["hashlib"] = SimpleNamespace(sha256=hashes)
    logging.getLogger().addHandler(reader)
    logging.getLogger("companion").setLevel(logging.DEBUG)
    try:
        yield reader
    finally:
        logging.getLogger().removeHandler(reader)
        vars(tokens)["hashlib"] = hashlib
        Seal.close = close  # type: ignore[method-assign]
