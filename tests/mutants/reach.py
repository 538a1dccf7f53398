"""Which test comes by which line of the domain, and how long it takes: so that each mutant meets only its own tests."""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict

import coverage

from tests.mutants.children import in_a_child

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".mutants.json"
_SECONDS = 1200


class Passed(TypedDict):
    seconds: float
    lines: dict[str, list[int]]


class Known(TypedDict):
    digest: str
    tests: dict[str, Passed]


class Reach:
    def __init__(self, files: Mapping[str, Known]) -> None:
        self.seconds: dict[str, float] = {}
        self._by_line: dict[tuple[str, int], set[str]] = defaultdict(set)
        self._by_file: dict[str, set[str]] = defaultdict(set)
        for known in files.values():
            for test, passed in known["tests"].items():
                self.seconds[test] = passed["seconds"]
                for path, lines in passed["lines"].items():
                    self._by_file[path].add(test)
                    for line in lines:
                        self._by_line[path, line].add(test)

    def of(self, path: str, lines: range) -> list[str]:
        """The tests that run one of `lines`: those that name the file, then the others, each the quickest first."""
        return self._quickest_first(set().union(*(self._by_line.get((path, line), set()) for line in lines)), path)

    def of_file(self, path: str) -> list[str]:
        """For what runs when a file is read: the tests that name it, or run something of it, or name its package."""
        named, of_package = ({test for test in self.seconds if _names(test, each)} for each in (path, _package(path)))
        return self._quickest_first(named or self._by_file.get(path, set()) or of_package, path)

    def _quickest_first(self, tests: set[str], path: str) -> list[str]:
        return sorted(tests, key=lambda test: (not _names(test, path), self.seconds[test], test))


def _names(test: str, path: str) -> bool:
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"from {module} import" in _text(test.split("::", maxsplit=1)[0])


def _package(path: str) -> str:
    return f"{path.rpartition('/')[0]}/__init__.py"


@cache
def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def known_reach(tests: Sequence[str], run: Callable[[str], bool], domain: Path) -> Reach:
    """What was measured before, where neither a test's file nor what it came by changed; the rest is measured now.

    `run` runs one of the `tests`, and says whether it passed.
    """
    kept: dict[str, Known] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    by_file: dict[str, list[str]] = defaultdict(list)
    for test in tests:
        by_file[test.split("::", maxsplit=1)[0]].append(test)
    files: dict[str, Known] = {}
    for place, (path, its) in enumerate(by_file.items(), 1):
        known = kept.get(path)
        if known is None or known["digest"] != _digest(path, known["tests"]):
            print(f"which lines the tests come by: {place} of {len(by_file)}, {path}", flush=True)
            measured = _measured(its, run, domain)
            known = {"digest": _digest(path, measured), "tests": measured}
        files[path] = kept[path] = known
        KEPT.write_text(json.dumps(kept), encoding="utf-8")
    return Reach(files)


def _digest(path: str, tests: Mapping[str, Passed]) -> str:
    read = {path} | {each for passed in tests.values() for each in passed["lines"]}
    contents = [(ROOT / each).read_bytes() if (ROOT / each).exists() else b"" for each in sorted(read)]
    return hashlib.sha256(b"\0".join(contents)).hexdigest()


def _measured(tests: Sequence[str], run: Callable[[str], bool], domain: Path) -> dict[str, Passed]:
    part = KEPT.with_suffix(".part")

    def work() -> int:
        measured = coverage.Coverage(data_file=None, source=[str(domain)], config_file=False)
        measured.start()
        seconds = {}
        for test in tests:
            measured.switch_context(test)
            began = time.process_time()
            if not run(test):
                print(test, "does not pass as it stands")
                return 1
            seconds[test] = time.process_time() - began
        measured.stop()
        passed: dict[str, Passed] = {test: {"seconds": seconds[test], "lines": {}} for test in tests}
        for file in measured.get_data().measured_files():
            for line, contexts in measured.get_data().contexts_by_lineno(file).items():
                for test in set(contexts) & set(tests):
                    passed[test]["lines"].setdefault(str(Path(file).relative_to(ROOT)), []).append(line)
        part.write_text(json.dumps(passed), encoding="utf-8")
        return 0

    if in_a_child(work, _SECONDS, part.with_suffix(".log")):
        raise SystemExit(f"the tests do not pass as they stand: see {part.with_suffix('.log')}")
    found: dict[str, Passed] = json.loads(part.read_text(encoding="utf-8"))
    part.unlink()
    part.with_suffix(".log").unlink()
    return found
