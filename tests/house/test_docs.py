"""What the docs name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.reading import ROOT

MADE_LATER = re.compile(r"^(instance|bench/results\.json|\.venv)(/|$)")
"""What `make` makes on a machine, and what is not in git."""

ROOMS = ("companion/", "tests/", "docs/", "static/", "migrations/", "translations/", "requirements/", ".ci/")
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def documents() -> list[Path]:
    found = [*sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "companion").rglob("README.md"))]
    return [*found, *(path for path in (ROOT / "README.md", ROOT / "translations" / "README.md") if path.exists())]


def paths_in(document: Path) -> Iterator[tuple[str, Path]]:
    """Every path a document names: links to files, and code that starts with a room or names a file at the top."""
    text = document.read_text(encoding="utf-8")
    for link in _LINK.findall(text):
        target = link.split("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            yield link, (document.parent / target)
    for code in _CODE.findall(text):
        word = code.strip().split("::")[0]
        if " " in word or any(ch in word for ch in "*<>{}$…"):
            continue
        if word.startswith(ROOMS) or re.fullmatch(r"[A-Z][A-Za-z]*(file|\.md)|pyproject\.toml", word):
            yield code, ROOT / word


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_document_names_exists(document: Path) -> None:
    missing = [
        named
        for named, path in paths_in(document)
        if not MADE_LATER.match(named) and not path.exists() and not path.with_suffix(".py").exists()
    ]
    assert missing == []


def test_the_readme_is_there() -> None:
    assert (ROOT / "README.md").exists()
