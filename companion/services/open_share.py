"""Make a link: its address is told once, and only a digest of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from companion.domain.person import Person
from companion.domain.share import Choices, first_day
from companion.services.passphrases import hash_passphrase
from companion.services.tokens import digest
from companion.storage import shares
from companion.storage.shares import Share
from companion.storage.unit_of_work import Store


@dataclass(frozen=True)
class Opened:
    """`token` is "" for a link that was made before: its address was told then and is not known any more."""

    share: Share
    token: str


def new_address() -> str:
    """192 random bits for the address of a link."""
    return token_urlsafe(24)


def open_share(store: Store, person: Person, choices: Choices, share_id: str, now: datetime) -> Opened:
    """A new link. The same form sent twice (`share_id`) is one link."""
    token = new_address()
    hashed = hash_passphrase(choices.pin) if choices.pin else ""
    share = Share(
        person_id=person.id,
        id=share_id,
        digest=digest(token),
        whom=choices.whom,
        sections=choices.sections,
        back=choices.back,
        days=choices.days,
        from_day=first_day(choices.back, person.day(now)),
        language=choices.language,
        pin_hash=hashed,
        pin_tries=0,
        locked_until=None,
        made_at=now,
        changed_at=now,
        ends_at=now + timedelta(days=choices.days),
        stopped_at=None,
    )
    with store.write() as unit:
        if known := shares.get(unit, person.id, share_id):
            return Opened(known, "")
        shares.add(unit, share)
    return Opened(share, token)
