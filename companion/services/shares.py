"""The links of a person, with when each was opened and really looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from companion.domain.person import Person
from companion.domain.share import MOST_TRIES
from companion.storage import shares
from companion.storage.shares import Share
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class Told:
    """A link and what happened with it, the newest first. `locked`: no PIN opens it any more."""

    share: Share
    works: bool
    opened: Sequence[datetime]
    looked: Sequence[datetime]

    @property
    def locked(self) -> bool:
        return self.share.pin and self.share.pin_tries >= MOST_TRIES


def read_shares(store: Store, person: Person, now: datetime) -> list[Told]:
    """Every link, those that work first."""
    with store.read() as unit:
        found = shares.of_person(unit, person.id)
        views = shares.views_of(unit, person.id)
    told = [
        Told(
            share,
            share.works(now),
            [view.at for view in views if view.share_id == share.id and view.what == "opened"],
            [view.at for view in views if view.share_id == share.id and view.what == "looked"],
        )
        for share in found
    ]
    return sorted(told, key=lambda each: not each.works)


def read_share(store: Store, person: Person, share_id: str) -> Share | None:
    with store.read() as unit:
        return shares.get(unit, person.id, share_id)
