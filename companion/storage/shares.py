"""Links for others: found by the digest of their token, changed by their person only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlmodel import col, delete, select, update

from companion.domain.share import Back, Section, works
from companion.storage.portable import came_back
from companion.storage.share_tables import ShareRow, ShareViewRow
from companion.storage.unit_of_work import Unit

CARE = "care"
MOST_VIEWS = 200
"""Of each kind and link: when there are more, the oldest go."""


@dataclass(frozen=True)
class Share:
    """`pin`: whether it asks for one. `pin_hash` and `digest` are for comparing, never for showing."""

    person_id: str
    id: str
    digest: str
    whom: str
    sections: tuple[Section, ...]
    back: Back
    days: int
    from_day: date | None
    language: str
    pin_hash: str
    pin_tries: int
    locked_until: datetime | None
    made_at: datetime
    changed_at: datetime
    ends_at: datetime
    stopped_at: datetime | None

    @property
    def pin(self) -> bool:
        return bool(self.pin_hash)

    def works(self, now: datetime) -> bool:
        return not came_back(self.digest) and works(self.ends_at, self.stopped_at, now)


def _share(unit: Unit, row: ShareRow) -> Share:
    options = json.loads(row.options)
    return Share(
        person_id=row.person_id,
        id=row.id,
        digest=row.digest,
        whom=unit.seal.open(row.whom, row.person_id),
        sections=tuple(Section(name) for name in json.loads(row.sections)),
        back=Back(options["back"]),
        days=int(options["days"]),
        from_day=row.from_day,
        language=row.language,
        pin_hash=row.pin_hash,
        pin_tries=row.pin_tries,
        locked_until=row.locked_until,
        made_at=row.made_at,
        changed_at=row.changed_at,
        ends_at=row.ends_at,
        stopped_at=row.stopped_at,
    )


def _values(unit: Unit, share: Share) -> dict[str, Any]:
    return {
        "digest": share.digest,
        "audience": CARE,
        "whom": unit.seal.close(share.whom, share.person_id),
        "sections": json.dumps([section.value for section in share.sections]),
        "options": json.dumps({"back": share.back.value, "days": share.days}),
        "from_day": share.from_day,
        "language": share.language,
        "pin_hash": share.pin_hash,
        "pin_tries": share.pin_tries,
        "locked_until": share.locked_until,
        "made_at": share.made_at,
        "changed_at": share.changed_at,
        "ends_at": share.ends_at,
        "stopped_at": share.stopped_at,
    }


def add(unit: Unit, share: Share) -> None:
    unit.session.add(ShareRow(person_id=share.person_id, id=share.id, **_values(unit, share)))
    unit.session.flush()


def replace(unit: Unit, share: Share) -> None:
    """Everything of a link as it is now, its views aside."""
    row = unit.session.get(ShareRow, (share.person_id, share.id))
    if row is None:
        raise ValueError(f"no link {share.id}")
    for name, value in _values(unit, share).items():
        setattr(row, name, value)
    unit.session.add(row)
    unit.session.flush()


def of_person(unit: Unit, person_id: str) -> list[Share]:
    """Every link for care of a person, the newest first."""
    query = select(ShareRow).where(ShareRow.person_id == person_id, ShareRow.audience == CARE)
    return [_share(unit, row) for row in unit.session.exec(query.order_by(col(ShareRow.made_at).desc())).all()]


def get(unit: Unit, person_id: str, share_id: str) -> Share | None:
    row = unit.session.get(ShareRow, (person_id, share_id))
    return _share(unit, row) if row and row.audience == CARE else None


def by_digest(unit: Unit, digest: str) -> Share | None:
    """The link of a token, whether it works or not."""
    row = unit.session.exec(select(ShareRow).where(ShareRow.digest == digest, ShareRow.audience == CARE)).first()
    return _share(unit, row) if row else None


def stop_all(unit: Unit, person_id: str, now: datetime) -> None:
    """Every link of a person stops, for whomever it is."""
    unit.session.exec(
        update(ShareRow)
        .where(col(ShareRow.person_id) == person_id, col(ShareRow.stopped_at).is_(None))
        .values(stopped_at=now)
    )


def stop_changed(unit: Unit, person_id: str, share_id: str, at: datetime) -> bool:
    """Stop a link that was last changed before then, for whomever it is; False where there is none, or it is over."""
    done = unit.session.exec(
        update(ShareRow)
        .where(
            col(ShareRow.person_id) == person_id,
            col(ShareRow.id) == share_id,
            col(ShareRow.changed_at) < at,
            col(ShareRow.stopped_at).is_(None),
        )
        .values(stopped_at=at)
    )
    return bool(done.rowcount == 1)


def count_try(unit: Unit, share: Share, locked_until: datetime | None) -> bool:
    """One more PIN was tried, counted before it is looked at; False when another try came in between."""
    done = unit.session.exec(
        update(ShareRow)
        .where(
            col(ShareRow.person_id) == share.person_id,
            col(ShareRow.id) == share.id,
            col(ShareRow.pin_tries) == share.pin_tries,
        )
        .values(pin_tries=share.pin_tries + 1, locked_until=locked_until)
    )
    return bool(done.rowcount == 1)


def forget_tries(unit: Unit, share: Share) -> None:
    """The PIN was right."""
    unit.session.exec(
        update(ShareRow)
        .where(col(ShareRow.person_id) == share.person_id, col(ShareRow.id) == share.id)
        .values(pin_tries=0, locked_until=None)
    )


@dataclass(frozen=True)
class View:
    """`what`: "opened" or "looked"."""

    share_id: str
    what: str
    at: datetime


def add_view(unit: Unit, share: Share, what: str, now: datetime) -> None:
    """Note that a link was opened or looked at; only the newest so many are kept."""
    key = (ShareViewRow.person_id == share.person_id, ShareViewRow.share_id == share.id, ShareViewRow.what == what)
    query = select(ShareViewRow.id).where(*key).order_by(col(ShareViewRow.at).desc()).offset(MOST_VIEWS - 1)
    old = unit.session.exec(query).all()
    if old:
        unit.session.exec(
            delete(ShareViewRow).where(
                col(ShareViewRow.person_id) == share.person_id,
                col(ShareViewRow.share_id) == share.id,
                col(ShareViewRow.id).in_(old),
            )
        )
    unit.session.add(ShareViewRow(person_id=share.person_id, share_id=share.id, id=str(uuid4()), what=what, at=now))


def views_of(unit: Unit, person_id: str) -> Sequence[View]:
    """When the links of a person were opened and looked at, the newest first."""
    query = select(ShareViewRow).where(ShareViewRow.person_id == person_id).order_by(col(ShareViewRow.at).desc())
    return [View(row.share_id, row.what, row.at) for row in unit.session.exec(query).all()]
