"""Change, renew and stop a link. None where the person has no such link."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.share import PURPOSES, Choices, first_day
from companion.services.back_up import keep_key_copies
from companion.services.open_share import Opened, new_address
from companion.services.passphrases import hash_passphrase
from companion.services.tokens import digest
from companion.storage import people, shares
from companion.storage.shares import Share
from companion.storage.unit_of_work import Store


def change_share(store: Store, person: Person, share_id: str, choices: Choices, now: datetime) -> Share | None:
    """The same address with other choices, at once. Other days count from now; how far back only when it changed.

    Whoever is looking has to press "show" again.
    """
    hashed = hash_passphrase(choices.pin) if choices.pin else ""
    with store.write() as unit:
        share = shares.get(unit, person.id, share_id)
        if share is None or not share.works(now):
            return None
        other_pin = choices.pin is not None
        changed = replace(
            share,
            whom=choices.whom,
            sections=choices.sections,
            back=choices.back,
            days=choices.days,
            from_day=share.from_day if choices.back is share.back else first_day(choices.back, person.day(now)),
            language=choices.language,
            pin_hash=hashed if other_pin else share.pin_hash,
            pin_tries=0 if other_pin else share.pin_tries,
            locked_until=None if other_pin else share.locked_until,
            changed_at=now,
            ends_at=share.ends_at if choices.days == share.days else now + timedelta(days=choices.days),
        )
        shares.replace(unit, changed)
    keep_key_copies(store)
    return changed


def renew_share(store: Store, person: Person, share_id: str, seen: str, now: datetime) -> Opened | Refused | None:
    """A new address with the same choices, for as many days again; the old address stops at once.

    `seen` is when the link had last changed, as its page said: the same tap twice renews once. Refused
    where it shows what the person does not let us keep any more.
    """
    token = new_address()
    with store.write() as unit:
        share = shares.get(unit, person.id, share_id)
        if share is None:
            return None
        given = {each.purpose for each in people.consents(unit, person.id) if each.stands}
        if any(PURPOSES[section] not in given for section in share.sections):
            return Refused.because("", "share_consent")
        if seen != share.changed_at.isoformat():
            return Opened(share, "")
        renewed = replace(
            share,
            digest=digest(token),
            from_day=first_day(share.back, person.day(now)),
            pin_tries=0,
            locked_until=None,
            changed_at=now,
            ends_at=now + timedelta(days=share.days),
            stopped_at=None,
        )
        shares.replace(unit, renewed)
    keep_key_copies(store)
    return Opened(renewed, token)


def stop_share(store: Store, person: Person, share_id: str, now: datetime) -> Share | None:
    """The link stops at once. Stopping it again changes nothing."""
    with store.write() as unit:
        share = shares.get(unit, person.id, share_id)
        if share is None:
            return None
        if share.works(now):
            shares.replace(unit, replace(share, stopped_at=now))
    keep_key_copies(store)
    return share
