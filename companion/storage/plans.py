"""Plans: every version is kept; which rows stand confirmed is kept beside the version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import bindparam, case
from sqlmodel import col, delete, select, update

from companion.storage.tables import ConfirmationRow, PlanDraftRow, PlanHead, PlanVersionRow
from companion.storage.unit_of_work import Unit


@dataclass(frozen=True)
class KeptPlan:
    """One version of a plan. `document` is the input of `companion plan`; `until` says per row number until
    and with which day the row stands confirmed; `reasons` are those of every version up to this one, in order."""

    id: str
    version: int
    made_at: datetime
    reason: str
    document: Mapping[str, Any]
    until: Mapping[int, date]
    agreed_with: str
    agreed_at: datetime | None
    ended_on: date | None
    reasons: tuple[str, ...] = ()
    confirmed_at: Mapping[int, datetime] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.id, self.version))


_OF_PERSON: Final = (col(PlanVersionRow.person_id) == PlanHead.person_id) & (col(PlanVersionRow.plan_id) == PlanHead.id)
_HEAD: Final = (PlanHead.id, PlanHead.agreed_with, PlanHead.agreed_at, PlanHead.ended_on)
_VERSION: Final = (PlanVersionRow.version, PlanVersionRow.made_at, PlanVersionRow.reason)
_CURRENT: Final = (
    cast(Any, select)(
        *_HEAD,
        *_VERSION,
        case((col(PlanVersionRow.version) == PlanHead.version, PlanVersionRow.document), else_="").label("document"),
    )
    .join(PlanVersionRow, _OF_PERSON & (col(PlanVersionRow.version) <= PlanHead.version))
    .where(PlanHead.person_id == bindparam("person_id"))
    .order_by(col(PlanHead.made_at), col(PlanHead.id), col(PlanVersionRow.version))
)
"""Every version of every plan up to the newest, the document with the newest only: the others have reasons."""
_CONFIRMED: Final = (
    cast(Any, select)(ConfirmationRow.plan_id, ConfirmationRow.n, ConfirmationRow.until, ConfirmationRow.confirmed_at)
    .join(
        PlanHead,
        (col(ConfirmationRow.person_id) == PlanHead.person_id)
        & (col(ConfirmationRow.plan_id) == PlanHead.id)
        & (col(ConfirmationRow.version) == PlanHead.version),
    )
    .where(PlanHead.person_id == bindparam("person_id"))
    .order_by(col(ConfirmationRow.plan_id), col(ConfirmationRow.n))
)


_VERSIONS: Final = (
    cast(Any, select)(*_HEAD, *_VERSION, PlanVersionRow.document)
    .join(PlanVersionRow, _OF_PERSON)
    .where(PlanHead.person_id == bindparam("person_id"), PlanHead.id == bindparam("plan_id"))
    .order_by(col(PlanVersionRow.version))
)
_EVER_CONFIRMED: Final = cast(Any, select)(
    ConfirmationRow.version, ConfirmationRow.n, ConfirmationRow.until, ConfirmationRow.confirmed_at
).where(ConfirmationRow.person_id == bindparam("person_id"), ConfirmationRow.plan_id == bindparam("plan_id"))


def _head(unit: Unit, person_id: str, plan_id: str) -> PlanHead | None:
    return unit.session.get(PlanHead, (person_id, plan_id))


def current(unit: Unit, person_id: str) -> list[KeptPlan]:
    """The newest version of each plan, oldest plan first. Two questions, however many plans there are."""
    by_plan: dict[str, list[Any]] = {}
    for version in unit.rows(_CURRENT, person_id=person_id):
        by_plan.setdefault(version.id, []).append(version)
    confirmed: dict[str, list[Any]] = {}
    for row in unit.rows(_CONFIRMED, person_id=person_id) if by_plan else ():
        confirmed.setdefault(row.plan_id, []).append(row)
    return [_newest(versions, confirmed.get(plan_id, ())) for plan_id, versions in by_plan.items()]


def _newest(versions: Sequence[Any], confirmed: Sequence[Any]) -> KeptPlan:
    """The last of these versions, with the reasons of all of them and what stands confirmed of it."""
    newest = versions[-1]
    return KeptPlan(
        newest.id,
        newest.version,
        newest.made_at,
        newest.reason,
        json.loads(newest.document),
        {row.n: row.until for row in confirmed},
        newest.agreed_with,
        newest.agreed_at,
        newest.ended_on,
        tuple(version.reason for version in versions),
        {row.n: row.confirmed_at for row in confirmed},
    )


def ids(unit: Unit, person_id: str) -> set[str]:
    """The ids of all plans of a person, ended ones too."""
    return set(unit.session.exec(select(PlanHead.id).where(PlanHead.person_id == person_id)).all())


def get(unit: Unit, person_id: str, plan_id: str) -> KeptPlan | None:
    return next((plan for plan in current(unit, person_id) if plan.id == plan_id), None)


def versions(unit: Unit, person_id: str, plan_id: str) -> list[KeptPlan]:
    """Every version of one plan, oldest first."""
    rows = unit.rows(_VERSIONS, person_id=person_id, plan_id=plan_id)
    confirmed: dict[int, list[Any]] = {}
    for row in unit.rows(_EVER_CONFIRMED, person_id=person_id, plan_id=plan_id):
        confirmed.setdefault(row.version, []).append(row)
    return [_newest(rows[:count], confirmed.get(row.version, ())) for count, row in enumerate(rows, 1)]


def add(unit: Unit, person_id: str, plan_id: str, document: Mapping[str, Any], now: datetime) -> None:
    unit.session.add(PlanHead(person_id=person_id, id=plan_id, made_at=now, version=1))
    unit.session.flush()
    _add_version(unit, person_id, plan_id, 1, document, "made", now)


def _add_version(
    unit: Unit,
    person_id: str,
    plan_id: str,
    version: int,
    document: Mapping[str, Any],
    reason: str,
    now: datetime,
) -> None:
    unit.session.add(
        PlanVersionRow(
            person_id=person_id,
            plan_id=plan_id,
            version=version,
            document=json.dumps(document, ensure_ascii=False),
            reason=reason,
            made_at=now,
        )
    )
    unit.session.flush()


def change(
    unit: Unit,
    person_id: str,
    plan_id: str,
    seen: int,
    document: Mapping[str, Any],
    until: Mapping[int, date],
    reason: str,
    now: datetime,
) -> bool:
    """Save the next version where the current one is the version seen. False when it is not any more."""
    changed = unit.session.exec(
        update(PlanHead)
        .where(col(PlanHead.person_id) == person_id, col(PlanHead.id) == plan_id, col(PlanHead.version) == seen)
        .values(version=seen + 1)
    )
    if changed.rowcount != 1:
        return False
    _add_version(unit, person_id, plan_id, seen + 1, document, reason, now)
    confirm(unit, person_id, plan_id, seen + 1, until, now)
    return True


def confirm(unit: Unit, person_id: str, plan_id: str, version: int, until: Mapping[int, date], now: datetime) -> None:
    """Row n stands confirmed until `until[n]`; a row confirmed before keeps its later day."""
    for n, day in until.items():
        row = unit.session.get(ConfirmationRow, (person_id, plan_id, version, n))
        if row is None:
            row = ConfirmationRow(
                person_id=person_id, plan_id=plan_id, version=version, n=n, until=day, confirmed_at=now
            )
        elif row.until < day:
            row.until, row.confirmed_at = day, now
        unit.session.add(row)
    unit.session.flush()


def put(unit: Unit, person_id: str, versions: Sequence[KeptPlan]) -> None:
    """A whole plan as it was kept elsewhere, or the versions that follow those that are here; oldest first."""
    newest = versions[-1]
    head = _head(unit, person_id, newest.id) or PlanHead(
        person_id=person_id, id=newest.id, made_at=versions[0].made_at, version=newest.version
    )
    head.version, head.ended_on = newest.version, newest.ended_on
    head.agreed_with, head.agreed_at = newest.agreed_with, newest.agreed_at
    unit.session.add(head)
    unit.session.flush()
    for each in versions:
        _add_version(unit, person_id, each.id, each.version, each.document, each.reason, each.made_at)
        for n, day in each.until.items():
            row = ConfirmationRow(
                person_id=person_id,
                plan_id=each.id,
                version=each.version,
                n=n,
                until=day,
                confirmed_at=each.confirmed_at[n],
            )
            unit.session.add(row)
    unit.session.flush()


def remove_all(unit: Unit, person_id: str) -> None:
    unit.session.exec(delete(PlanHead).where(col(PlanHead.person_id) == person_id))


def agree(unit: Unit, person_id: str, plan_id: str, agreed_with: str, now: datetime) -> None:
    unit.session.exec(
        update(PlanHead)
        .where(col(PlanHead.person_id) == person_id, col(PlanHead.id) == plan_id)
        .values(agreed_with=agreed_with, agreed_at=now)
    )


def end(unit: Unit, person_id: str, plan_id: str, day: date) -> None:
    """The plan gives no doses from this day on. A plan that ended before keeps its first day."""
    unit.session.exec(
        update(PlanHead)
        .where(col(PlanHead.person_id) == person_id, col(PlanHead.id) == plan_id, col(PlanHead.ended_on).is_(None))
        .values(ended_on=day)
    )


def take_up_again(unit: Unit, person_id: str, plan_id: str, day: date) -> None:
    """A plan that ended on this day goes on as if it had not."""
    unit.session.exec(
        update(PlanHead)
        .where(col(PlanHead.person_id) == person_id, col(PlanHead.id) == plan_id, col(PlanHead.ended_on) == day)
        .values(ended_on=None)
    )


# What has been answered so far of a plan being laid out


def draft(unit: Unit, person_id: str) -> dict[str, Any]:
    row = unit.session.get(PlanDraftRow, person_id)
    answers: dict[str, Any] = json.loads(row.data) if row else {}
    return answers


def keep_draft(unit: Unit, person_id: str, answers: Mapping[str, Any], now: datetime) -> None:
    row = unit.session.get(PlanDraftRow, person_id)
    data = json.dumps(answers, ensure_ascii=False)
    if row is None:
        row = PlanDraftRow(person_id=person_id, data=data, changed_at=now)
    else:
        row.data, row.changed_at = data, now
    unit.session.add(row)


def drop_draft(unit: Unit, person_id: str) -> None:
    unit.session.exec(delete(PlanDraftRow).where(col(PlanDraftRow.person_id) == person_id))
