"""The flat tables of a person as JSON and back: every column by name, and nothing that lets someone in.

`PORTABLE` says for each table its section in the export (contract §4) and what of it is not data of the person.
Entries, plans and the person have shapes of their own (`services/export_person.py`).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Column, Table, delete, insert, select

from companion.domain.codes import Refused
from companion.domain.instant import instant_text, read_instant
from companion.domain.plan.fields import read_day
from companion.storage.passkey_tables import PasskeyRow
from companion.storage.reminder_tables import (
    DeliveryRow,
    FeedRow,
    MailAddressRow,
    ReminderChoiceRow,
    ReminderRow,
    SubscriptionRow,
)
from companion.storage.share_tables import KindWordRow, ShareRow, ShareViewRow
from companion.storage.tables import Base, PlanDraftRow, SupplyRow
from companion.storage.unit_of_work import Unit

LONGEST: Final = 20_000
"""The most characters of one text that is taken over."""


def _nothing() -> str:
    return ""


def _unusable() -> str:
    """In place of a digest that is not exported: unlike every digest, and unlike every other one."""
    return "-" + secrets.token_hex(16)


def came_back(digest: str) -> bool:
    """Whether this stands for a digest that was not in an export: whatever it belonged to leads nowhere."""
    return digest.startswith("-")


@dataclass(frozen=True)
class Portable:
    """A table in the export. `names`: columns that are called otherwise there. `sealed`: opened for the export.

    `documents`: columns that hold JSON. `secret`: left out, and made again by the function when taken over.
    `entry`: written as the contract writes every entry, with what is not its id or time in `data`.
    """

    section: str
    row: type[Base]
    order: Sequence[str]
    names: Mapping[str, str] = field(default_factory=dict)
    sealed: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    secret: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    entry: bool = False

    @property
    def table(self) -> Table:
        return Base.metadata.tables[str(self.row.__tablename__)]

    @property
    def columns(self) -> list[Column[Any]]:
        """What is exported: not whose it is, and nothing that lets someone in."""
        return [column for column in self.table.columns if column.name not in {"person_id", *self.secret}]

    @property
    def single(self) -> bool:
        """At most one row a person: an object in the export, or null."""
        return [column.name for column in self.table.primary_key.columns] == ["person_id"]

    def name(self, column: Column[Any]) -> str:
        return self.names.get(column.name, column.name)


PORTABLE: Final = (
    Portable("plan_draft", PlanDraftRow, (), documents=frozenset({"data"})),
    Portable("supplies", SupplyRow, ("plan_id", "form", "strength"), names={"plan_id": "plan"}),
    Portable(
        "reminders",
        ReminderRow,
        ("kind", "key"),
        names={"changed_at": "recorded_at"},
        sealed=frozenset({"words"}),
        documents=frozenset({"days", "words"}),
        entry=True,
    ),
    Portable("reminder_choice", ReminderChoiceRow, ()),
    Portable(
        "devices",
        SubscriptionRow,
        ("made_at", "id"),
        secret={"mark": _unusable, "origin": _nothing, "endpoint": _nothing, "p256dh": _nothing, "auth": _nothing},
    ),
    Portable(
        "passkeys",
        PasskeyRow,
        ("made_at", "id"),
        sealed=frozenset({"name"}),
        secret={"mark": _unusable, "credential": _nothing, "public_key": _nothing},
    ),
    Portable(
        "deliveries",
        DeliveryRow,
        ("due_at", "token"),
        sealed=frozenset({"words"}),
        documents=frozenset({"data"}),
    ),
    Portable("calendar_feed", FeedRow, (), secret={"digest": _unusable, "token": _nothing}),
    Portable(
        "mail_address",
        MailAddressRow,
        (),
        sealed=frozenset({"address"}),
        secret={"code_digest": _nothing, "out_digest": _nothing},
    ),
    Portable(
        "shares",
        ShareRow,
        ("made_at", "id"),
        names={"made_at": "recorded_at"},
        entry=True,
        sealed=frozenset({"whom"}),
        documents=frozenset({"sections", "options"}),
        secret={"digest": _unusable, "pin_hash": _nothing},
    ),
    Portable("share_views", ShareViewRow, ("at", "id"), names={"share_id": "share"}),
    Portable("kind_words", KindWordRow, ("sent_at", "id"), names={"share_id": "share"}, sealed=frozenset({"words"})),
)
"""In an order in which they can be taken over: what is pointed at comes first."""


def give(unit: Unit, person_id: str, portable: Portable) -> list[dict[str, Any]]:
    """The rows of a person, in a fixed order."""
    table = portable.table
    query = select(*portable.columns).where(table.c.person_id == person_id)
    rows = unit.session.execute(query.order_by(*(table.c[name] for name in portable.order))).mappings()
    given = [
        {
            portable.name(column): _out(unit, person_id, portable, column, row[column.name])
            for column in portable.columns
        }
        for row in rows
    ]
    return [_wrapped(row) for row in given] if portable.entry else given


_OUTSIDE: Final = ("id", "recorded_at")


def _wrapped(row: Mapping[str, Any]) -> dict[str, Any]:
    data = {name: value for name, value in row.items() if name not in _OUTSIDE}
    when = row["recorded_at"]
    return {"id": row["id"], "day": when[:10], "recorded_at": when, "data": data, "superseded": False}


def _unwrapped(item: object) -> object:
    """The row in an entry; None where it is not written as one."""
    if not isinstance(item, dict) or not isinstance(item.get("data"), dict) or set(item["data"]) & set(_OUTSIDE):
        return None
    row = item["data"] | {name: item[name] for name in _OUTSIDE if name in item}
    return row if isinstance(row.get("recorded_at"), str) and "id" in row and _wrapped(row) == item else None


def _out(unit: Unit, person_id: str, portable: Portable, column: Column[Any], value: Any) -> Any:
    if column.name in portable.sealed:
        value = unit.seal.open(value, person_id)
    if column.name in portable.documents:
        return json.loads(value) if value else None
    if isinstance(value, datetime):
        return instant_text(value.astimezone(UTC))
    return value.isoformat() if isinstance(value, date) else value


def read(portable: Portable, value: object) -> list[dict[str, Any]] | Refused:
    """The rows of a section as the database keeps them, still unsealed; refused with the place that is wrong."""
    place = portable.section
    if portable.single:
        value = [] if value is None else [value]
    if not isinstance(value, list):
        return Refused.because(place, "import_damaged")
    rows = []
    for n, item in enumerate(value):
        row = _read_row(portable, item, f"{place}[{n}]")
        if isinstance(row, Refused):
            return row
        rows.append(row)
    return rows


def _read_row(portable: Portable, item: object, place: str) -> dict[str, Any] | Refused:
    known = {portable.name(column): column for column in portable.columns}
    item = _unwrapped(item) if portable.entry else item
    if not isinstance(item, dict) or set(item) != set(known):
        return Refused.because(place, "import_damaged")
    row: dict[str, Any] = {}
    for name, column in known.items():
        value = _in(portable, column, item[name])
        if isinstance(value, Refused):
            return Refused.because(f"{place}.{name}", "import_damaged")
        row[column.name] = value
    return row


def _in(portable: Portable, column: Column[Any], value: object) -> Any:
    """A value as its column keeps it."""
    wrong = Refused.because(column.name, "import_damaged")
    if column.name in portable.documents:
        text = "" if value is None else json.dumps(value, ensure_ascii=False)
        return wrong if len(text) > LONGEST else text
    if value is None:
        return None if column.nullable else wrong
    kind = python_type(column)
    if kind is datetime:
        return read_instant(value) or wrong
    if kind is date:
        return read_day(value, column.name)
    if kind is bool:
        return value if isinstance(value, bool) else wrong
    if kind is int:
        return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31 else wrong
    if not isinstance(value, str) or len(value) > (getattr(column.type, "length", None) or LONGEST):
        return wrong
    return wrong if "\x00" in value else value


def python_type(column: Column[Any]) -> type:
    """What a column holds: str, int, bool, date or datetime."""
    kind: type = getattr(column.type, "impl", column.type).python_type
    return kind


def known(unit: Unit, person_id: str, portable: Portable) -> set[tuple[Any, ...]]:
    """The keys of what this person has in a table."""
    columns = _key(portable)
    return {tuple(row) for row in unit.session.execute(select(*columns).where(portable.table.c.person_id == person_id))}


def key_of(portable: Portable, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in _key(portable))


def _key(portable: Portable) -> list[Column[Any]]:
    """What tells the rows of one person apart; nothing at all where there is at most one."""
    columns = [column for column in portable.table.primary_key.columns if column.name != "person_id"]
    return columns or [portable.table.c.person_id]


def take(unit: Unit, person_id: str, portable: Portable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows that were read into the table."""
    kept = []
    for row in rows:
        made = {name: make() for name, make in portable.secret.items()}
        sealed = {name: unit.seal.close(row[name], person_id) for name in portable.sealed}
        kept.append(dict(row) | made | sealed | {"person_id": person_id})
    if kept:
        unit.session.execute(insert(portable.table), kept)


def clear(unit: Unit, person_id: str, portable: Portable) -> None:
    unit.session.execute(delete(portable.table).where(portable.table.c.person_id == person_id))
