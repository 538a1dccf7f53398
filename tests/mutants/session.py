"""One session of pytest that collects the tests of the domain once, and runs some of them for each mutant."""

from __future__ import annotations

import functools
import gc
import signal
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.mutants.children import in_a_child
from tests.mutants.operators import Mutant
from tests.mutants.reach import ROOT, Reach, known_reach
from tests.mutants.swap import read_anew, swapped

DOMAIN = ROOT / "companion" / "domain"
FIRST = 15
"""Examples of each property at first; what survives these meets them all."""
_ALL = 10_000
_SECONDS = 20
_PATIENCE = 5
_BROKEN = {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED}


class Session:
    """Instead of running the tests, does `work` with them."""

    def __init__(self, work: Callable[[Session], None], quick: float | None) -> None:
        """`quick`: only so many seconds of tests for each mutant, and only the first examples of each property."""
        self._work = work
        self._quick = quick
        self._items: dict[str, pytest.Item] = {}
        self._failed = False
        self.reach: Reach

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = {item.nodeid: item for item in session.items}
        _fewer(session.items, FIRST)
        self.reach = known_reach(list(self._items), self._alone, DOMAIN)
        self._work(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed = self._failed or report.failed

    def fate(self, path: Path, mutant: Mutant) -> str:
        """ "killed", "survived", or "unreached": no test comes by."""
        at = str(path.relative_to(ROOT))
        tests = self.reach.of(at, mutant.lines) or (self.reach.of_file(at) if mutant.when_read else [])
        if not tests:
            return "unreached"
        tests = self._within(tests)
        seconds = _SECONDS + 3 * sum(self.reach.seconds[test] for test in tests)
        for most in (FIRST, _ALL) if self._quick is None else (FIRST,):
            found = in_a_child(self._tried(path, mutant, tests, most), seconds * (1 if most == FIRST else 20))
            if found in _BROKEN:
                raise SystemExit(f"pytest itself broke ({found}) at {path}:{mutant}")
            if found != pytest.ExitCode.OK:
                return "killed"
        return "survived"

    def _alone(self, test: str) -> bool:
        """Run one test as if it were the first: what another left in a cache would hide what this one comes by."""
        for each in gc.get_objects():
            if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith("companion."):
                each.cache_clear()
        return self._run([test])

    def _within(self, tests: Sequence[str]) -> list[str]:
        took = accumulate(self.reach.seconds[test] for test in tests)
        quick = [test for test, so_far in zip(tests, took, strict=True) if so_far <= (self._quick or 0)]
        return list(tests) if self._quick is None else quick or list(tests[:1])

    def _tried(self, path: Path, mutant: Mutant, tests: Sequence[str], most: int) -> Callable[[], int]:
        def work() -> int:
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            code = mutant.compiled(str(path))
            if mutant.when_read or not swapped(module, code):
                return read_anew(module, code, tests, [_Fewer(most)])
            _fewer([self._items[test] for test in tests], most)
            return int(not self._run(tests, patience=_PATIENCE if most == FIRST else _PATIENCE * 10))

        return work

    def _run(self, tests: Sequence[str], patience: float = 0) -> bool:
        """Whether all pass; stops at the first that does not, and at one that goes round for ever.

        `patience`: so many seconds of the processor for each test, and so many times what it took before; then the
        signal ends the process.
        """
        self._failed = False
        items = [self._items[test] for test in tests]
        for item, following in pairwise([*items, None]):
            assert item is not None
            if patience:
                signal.setitimer(signal.ITIMER_VIRTUAL, patience * (1 + self.reach.seconds[item.nodeid]))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return False
        return True


class _Fewer:
    def __init__(self, examples: int) -> None:
        self._examples = examples

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        _fewer(items, self._examples)


def _fewer(items: Sequence[pytest.Item], examples: int) -> None:
    """Of each property, so many examples at most."""
    for item in items:
        test: Any = getattr(item, "function", None)
        its = getattr(test, "_hypothesis_internal_use_settings", None)
        if its is not None:
            whole = test.__dict__.setdefault("examples_of_its_own", its)
            test._hypothesis_internal_use_settings = settings(whole, max_examples=min(examples, whole.max_examples))
