"""The questionnaires of the house, from their files in `companion/content/instruments/`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from companion.domain.codes import Refused
from companion.domain.instrument import Instrument, read_instrument

_ENDING: Final = ".toml"


@cache
def known() -> tuple[str, ...]:
    """The ids of all questionnaires, sorted."""
    names = (file.name for file in _folder().iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


@cache
def load(instrument_id: str) -> Instrument:
    """The questionnaire with this id. Raises KeyError where there is none: ids from outside go to `find`."""
    if instrument_id not in known():
        raise KeyError(instrument_id)
    text = (_folder() / f"{instrument_id}{_ENDING}").read_text(encoding="utf-8")
    return read_instrument(tomllib.loads(text))


def find(instrument_id: object) -> Instrument | Refused:
    """The questionnaire somebody else named."""
    if isinstance(instrument_id, str) and instrument_id in known():
        return load(instrument_id)
    return Refused.because("instrument", "symptoms_unknown_instrument", name=str(instrument_id)[:40])


def _folder() -> Traversable:
    return files("companion") / "content" / "instruments"
