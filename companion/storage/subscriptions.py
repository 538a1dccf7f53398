"""Browsers that may be sent to. Their addresses and keys are sealed; a keyed digest finds an address again."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlmodel import col, delete, func, select, update

from companion.storage.among import among
from companion.storage.reminder_tables import SubscriptionRow
from companion.storage.unit_of_work import Unit

log = logging.getLogger("companion.push")


@dataclass(frozen=True)
class Address:
    """Where messages for a browser go. `key` names the key of ours it was made for: with another one nothing arrives
    there."""

    id: str
    origin: str
    endpoint: str
    p256dh: str
    auth: str
    key: str


@dataclass(frozen=True)
class Subscription(Address):
    """A browser of someone.

    `handed_at` and `shown_at`: when a push service last took a message for it, and when it last said it showed one.
    `gone_at`: since when its push service does not know it any more.
    """

    device: str
    made_at: datetime
    seen_at: datetime
    handed_at: datetime | None = None
    shown_at: datetime | None = None
    gone_at: datetime | None = None


def _mark(unit: Unit, endpoint: str) -> str:
    return unit.seal.mark("push " + endpoint)


def _subscription(unit: Unit, row: SubscriptionRow) -> Subscription:
    address = json.loads(unit.seal.open(row.endpoint, row.person_id))
    return Subscription(
        id=row.id,
        origin=row.origin,
        endpoint=address["endpoint"],
        p256dh=unit.seal.open(row.p256dh, row.person_id),
        auth=unit.seal.open(row.auth, row.person_id),
        key=address["key"],
        device=row.device,
        made_at=row.made_at,
        seen_at=row.seen_at,
        handed_at=row.handed_at,
        shown_at=row.shown_at,
        gone_at=row.gone_at,
    )


def _reachable() -> Any:
    """Where the address is known. It is not in an export: a browser that came back with one has to subscribe anew."""
    return col(SubscriptionRow.endpoint) != ""


def keep(unit: Unit, person_id: str, kept: Subscription) -> None:
    """The subscription as it is from now on. Its address belongs to nobody else from now on."""
    mark = _mark(unit, kept.endpoint)
    unit.session.exec(
        delete(SubscriptionRow).where(
            col(SubscriptionRow.mark) == mark,
            (col(SubscriptionRow.person_id) != person_id) | (col(SubscriptionRow.id) != kept.id),
        )
    )
    address = json.dumps({"endpoint": kept.endpoint, "key": kept.key})
    unit.session.merge(
        SubscriptionRow(
            person_id=person_id,
            id=kept.id,
            mark=mark,
            origin=kept.origin,
            endpoint=unit.seal.close(address, person_id),
            p256dh=unit.seal.close(kept.p256dh, person_id),
            auth=unit.seal.close(kept.auth, person_id),
            device=kept.device,
            made_at=kept.made_at,
            seen_at=kept.seen_at,
            handed_at=kept.handed_at,
            shown_at=kept.shown_at,
            gone_at=kept.gone_at,
        )
    )
    unit.session.flush()


def of_person(unit: Unit, person_id: str) -> list[Subscription]:
    """Every browser of a person, also those that are gone (which is said on screen), the newest first."""
    query = select(SubscriptionRow).where(SubscriptionRow.person_id == person_id, _reachable())
    rows = unit.session.exec(query.order_by(col(SubscriptionRow.seen_at).desc(), col(SubscriptionRow.id))).all()
    return [_subscription(unit, row) for row in rows]


_ADDRESS: Final = (
    SubscriptionRow.person_id,
    SubscriptionRow.id,
    SubscriptionRow.origin,
    SubscriptionRow.endpoint,
    SubscriptionRow.p256dh,
    SubscriptionRow.auth,
)


def living(unit: Unit, person_ids: Collection[str]) -> dict[str, list[Address]]:
    """The browsers of these people that may be sent to, in one question. One that cannot be opened stops no other."""
    query = cast(Any, select)(*_ADDRESS).where(
        among(unit, col(SubscriptionRow.person_id), person_ids), col(SubscriptionRow.gone_at).is_(None), _reachable()
    )
    found: dict[str, list[Address]] = {}
    rows = unit.rows(query.order_by(col(SubscriptionRow.id)))
    unit.seal.fetch({row[0] for row in rows})
    opened = unit.seal.open
    for whose, name, origin, endpoint, p256dh, auth in rows:
        try:
            to = json.loads(opened(endpoint, whose))
            made = Address(name, origin, to["endpoint"], opened(p256dh, whose), opened(auth, whose), to["key"])
            found.setdefault(whose, []).append(made)
        except Exception as error:
            log.error("a subscription cannot be opened: %s", type(error).__name__)
    return found


def get(unit: Unit, person_id: str, subscription_id: str) -> Subscription | None:
    row = unit.session.get(SubscriptionRow, (person_id, subscription_id))
    return _subscription(unit, row) if row and row.endpoint else None


def known(unit: Unit, person_id: str, subscription_id: str) -> bool:
    """Whether this person has a browser with this name, also one that came back without its address."""
    return unit.session.get(SubscriptionRow, (person_id, subscription_id)) is not None


def at(unit: Unit, person_id: str, endpoint: str) -> Subscription | None:
    """This person's subscription with that address."""
    query = select(SubscriptionRow).where(
        SubscriptionRow.mark == _mark(unit, endpoint), SubscriptionRow.person_id == person_id
    )
    row = unit.session.exec(query).first()
    return _subscription(unit, row) if row else None


