"""Everything people read, text by text, with its language. For the tests on claims and typography."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "companion" / "content"
LANGUAGES = ("nl", "fr")
_ADDRESS_OF_LINK = re.compile(r"\]\([^)]*\)")
NOT_FOR_PEOPLE = {CONTENT / "claims.toml", CONTENT / "search.toml"}


@dataclass(frozen=True)
class Text:
    """One text. `language` is nl, fr or en; None is a text that is the same for everyone."""

    where: str
    language: str | None
    text: str


def catalogue_texts(root: Path = ROOT) -> Iterator[Text]:
    """Every translation, in its language, and every source text, in English."""
    for path in sorted(root.glob("translations/*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            messages = list(read_po(file, locale=path.parts[-3]))
        for message in messages:
            if message.id:
                where = f"{path.relative_to(root)}: {message.id}"
                yield from (Text(where, "en", text) for text in _forms(message.id))
                yield from (Text(where, path.parts[-3], text) for text in _forms(message.string) if text)


def _forms(texts: Any) -> tuple[str, ...]:
    """A message has one text, or one for each plural form."""
    return (texts,) if isinstance(texts, str) else tuple(texts)


def content_texts(content: Path = CONTENT) -> Iterator[Text]:
    """Every text below `companion/content`, whatever kind of file it stands in."""
    for path in sorted(content.rglob("*")):
        if path.is_file() and path not in NOT_FOR_PEOPLE:
            yield from _file_texts(path, content)


def _file_texts(path: Path, content: Path) -> Iterator[Text]:
    where, text = str(path.relative_to(content)), path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        yield from _toml_texts(where, None, tomllib.loads(text))
    elif path.suffix == ".csv":
        for row in csv.DictReader(text.splitlines()):
            yield from (Text(where, _language(column), cell) for column, cell in row.items() if _language(column))
    else:
        folder = next((part for part in Path(where).parts if part in LANGUAGES), None)
        yield Text(where, folder, _ADDRESS_OF_LINK.sub("]", text))


def _toml_texts(where: str, language: str | None, node: Any) -> Iterator[Text]:
    """The texts under a key that names a language (`names.nl`, `[item.fr]`, `text_nl`); the rest is codes."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _toml_texts(f"{where}/{key}", _language(key) or language, value)
    elif isinstance(node, list):
        for value in node:
            yield from _toml_texts(where, language, value)
    elif isinstance(node, str) and language:
        yield Text(where, language, node)


def _language(key: str) -> str | None:
    return next((language for language in LANGUAGES if key == language or key.endswith(f"_{language}")), None)


def static_texts(root: Path = ROOT) -> Iterator[Text]:
    """What stands in `static/` and is read as it is; scripts and styles hold no sentences (house, 4)."""
    for path in sorted((root / "static").rglob("*")):
        if path.suffix in {".html", ".svg", ".txt", ".md", ".json", ".webmanifest"}:
            yield Text(str(path.relative_to(root)), None, path.read_text(encoding="utf-8"))


def readme(root: Path = ROOT) -> Iterator[Text]:
    """What we say of ourselves counts as an intended purpose too (MDR art. 2(12), Belgian facts, 4)."""
    path = root / "README.md"
    if path.exists():
        yield Text("README.md", "en", path.read_text(encoding="utf-8"))
