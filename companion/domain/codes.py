"""How the domain says no: a refusal is a value with codes, never a sentence and never an exception."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One thing that is wrong with one field.

    `field` names what the person or script gave ("products[0].strength", "waso_min"; "" is the whole input).
    `code` is a stable word that `companion.i18n.reasons` has a sentence for.
    `values` are the strings that sentence needs.
    """

    field: str
    code: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """An expected refusal: at least one reason."""

    reasons: tuple[Reason, ...]

    @classmethod
    def because(cls, field: str, code: str, **values: str) -> Refused:
        return cls((Reason(field, code, values),))
