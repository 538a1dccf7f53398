"""What people ended: consents they withdrew, and links they stopped, changed or gave another address.

The file of keys remembers it beside the backups, so that one that is put back does not begin it anew (docs/adr/0011).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, or_, select

from companion.storage.share_tables import ShareRow
from companion.storage.tables import Base, ConsentRow

KEPT: Final = timedelta(days=30)
"""As long as backups: docs/privacy.md says that what was erased is gone from every one after this."""

CONSENTS: Final = Base.metadata.tables[str(ConsentRow.__tablename__)]
SHARES: Final = Base.metadata.tables[str(ShareRow.__tablename__)]

Instants = Mapping[tuple[str, str], datetime]
"""By the random id of a person and a purpose, or by that id and the id of a link."""


@dataclass(frozen=True)
class Ended:
    """When each purpose was last withdrawn, and when each link was last stopped or changed."""

    consents: Instants = field(default_factory=dict)
    links: Instants = field(default_factory=dict)

    def and_also(self, other: Ended) -> Ended:
        return Ended(_latest(self.consents, other.consents), _latest(self.links, other.links))


@dataclass(frozen=True)
class EndedAgain:
    """How many consents of a copy were withdrawn since it was made, and how many links stopped or changed."""

    consents: int
    links: int


def _latest(*several: Instants) -> Instants:
    found: dict[tuple[str, str], datetime] = {}
    for each in several:
        for whose, at in each.items():
            found[whose] = max(at, found.get(whose, at))
    return found


def of_database(connection: Connection, since: datetime | None) -> Ended:
    """What ended since then; None: whenever it was. Who says yes to a newer text withdraws nothing."""
    again = CONSENTS.alias()
    withdrawn = select(CONSENTS.c.person_id, CONSENTS.c.purpose, CONSENTS.c.withdrawn_at).where(
        CONSENTS.c.withdrawn_at.is_not(None),
        ~select(again.c.id)
        .where(
            again.c.person_id == CONSENTS.c.person_id,
            again.c.purpose == CONSENTS.c.purpose,
            again.c.given_at == CONSENTS.c.withdrawn_at,
        )
        .exists(),
    )
    links = select(SHARES.c.person_id, SHARES.c.id, SHARES.c.changed_at, SHARES.c.stopped_at)
    if since is not None:
        withdrawn = withdrawn.where(CONSENTS.c.withdrawn_at >= since)
        links = links.where(or_(SHARES.c.changed_at >= since, SHARES.c.stopped_at >= since))
    return Ended(
        _latest(*({(person_id, what): at} for person_id, what, at in connection.execute(withdrawn))),
        {
            (person_id, link_id): max(changed_at, stopped_at or changed_at)
            for person_id, link_id, changed_at, stopped_at in connection.execute(links)
        },
    )


def said(instants: Instants) -> list[list[str]]:
    return [[*whose, at.isoformat()] for whose, at in sorted(instants.items())]


def read(rows: Iterable[Any]) -> Instants:
    """Raises ValueError or TypeError for what `said` did not write."""
    return {(str(person_id), str(what)): datetime.fromisoformat(at) for person_id, what, at in rows}
