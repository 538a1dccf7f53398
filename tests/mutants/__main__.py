"""Would a test notice? Each small mistake in the domain, one at a time, against the tests that come by it.

`python -m tests.mutants` goes through the whole domain; paths choose files, `path:line` one line, and `--sample 20`
the same twenty mutants of each file every time. See docs/mutation.md.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mutants.operators import Mutant, mutants
from tests.mutants.reach import ROOT
from tests.mutants.session import DOMAIN, Session
from tests.mutants.swap import arguments
from tests.profile import that_a_test_fails_is_enough


@dataclass(frozen=True)
class Row:
    of: str
    mutants: int
    tried: int
    killed: int

    def __str__(self) -> str:
        score = f"{self.killed * 100 // self.tried} %" if self.tried else "–"
        return f"| {self.of} | {self.mutants} | {self.tried} | {self.killed} | {self.tried - self.killed} | {score} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("paths", nargs="*", default=[str(DOMAIN.relative_to(ROOT))])
    parser.add_argument("--sample", type=int, help="so many mutants of each file")
    parser.add_argument("--seed", default="", help="another sample")
    parser.add_argument("--quick", type=float, help="only so many seconds of tests for each mutant, few examples")
    chosen = parser.parse_args()
    files = _files(chosen.paths)

    def work(session: Session) -> None:
        rows = []
        for path, lines in files:
            found = [each for each in mutants(path.read_text(encoding="utf-8")) if not lines or each.line in lines]
            if found:
                rows.append(_row(session, path, found, _sampled(path, found, chosen.sample, chosen.seed)))
        print("\n| Module | Mutants | Tried | Killed | Survived | Score |\n|---|---:|---:|---:|---:|---:|")
        print(*rows, sep="\n")
        print(
            Row("together", *(sum(each) for each in zip(*((r.mutants, r.tried, r.killed) for r in rows), strict=True)))
        )

    that_a_test_fails_is_enough()
    sys.exit(pytest.main([*arguments(["tests/domain"]), "-s"], plugins=[Session(work, chosen.quick)]))


def _files(named: Sequence[str]) -> list[tuple[Path, set[int]]]:
    found: list[tuple[Path, set[int]]] = []
    for each in named:
        path, *lines = each.split(":")
        files = sorted((ROOT / path).rglob("*.py")) if (ROOT / path).is_dir() else [ROOT / path]
        found += [(file, {int(line) for line in lines}) for file in files]
    return found


def _sampled(path: Path, found: list[Mutant], size: int | None, seed: str) -> list[Mutant]:
    """The same ones each time, whatever the machine."""
    name = path.relative_to(ROOT)
    chosen = sorted(found, key=lambda each: hashlib.sha256(f"{seed}{name}{each}".encode()).digest())[:size]
    return sorted(chosen, key=lambda each: each.line)


def _row(session: Session, path: Path, found: Sequence[Mutant], chosen: Sequence[Mutant]) -> Row:
    name = path.relative_to(ROOT)
    began, killed = time.monotonic(), 0
    for place, mutant in enumerate(chosen, 1):
        fate = session.fate(path, mutant)
        killed += fate == "killed"
        if fate != "killed":
            print(f"  {fate}: {name}:{mutant}", flush=True)
        if not place % 10 or place == len(chosen):
            print(f"{name}: {place} of {len(chosen)}, {time.monotonic() - began:.0f} s", flush=True)
    return Row(f"`{name}`", len(found), len(chosen), killed)


if __name__ == "__main__":
    main()
