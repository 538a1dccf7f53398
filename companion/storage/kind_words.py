"""What someone close sent: a code, or their own words, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import bindparam
from sqlmodel import col, func, select, update

from companion.domain.supporter import Kindness
from companion.storage.share_tables import KindWordRow, ShareRow
from companion.storage.unit_of_work import Unit


@dataclass(frozen=True)
class KindWord:
    """`code` None: `words` are the sender's own. `whom`: what the person calls who sent it; `seen_at`: put away."""

    supporter_id: str
    id: str
    whom: str
    code: Kindness | None
    words: str
    sent_at: datetime
    seen_at: datetime | None = None


def add(unit: Unit, person_id: str, word: KindWord) -> None:
    unit.session.add(
        KindWordRow(
            person_id=person_id,
            share_id=word.supporter_id,
            id=word.id,
            code=word.code.value if word.code else "",
            words=unit.seal.close(word.words, person_id) if word.words else "",
            sent_at=word.sent_at,
            seen_at=word.seen_at,
        )
    )
    unit.session.flush()


def there(unit: Unit, person_id: str, supporter_id: str, word_id: str) -> bool:
    return unit.session.get(KindWordRow, (person_id, supporter_id, word_id)) is not None


def sent_after(unit: Unit, person_id: str, supporter_id: str, instant: datetime) -> int:
    """How many came through one link after an instant."""
    query = select(func.count()).where(
        KindWordRow.person_id == person_id,
        KindWordRow.share_id == supporter_id,
        col(KindWordRow.sent_at) > instant,
    )
    return unit.session.exec(query).one()


_NEWEST: Final = (
    cast(Any, select)(
        KindWordRow.share_id,
        KindWordRow.id,
        KindWordRow.code,
        KindWordRow.words,
        KindWordRow.sent_at,
        KindWordRow.seen_at,
        ShareRow.whom,
    )
    .join(ShareRow, (col(ShareRow.person_id) == KindWordRow.person_id) & (col(ShareRow.id) == KindWordRow.share_id))
    .where(KindWordRow.person_id == bindparam("person_id"))
    .order_by(col(KindWordRow.sent_at).desc(), col(KindWordRow.id))
    .limit(bindparam("most"))
)
_NEWEST_UNSEEN: Final = _NEWEST.where(col(KindWordRow.seen_at).is_(None))


def newest(unit: Unit, person_id: str, most: int, *, unseen: bool = False) -> list[KindWord]:
    """The newest first; only those that were not put away, or all."""
    found = unit.rows(_NEWEST_UNSEEN if unseen else _NEWEST, person_id=person_id, most=most)
    return [_word(unit, person_id, row) for row in found]


def _word(unit: Unit, person_id: str, row: Any) -> KindWord:
    return KindWord(
        supporter_id=row.share_id,
        id=row.id,
        whom=unit.seal.open(row.whom, person_id),
        code=Kindness(row.code) if row.code in {*Kindness} else None,
        words=unit.seal.open(row.words, person_id) if row.words else "",
        sent_at=row.sent_at,
        seen_at=row.seen_at,
    )


def put_away(unit: Unit, person_id: str, word_id: str, now: datetime) -> bool:
    """It is read and need not stand on Today any more; it stays kept. False when there is no such word."""
    mine = (col(KindWordRow.person_id) == person_id, col(KindWordRow.id) == word_id)
    unit.session.exec(update(KindWordRow).where(*mine, col(KindWordRow.seen_at).is_(None)).values(seen_at=now))
    return unit.session.exec(select(KindWordRow.id).where(*mine).limit(1)).first() is not None
