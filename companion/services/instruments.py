"""The questionnaires of the house: from `companion/content/instruments/`, and from the folder of whoever hosts it.

One process serves one house, so its questionnaires are read once a process: `bootstrap.build` calls `open_shelf`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from companion.domain.codes import Refused
from companion.domain.instrument import Instrument, WithThePlan, read_instrument

_ENDING: Final = ".toml"

FIRST: Final = "bwsq"
"""The symptom list of /symptoms/new and of the one picture (contract §3)."""


def open_shelf(also: Path | None = None) -> None:
    """Read the questionnaires of the house, and those in a folder beside them.

    Raises ValueError, naming the file, for one that cannot be read, or whose id is not its name or is taken.
    """
    found = dict(_own())
    for file in sorted(also.glob(f"*{_ENDING}")) if also else ():
        instrument = _read(file)
        if instrument.id in found:
            raise ValueError(f"{file.name}: there is a questionnaire {instrument.id!r} already")
        found[instrument.id] = instrument
    global _shelf  # noqa: PLW0603  # read-only content of this process, like a module's constants
    _shelf = found


def known() -> tuple[str, ...]:
    """The ids of all questionnaires: those that follow the plan first, then by name."""
    shelf = _opened()
    return tuple(sorted(shelf, key=lambda name: (not isinstance(shelf[name].rhythm, WithThePlan), name)))


def load(instrument_id: str) -> Instrument:
    """The questionnaire with this id. Raises KeyError where there is none: ids from outside go to `find`."""
    return _opened()[instrument_id]


def find(instrument_id: object) -> Instrument | Refused:
    """The questionnaire somebody else named."""
    if isinstance(instrument_id, str) and instrument_id in _opened():
        return load(instrument_id)
    return Refused.because("instrument", "symptoms_unknown_instrument", name=str(instrument_id)[:40])


_shelf: Mapping[str, Instrument] = {}


def _opened() -> Mapping[str, Instrument]:
    if not _shelf:
        open_shelf()
    return _shelf


@cache
def _own() -> Mapping[str, Instrument]:
    """Those of the house, read once."""
    folder = files("companion") / "content" / "instruments"
    found = (_read(file) for file in folder.iterdir() if file.name.endswith(_ENDING))
    return {instrument.id: instrument for instrument in found}


def _read(file: Traversable) -> Instrument:
    try:
        instrument = read_instrument(tomllib.loads(file.read_text(encoding="utf-8")))
    except (ValueError, OSError) as error:
        raise ValueError(f"{file.name}: {error}") from error
    if f"{instrument.id}{_ENDING}" != file.name:
        raise ValueError(f"{file.name}: the id {instrument.id!r} is not the name of the file")
    return instrument
