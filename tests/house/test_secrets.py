"""What is locked is exactly what runs, and nothing secret is in git. Looked up nowhere: it works without a network."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Final

import pytest

from tests.house.reading import ROOT

REQUIREMENTS: Final = ROOT / "requirements"
_PINNED: Final = re.compile(r"([A-Za-z0-9._-]+)(\[[a-z0-9,_-]+\])?==([A-Za-z0-9.!+_-]+)( ; [^\\]+)?")
_HASH: Final = re.compile(r"--hash=sha256:[0-9a-f]{64}")
_ASKED: Final = re.compile(r"([A-Za-z0-9._-]+)(\[[a-z0-9,_-]+\])?([<>=!~][^;@]*)?")


def plain(name: str) -> str:
    """A name of a package as PEP 503 compares them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file: str) -> dict[str, str]:
    """Name and version of each package of a lock file. Fails where a line is anything else."""
    found: dict[str, str] = {}
    for line in (REQUIREMENTS / file).read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        parts = re.split(r"\s+(?=--hash)", line.strip())
        pinned = _PINNED.fullmatch(parts[0])
        assert pinned, f"{file}: {line[:80]!r} is no package with its version"
        assert len(parts) > 1, f"{file}: {parts[0]} has no hash"
        assert all(_HASH.fullmatch(each.strip()) for each in parts[1:]), f"{file}: {parts[0]} has something else"
        found[plain(pinned[1])] = pinned[3]
    return found


def asked(file: str) -> set[str]:
    lines = [
        line for line in (REQUIREMENTS / file).read_text(encoding="utf-8").splitlines() if not line.startswith("-r ")
    ]
    names = {_ASKED.fullmatch(line.strip()) for line in lines if line.strip()}
    assert None not in names, f"{file} asks for something that is not a name"
    return {plain(name[1]) for name in names if name}


@pytest.mark.parametrize("file", ["run", "test"])
def test_every_line_of_a_lock_is_a_version_with_hashes_and_no_address(file: str) -> None:
    assert asked(f"{file}.in") <= set(locked(f"{file}.txt"))
    for suffix in ("in", "txt"):
        text = (REQUIREMENTS / f"{file}.{suffix}").read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"^\s*-(?!-hash=|r run\.in$)", text, re.MULTILINE)


def test_what_the_tests_run_with_is_what_runs() -> None:
    run, test = locked("run.txt"), locked("test.txt")
    assert {name: test.get(name) for name in run} == run


def imported(room: str) -> dict[str, str]:
    """Modules that files of a room import, each with one of those files."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            found |= {name.split(".")[0]: str(path.relative_to(ROOT)) for name in names}
    return {
        name: where
        for name, where in found.items()
        if name not in {"companion", "tests", "bench", *sys.stdlib_module_names}
    }


@pytest.mark.parametrize(("room", "file"), [("companion", "run.txt"), ("migrations", "run.txt"), ("tests", "test.txt")])
def test_whatever_is_imported_is_locked(room: str, file: str) -> None:
    known, whose = locked(file), packages_distributions()
    for module, where in imported(room).items():
        packages = {plain(each) for each in whose.get(module, [])}
        assert packages & set(known), f"{where} imports {module}, which is not in {file}"


def test_what_is_installed_is_what_is_locked() -> None:
    """Of what our own files import: an environment that drifted would test something else."""
    known, whose = locked("run.txt"), packages_distributions()
    for module in imported("companion"):
        for package in whose[module]:
            assert version(package) == known[plain(package)], package


# Nothing secret

SECRETS: Final = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a key of a cloud": r"\b(AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of a code host": r"\b(gh[pousr]_[A-Za-z0-9]{30,}|glpat-[A-Za-z0-9_-]{20,}|github_pat_[A-Za-z0-9_]{40,})",
    "a token of a chat": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "a key of a payment": r"\b[sr]k_(live|test)_[A-Za-z0-9]{16,}",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}",
    "a password in an address": r"\b[a-z][a-z0-9+]{2,20}://[^\s:/@'\"<>{}$]+:(?!PASSWORD@|password@)[^\s:/@'\"<>{}$]{3,}@",
    "a long secret": r"(?i)\b[a-z_]*(secret|passw|token|api_?key|private_?key|data_?key)[a-z_]*['\"]?\s*[:=]\s*['\"]"
    r"(?=[^'\"]*[0-9])(?=[^'\"]*[A-Za-z])[A-Za-z0-9+/_=-]{32,}['\"]",
    "a registry of packages": r"(?i)\b(pypi|pythonhosted|npmjs|registry\.yarnpkg|crates|rubygems)\.(org|com|io)\b",
    "a place on somebody's machine": r"(?<![\w.~/-])/(home/[a-z]|Users/[A-Z]|root/[\w.]|work/[a-z]|tmp/lead)",
}
MADE_UP: Final = "made up: to be read or refused in a test"
KEPT: Final = {
    ("tests/notify/test_mail.py", "a password in an address"): MADE_UP,
    ("tests/notify/test_target.py", "a password in an address"): MADE_UP,
    ("tests/storage/test_migrations.py", "a password in an address"): MADE_UP,
    ("tests/notify/test_vapid.py", "a private key"): "the frame of a damaged key, without a key in it",
}
"""(file, what) that may be there, with the reason."""
NO_TEXTS: Final = {".png", ".ico", ".jpg", ".pdf", ".woff2", ".gz", ".br"}


def files_in_git() -> Iterator[Path]:
    """What is in git; where there is none (an unpacked copy), everything that would be."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        aside = {".venv", "instance", ".git", "__pycache__", ".hypothesis"}
        found = [path for path in ROOT.rglob("*") if path.is_file() and not aside & set(path.parts)]
    yield from (path for path in found if path.is_file() and path != Path(__file__))


def secrets_in(text: str) -> list[tuple[str, str]]:
    return [(what, found[0][:60]) for what, pattern in SECRETS.items() for found in re.finditer(pattern, text)]


def test_nothing_secret_is_in_git() -> None:
    wrong = []
    for path in files_in_git():
        if path.suffix not in NO_TEXTS:
            name = str(path.relative_to(ROOT))
            told = secrets_in(path.read_text(encoding="utf-8"))
            wrong += [(name, *each) for each in told if (name, each[0]) not in KEPT]
    assert wrong == []


def test_no_key_database_or_setting_is_in_git() -> None:
    suffixes = {".key", ".pem", ".db", ".db-wal", ".sqlite", ".p12", ".pfx", ".env", ".log", ".dump", ".sql"}
    assert [path for path in files_in_git() if path.suffix in suffixes or path.name.startswith(".env")] == []


PLANTED: Final = (
    "-----BEGIN EC PRIVATE KEY-----",
    'SECRET_KEY = "3f9a0c77b1d24e0f8a6b5c4d3e2f1a0b9c8d7e6f"',
    '"token": "abcdEFGH0123456789abcdEFGH0123456789"',
    "postgresql+psycopg://andante:hunter22@db.example/andante",
    "see /" + "home/lena/andante",
    "https://" + "pypi" + ".org/simple",
    "AKIA" + "ABCDEFGHIJKLMNOP",
)


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_secret_is_found(text: str) -> None:
    assert secrets_in(text)


@pytest.mark.parametrize(
    "text",
    [
        'SECRET_KEY = ""',
        "andante:PASSWORD@HOST",
        "instance/secret.key",
        "token = new_token()",
        "https://example.org/a:b",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert not secrets_in(text)
