"""Putting a mutant in: into the functions that are there already, or, where that cannot be, into a module read anew."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, spec_from_file_location
from types import CodeType, FunctionType, ModuleType

import pytest

_QUIET = ["-q", "-x", "--noconftest", "--tb=no", "--no-header", "--disable-plugin-autoload", "-p", "no:cacheprovider"]
_LOADED_HERE = ["-p", "_hypothesis_pytestplugin", "-W", "ignore::pytest.PytestAssertRewriteWarning"]


def arguments(tests: Sequence[str]) -> list[str]:
    """Without tests/conftest.py: no test of the domain needs a house, and building one takes long."""
    return [*_QUIET, *_LOADED_HERE, *tests]


def swapped(module: str, code: CodeType) -> bool:
    """Give the functions of a module their code anew. False where one cannot take it: then read the module anew."""
    taken = False
    new: dict[tuple[str, int], list[CodeType]] = {}
    for each in _codes(code):
        new.setdefault((each.co_qualname, each.co_firstlineno), []).append(each)
    for function in _functions(module):
        was = function.__code__
        found = new.get((was.co_qualname, was.co_firstlineno), [])
        if len(found) != 1:
            return False
        try:
            function.__code__ = found[0]
        except ValueError:  # other names of the function around it
            return False
        taken = True
    return taken


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def _functions(module: str) -> list[FunctionType]:
    """Those written in the file; not those that dataclasses wrote."""
    path = sys.modules[module].__file__
    return [each for each in gc.get_objects() if isinstance(each, FunctionType) and each.__code__.co_filename == path]


def read_anew(module: str, code: CodeType, tests: Sequence[str], plugins: Sequence[object]) -> int:
    """pytest's exit code, of the tests with everything of ours loaded again and one module changed."""
    spec = find_spec(module)
    assert spec is not None
    for name in [name for name in sys.modules if name.split(".")[0] in {"companion", "tests"}]:
        if not name.startswith("tests.mutants"):
            del sys.modules[name]
    sys.meta_path.insert(0, _Mutated(spec, code))  # type: ignore[arg-type]
    return int(pytest.main(arguments(tests), plugins=list(plugins)))


class _Mutated:
    """Finds one module with other code; every other as it stands."""

    def __init__(self, spec: ModuleSpec, code: CodeType) -> None:
        self._spec = spec_from_file_location(
            spec.name, spec.origin, submodule_search_locations=spec.submodule_search_locations
        )
        assert self._spec is not None
        assert self._spec.loader is not None
        self._spec.loader.get_code = lambda name: code  # type: ignore[attr-defined]

    def find_spec(self, name: str, _path: object, _target: ModuleType | None = None) -> ModuleSpec | None:
        return self._spec if self._spec is not None and name == self._spec.name else None
