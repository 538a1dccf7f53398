"""Make a link for someone close: its address is told once, and only a digest of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from companion.domain.person import Person
from companion.domain.supporter import Chosen
from companion.services.open_share import new_address
from companion.services.tokens import digest
from companion.storage import supporters
from companion.storage.supporters import Supporter
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class OpenedSupporter:
    """`token` is "" for a link that was made before: its address was told then and is not known any more."""

    supporter: Supporter
    token: str


def open_supporter(store: Store, person: Person, chosen: Chosen, link_id: str, now: datetime) -> OpenedSupporter:
    """A new link. The same form sent twice (`link_id`) is one link."""
    token = new_address()
    with store.write() as unit:
        if known := supporters.get(unit, person.id, link_id):
            return OpenedSupporter(known, "")
        supporter = Supporter(
            person_id=person.id,
            id=str(uuid4()) if supporters.taken(unit, person.id, link_id) else link_id,
            digest=digest(token),
            whom=chosen.whom,
            shows=chosen.shows,
            days=chosen.days,
            language=chosen.language,
            own_words=chosen.own_words,
            remind=chosen.remind,
            quiet_on=None,
            made_at=now,
            changed_at=now,
            ends_at=now + timedelta(days=chosen.days),
            stopped_at=None,
        )
        supporters.add(unit, supporter)
    return OpenedSupporter(supporter, token)
