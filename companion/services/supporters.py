"""The links for people close to someone, and what those sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from companion.domain.person import Person
from companion.domain.supporter import Shows
from companion.storage import kind_words, supporters
from companion.storage.kind_words import KindWord
from companion.storage.supporters import Supporter
from companion.storage.unit_of_work import Store

MOST_LISTED = 30
MOST_TODAY = 3


@dataclass(frozen=True)
class Close:
    """Links that work, those that do not any more, and the newest words. `quiet` None: no link shows a quieter day."""

    working: Sequence[Supporter]
    over: Sequence[Supporter]
    words: Sequence[KindWord]
    quiet: bool | None


def _quiet(working: Sequence[Supporter], person: Person, now: datetime) -> bool | None:
    telling = [each for each in working if Shows.QUIET_DAY in each.shows]
    return any(each.quiet_on == person.day(now) for each in telling) if telling else None


def read_close(store: Store, person: Person, now: datetime) -> Close:
    """Everything for the page of the person."""
    with store.read() as unit:
        found = supporters.of_person(unit, person.id)
        words = kind_words.newest(unit, person.id, MOST_LISTED)
    working = [each for each in found if each.works(now)]
    return Close(working, [each for each in found if not each.works(now)], words, _quiet(working, person, now))


def read_supporter(store: Store, person: Person, link_id: str) -> Supporter | None:
    with store.read() as unit:
        return supporters.get(unit, person.id, link_id)


@dataclass(frozen=True)
class OnToday:
    """`words`: the newest that were not put away; `more`: whether there are others. `quiet` as in `Close`."""

    words: Sequence[KindWord]
    more: bool
    quiet: bool | None


def kind_words_today(store: Store, person: Person, now: datetime) -> OnToday:
    with store.read() as unit:
        words = kind_words.newest(unit, person.id, MOST_TODAY + 1, unseen=True)
        working = [each for each in supporters.of_person(unit, person.id) if each.works(now)]
    return OnToday(words[:MOST_TODAY], len(words) > MOST_TODAY, _quiet(working, person, now))


def put_word_away(store: Store, person: Person, word_id: str, now: datetime) -> bool:
    """It leaves Today and stays kept; again changes nothing. False when there is no such word of this person."""
    with store.write() as unit:
        return kind_words.put_away(unit, person.id, word_id, now)