def remove(unit: Unit, person_id: str, *subscription_ids: str) -> None:
    unit.session.exec(
        delete(SubscriptionRow).where(
            col(SubscriptionRow.person_id) == person_id, col(SubscriptionRow.id).in_(subscription_ids)
        )
    )


def remove_all(unit: Unit, person_id: str, but: str = "") -> None:
    """Every browser of a person, but one."""
    unit.session.exec(
        delete(SubscriptionRow).where(col(SubscriptionRow.person_id) == person_id, col(SubscriptionRow.id) != but)
    )


def remove_from_others(unit: Unit, person_id: str, subscription_id: str) -> None:
    """A subscription with this id belongs to this person or to nobody."""
    unit.session.exec(
        delete(SubscriptionRow).where(
            col(SubscriptionRow.person_id) != person_id, col(SubscriptionRow.id) == subscription_id
        )
    )


def remove_unseen(unit: Unit, since: datetime) -> None:
    """Browsers in which nobody opened the site since then."""
    unit.session.exec(delete(SubscriptionRow).where(col(SubscriptionRow.seen_at) < since))


def _note(unit: Unit, person_id: str, subscription_id: str, **values: datetime | None) -> None:
    here = (col(SubscriptionRow.person_id) == person_id, col(SubscriptionRow.id) == subscription_id)
    unit.session.exec(update(SubscriptionRow).where(*here).values(**values))


def handed(unit: Unit, person_id: str, subscription_id: str, now: datetime) -> None:
    """A push service took a message for it."""
    _note(unit, person_id, subscription_id, handed_at=now)


def shown(unit: Unit, person_id: str, subscription_id: str, now: datetime) -> None:
    """It said that it showed a message."""
    _note(unit, person_id, subscription_id, shown_at=now)


def gone(unit: Unit, person_id: str, subscription_id: str, now: datetime) -> None:
    """Its push service does not know it any more: nothing is sent there, and the person is told on screen."""
    _note(unit, person_id, subscription_id, gone_at=now)


def in_use(unit: Unit) -> Subscription | None:
    """The newest subscription of all that may be sent to."""
    query = select(SubscriptionRow).where(col(SubscriptionRow.gone_at).is_(None), _reachable())
    row = unit.session.exec(query.order_by(col(SubscriptionRow.seen_at).desc()).limit(1)).first()
    return _subscription(unit, row) if row else None


def count(unit: Unit) -> int:
    """How many browsers may be sent to."""
    query = (
        select(func.count()).select_from(SubscriptionRow).where(col(SubscriptionRow.gone_at).is_(None), _reachable())
    )
    return unit.session.exec(query).one()


def everyone_gone(unit: Unit, now: datetime) -> None:
    """Nobody can be sent to any more until they subscribe again."""
    unit.session.exec(update(SubscriptionRow).where(col(SubscriptionRow.gone_at).is_(None)).values(gone_at=now))
