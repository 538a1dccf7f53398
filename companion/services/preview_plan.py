"""Lay a document out without keeping anything: what a page shows before there is a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from companion.domain.codes import Refused
from companion.domain.plan import Layout, PlanInput, lay_out, read_plan
from companion.domain.plan.figures import Figures, figures_of
from companion.domain.plan.sums import Sum, sums_of


@dataclass(frozen=True)
class Preview:
    """What would be laid out, with the sum of each row and the few figures to compare by."""

    asked: PlanInput
    layout: Layout
    sums: Mapping[int, Sum]
    figures: Figures


def preview(document: Mapping[str, Any]) -> Preview | Refused:
    """The layout of a plan document (contract §2), or why there is none."""
    asked = read_plan(document)
    if isinstance(asked, Refused):
        return asked
    layout = lay_out(asked)
    if isinstance(layout, Refused):
        return layout
    return Preview(asked, layout, sums_of(asked, layout), figures_of(layout))
