"""What a clock reads of many people at once: a question or three for all of them, not for each."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import bindparam
from sqlmodel import col, select, update

from companion.domain.entry import Kind
from companion.domain.night.begun import only_begun
from companion.storage.among import among
from companion.storage.plans import KeptPlan
from companion.storage.reminder_tables import MailAddressRow, ReminderChoiceRow, SubscriptionRow
from companion.storage.tables import ConfirmationRow, EntryRow, PlanHead, PlanVersionRow
from companion.storage.unit_of_work import Unit


def current_plans(unit: Unit, person_ids: Collection[str]) -> dict[str, list[KeptPlan]]:
    """The newest version of each plan of these people, oldest plan first."""
    query = (
        cast(Any, select)(
            PlanHead.person_id,
            PlanHead.id,
            PlanHead.agreed_with,
            PlanHead.agreed_at,
            PlanHead.ended_on,
            PlanVersionRow.version,
            PlanVersionRow.made_at,
            PlanVersionRow.reason,
            PlanVersionRow.document,
        )
        .join(
            PlanVersionRow,
            (col(PlanVersionRow.person_id) == col(PlanHead.person_id))
            & (col(PlanVersionRow.plan_id) == col(PlanHead.id))
            & (col(PlanVersionRow.version) == col(PlanHead.version)),
        )
        .where(among(unit, col(PlanHead.person_id), person_ids))
        .order_by(col(PlanHead.made_at))
    )
    rows = unit.rows(query)
    confirmed = _confirmed(unit, person_ids)
    changed = {person_id for person_id, _, _, _, _, version, *_ in rows if version > 1}
    reasons = _reasons(unit, changed) if changed else {}
    found: dict[str, list[KeptPlan]] = defaultdict(list)
    for person_id, plan_id, agreed_with, agreed_at, ended_on, version, made_at, reason, text in rows:
        found[person_id].append(
            KeptPlan(
                plan_id,
                version,
                made_at,
                reason,
                _object(text),
                confirmed.get((person_id, plan_id, version), {}),
                agreed_with,
                agreed_at,
                ended_on,
                tuple(
                    said for number, said in reasons.get((person_id, plan_id), [(version, reason)]) if number <= version
                ),
            )
        )
    return found


def _confirmed(unit: Unit, person_ids: Collection[str]) -> dict[tuple[str, str, int], dict[int, date]]:
    columns = (
        ConfirmationRow.person_id,
        ConfirmationRow.plan_id,
        ConfirmationRow.version,
        ConfirmationRow.n,
        ConfirmationRow.until,
    )
    query = cast(Any, select)(*columns).where(among(unit, col(ConfirmationRow.person_id), person_ids))
    found: dict[tuple[str, str, int], dict[int, date]] = defaultdict(dict)
    for person_id, plan_id, version, n, until in unit.rows(query):
        found[person_id, plan_id, version][n] = until
    return found


def _reasons(unit: Unit, person_ids: Collection[str]) -> dict[tuple[str, str], list[tuple[int, str]]]:
    columns = (PlanVersionRow.person_id, PlanVersionRow.plan_id, PlanVersionRow.version, PlanVersionRow.reason)
    query = cast(Any, select)(*columns).where(among(unit, col(PlanVersionRow.person_id), person_ids))
    found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for person_id, plan_id, version, reason in unit.rows(query.order_by(col(PlanVersionRow.version))):
        found[person_id, plan_id].append((version, reason))
    return found


def noted_doses(unit: Unit, person_ids: Collection[str], first: date, last: date) -> set[tuple[str, date, str, str]]:
    """Person, day, plan and moment of every dose of a plan that stands noted on these days; 0 mg is an answer too."""
    query = cast(Any, select)(EntryRow.person_id, EntryRow.day, EntryRow.data).where(
        among(unit, col(EntryRow.person_id), person_ids),
        EntryRow.kind == Kind.DOSE.value,
        col(EntryRow.day).between(first, last),
        col(EntryRow.superseded).is_(False),
    )
    found = set()
    for person_id, day, text in unit.rows(query):
        data = _object(text)
        if not data.get("extra"):
            found.add((person_id, day, data.get("plan") or "", data.get("moment") or ""))
    return found


def logged_nights(unit: Unit, person_ids: Collection[str], first: date, last: date) -> set[tuple[str, date]]:
    """Person and wake date of every night that was told; taps at night alone are not that yet."""
    query = cast(Any, select)(EntryRow.person_id, EntryRow.day, EntryRow.data).where(
        among(unit, col(EntryRow.person_id), person_ids),
        EntryRow.kind == Kind.NIGHT.value,
        col(EntryRow.day).between(first, last),
        col(EntryRow.superseded).is_(False),
    )
    return {(person_id, day) for person_id, day, text in unit.rows(query) if not _only_begun(text)}


def _only_begun(text: str) -> bool:
    return '"up": null' in text and only_begun(_object(text))


def browsers(unit: Unit, person_ids: Collection[str]) -> dict[str, list[str]]:
    """The ids of the browsers of each that may be sent to."""
    query = cast(Any, select)(SubscriptionRow.person_id, SubscriptionRow.id).where(
        among(unit, col(SubscriptionRow.person_id), person_ids), col(SubscriptionRow.gone_at).is_(None)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for person_id, subscription_id in unit.rows(query.order_by(col(SubscriptionRow.id))):
        found[person_id].append(subscription_id)
    return found


_HANDED: Final = (
    update(SubscriptionRow)
    .where(col(SubscriptionRow.person_id) == bindparam("whose"), col(SubscriptionRow.id) == bindparam("which"))
    .values(handed_at=bindparam("now"))
)


def handed(unit: Unit, browsers: Collection[tuple[str, str]], now: datetime) -> None:
    """A push service took a message for each of these browsers (person, id)."""
    unit.run(_HANDED, [{"whose": person_id, "which": name, "now": now} for person_id, name in browsers])


def want_mail(unit: Unit, person_ids: Collection[str]) -> set[str]:
    """Those who want mail and showed that their address is theirs."""
    query = (
        cast(Any, select)(MailAddressRow.person_id)
        .join(ReminderChoiceRow, col(ReminderChoiceRow.person_id) == col(MailAddressRow.person_id))
        .where(
            among(unit, col(MailAddressRow.person_id), person_ids),
            col(MailAddressRow.verified_at).is_not(None),
            col(ReminderChoiceRow.by_mail).is_(True),
        )
    )
    return {person_id for (person_id,) in unit.rows(query)}


def _object(text: str) -> dict[str, Any]:
    """What cannot be read is empty: it must not stop the others, and whoever uses it finds out."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
