"""A plan: from what a person asks to doses by day. `companion plan` is `read_plan`, `lay_out`, `answer`."""

from companion.domain.pieces import pieces_for
from companion.domain.plan.answer import answer
from companion.domain.plan.document import read_plan
from companion.domain.plan.lay_out import lay_out
from companion.domain.plan.layout import LastCut, Layout, MomentDose, Note, Row, Unit
from companion.domain.plan.model import Goal, GoalKind, Moment, PlanInput
from companion.domain.plan.programme import programme_percents
from companion.domain.plan.rung import RowKind

__all__ = [
    "Goal",
    "GoalKind",
    "LastCut",
    "Layout",
    "Moment",
    "MomentDose",
    "Note",
    "PlanInput",
    "Row",
    "RowKind",
    "Unit",
    "answer",
    "lay_out",
    "pieces_for",
    "programme_percents",
    "read_plan",
]
