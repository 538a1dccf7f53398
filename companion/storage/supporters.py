"""Links for someone close: beside those for care in the same table, and never found as one of those."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import bindparam
from sqlmodel import col, select

from companion.domain.share import works
from companion.domain.supporter import USUAL_DAYS, Shows
from companion.storage.portable import came_back
from companion.storage.share_tables import ShareRow
from companion.storage.unit_of_work import Unit

CLOSE = "close"


@dataclass(frozen=True)
class Supporter:
    """`quiet_on`: the day that the person called a quieter one; None for none."""

    person_id: str
    id: str
    digest: str
    whom: str
    shows: tuple[Shows, ...]
    days: int
    language: str
    own_words: bool
    remind: bool
    quiet_on: date | None
    made_at: datetime
    changed_at: datetime
    ends_at: datetime
    stopped_at: datetime | None

    def works(self, now: datetime) -> bool:
        return not came_back(self.digest) and works(self.ends_at, self.stopped_at, now)


def _supporter(unit: Unit, row: Any) -> Supporter:
    """What an imported row names and we do not know is left out: it never stops a page."""
    options, named = json.loads(row.options), json.loads(row.sections)
    quiet_on = options.get("quiet_on")
    return Supporter(
        person_id=row.person_id,
        id=row.id,
        digest=row.digest,
        whom=unit.seal.open(row.whom, row.person_id),
        shows=tuple(each for each in Shows if each.value in named),
        days=int(options.get("days", USUAL_DAYS)),
        language=row.language,
        own_words=bool(options.get("own_words")),
        remind=bool(options.get("remind")),
        quiet_on=date.fromisoformat(quiet_on) if quiet_on else None,
        made_at=row.made_at,
        changed_at=row.changed_at,
        ends_at=row.ends_at,
        stopped_at=row.stopped_at,
    )


def _values(unit: Unit, supporter: Supporter) -> dict[str, Any]:
    options = {
        "days": supporter.days,
        "own_words": supporter.own_words,
        "remind": supporter.remind,
        "quiet_on": supporter.quiet_on.isoformat() if supporter.quiet_on else None,
    }
    return {
        "digest": supporter.digest,
        "audience": CLOSE,
        "whom": unit.seal.close(supporter.whom, supporter.person_id),
        "sections": json.dumps([each.value for each in supporter.shows]),
        "options": json.dumps(options),
        "language": supporter.language,
        "made_at": supporter.made_at,
        "changed_at": supporter.changed_at,
        "ends_at": supporter.ends_at,
        "stopped_at": supporter.stopped_at,
    }


def add(unit: Unit, supporter: Supporter) -> None:
    unit.session.add(ShareRow(person_id=supporter.person_id, id=supporter.id, **_values(unit, supporter)))
    unit.session.flush()


def replace(unit: Unit, supporter: Supporter) -> None:
    """Everything of a link as it is now."""
    row = unit.session.get(ShareRow, (supporter.person_id, supporter.id))
    if row is None:
        raise ValueError(f"no link {supporter.id}")
    for name, value in _values(unit, supporter).items():
        setattr(row, name, value)
    unit.session.add(row)
    unit.session.flush()


_OF_PERSON: Final = (
    cast(Any, select)(
        ShareRow.person_id,
        ShareRow.id,
        ShareRow.digest,
        ShareRow.whom,
        ShareRow.sections,
        ShareRow.options,
        ShareRow.language,
        ShareRow.made_at,
        ShareRow.changed_at,
        ShareRow.ends_at,
        ShareRow.stopped_at,
    )
    .where(ShareRow.person_id == bindparam("person_id"), ShareRow.audience == CLOSE)
    .order_by(col(ShareRow.made_at).desc())
)


def of_person(unit: Unit, person_id: str) -> list[Supporter]:
    """Every link for someone close of a person, the newest first."""
    return [_supporter(unit, row) for row in unit.rows(_OF_PERSON, person_id=person_id)]


def get(unit: Unit, person_id: str, supporter_id: str) -> Supporter | None:
    row = unit.session.get(ShareRow, (person_id, supporter_id))
    return _supporter(unit, row) if row and row.audience == CLOSE else None


def taken(unit: Unit, person_id: str, link_id: str) -> bool:
    """Whether there is a link with this id, of whatever kind."""
    return unit.session.get(ShareRow, (person_id, link_id)) is not None


def by_digest(unit: Unit, digest: str) -> Supporter | None:
    """The link of a token, whether it works or not."""
    row = unit.session.exec(select(ShareRow).where(ShareRow.digest == digest, ShareRow.audience == CLOSE)).first()
    return _supporter(unit, row) if row else None
