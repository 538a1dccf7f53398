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
    return [*found, *sorted(ROOT.glob("*.md")), ROOT / "translations" / "README.md"]


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


@pytest.mark.parametrize("name", ["dpia", "register"])
def test_a_template_asks_a_host_the_same_in_both_languages(name: str) -> None:
    """As many headings, lines of tables and blanks in one as in the other, and the same links."""
    nl, fr = (ROOT / "docs" / "hosting" / f"{name}.{each}.md" for each in ("nl", "fr"))
    shapes = []
    for path, blank in ((nl, "IN TE VULLEN"), (fr, "À COMPLÉTER")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        heads = [line.split()[0] for line in lines if line.startswith("#")]
        rows = [line.count("|") for line in lines if line.startswith("|")]
        shapes.append((heads, rows, text.count("▢"), text.count(blank), _LINK.findall(text)))
    assert shapes[0] == shapes[1]
    assert shapes[0][2] > 20


def test_the_readme_is_there() -> None:
    assert (ROOT / "README.md").exists()


def test_every_setting_is_in_the_table_of_operations() -> None:
    asked = re.compile(r'environ(?:ment)?(?:\.get\(|\[)"([A-Z_]+)"')
    named = {name for path in sorted((ROOT / "companion").rglob("*.py")) for name in asked.findall(path.read_text())}
    assert named >= {"LOG_FORMAT", "METRICS_TOKEN", "DATA_KEY_OLD", "BACKUP_DIR"}
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert sorted(name for name in named if f"`{name}`" not in operations) == []
    for address in ("/healthz", "/readyz", "/metrics"):
        assert f"`{address}` answers" in operations or f"`{address}` is there" in operations
