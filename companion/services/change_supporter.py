"""Change, renew and stop a link for someone close, and call a day a quieter one. None where there is no such link."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from companion.domain.person import Person
from companion.domain.supporter import Chosen, Shows
from companion.services.back_up import keep_key_copies
from companion.services.kind_word_arrived import forget_kind_words
from companion.services.open_share import new_address
from companion.services.open_supporter import OpenedSupporter
from companion.services.tokens import digest
from companion.storage import supporters
from companion.storage.supporters import Supporter
from companion.storage.unit_of_work import Store


def change_supporter(store: Store, person: Person, link_id: str, chosen: Chosen, now: datetime) -> Supporter | None:
    """The same address with other choices, at once. Other days count from now."""
    with store.write() as unit:
        supporter = supporters.get(unit, person.id, link_id)
        if supporter is None or not supporter.works(now):
            return None
        changed = replace(
            supporter,
            whom=chosen.whom,
            shows=chosen.shows,
            days=chosen.days,
            language=chosen.language,
            own_words=chosen.own_words,
            remind=chosen.remind,
            changed_at=now,
            ends_at=supporter.ends_at if chosen.days == supporter.days else now + timedelta(days=chosen.days),
        )
        supporters.replace(unit, changed)
        if not chosen.remind:
            forget_kind_words(unit, person, supporter.id)
    keep_key_copies(store)
    return changed


def renew_supporter(store: Store, person: Person, link_id: str, seen: str, now: datetime) -> OpenedSupporter | None:
    """A new address with the same choices, for as many days again; the old address stops at once.

    `seen` is when the link had last changed, as its page said: the same tap twice renews once.
    """
    token = new_address()
    with store.write() as unit:
        supporter = supporters.get(unit, person.id, link_id)
        if supporter is None:
            return None
        if seen != supporter.changed_at.isoformat():
            return OpenedSupporter(supporter, "")
        ends_at = now + timedelta(days=supporter.days)
        renewed = replace(supporter, digest=digest(token), changed_at=now, ends_at=ends_at, stopped_at=None)
        supporters.replace(unit, renewed)
    keep_key_copies(store)
    return OpenedSupporter(renewed, token)


def stop_supporter(store: Store, person: Person, link_id: str, now: datetime) -> Supporter | None:
    """The link stops at once, and nothing that came through it reminds any more. Stopping again changes nothing."""
    with store.write() as unit:
        supporter = supporters.get(unit, person.id, link_id)
        if supporter is None:
            return None
        if supporter.works(now):
            supporters.replace(unit, replace(supporter, stopped_at=now, quiet_on=None))
        forget_kind_words(unit, person, supporter.id)
    keep_key_copies(store)
    return supporter


def call_quiet(store: Store, person: Person, quiet: bool, now: datetime) -> None:
    """Say on every link that shows it that today is a quieter day, or take that back. It ends with the day."""
    day = person.day(now) if quiet else None
    with store.write() as unit:
        for supporter in supporters.of_person(unit, person.id):
            if supporter.works(now) and Shows.QUIET_DAY in supporter.shows and supporter.quiet_on != day:
                supporters.replace(unit, replace(supporter, quiet_on=day))
