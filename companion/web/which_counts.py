"""Where a drawing and typed answers differ: both are shown, and the person says which one counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.domain.codes import Reason, Refused
from companion.domain.night.one_record import DIFFERS
from companion.services.log_night import DRAWN, TYPED
from companion.web.forms import text


@dataclass(frozen=True)
class Differing:
    """One answer, as fields send it; "" where that side has none."""

    name: str
    drawn: str
    typed: str


def asked(refused: Refused) -> tuple[Refused, Sequence[Differing]]:
    """The refusal with one question for everything that differs, and what that is."""
    differing = [each for each in refused.reasons if each.code == DIFFERS]
    if not differing:
        return refused, ()
    others = tuple(each for each in refused.reasons if each.code != DIFFERS)
    shown = [Differing(each.field, each.values["drawn"], each.values["typed"]) for each in differing]
    return Refused((*others, Reason("counts", DIFFERS))), shown


def counts() -> str:
    """What the person chose; "" while they were not asked."""
    chosen = text("counts")
    return chosen if chosen in {DRAWN, TYPED} else ""
