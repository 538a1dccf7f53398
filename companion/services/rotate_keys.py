"""Every key under the DATA_KEY of now, and old words under the keys of their people. Words are never sealed again for
another DATA_KEY: only the keys are wrapped again, and that takes milliseconds a thousand.

Whatever was done is committed bit by bit: killed, it goes on where it was; several processes do no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from companion.services.back_up import keep_key_copies
from companion.storage import keys, sealed
from companion.storage.options import BESIDE
from companion.storage.unit_of_work import Store

BATCH: Final = 500


@dataclass(frozen=True)
class Rotated:
    """Keys that were wrapped again, those that none of our DATA_KEYs opens, and words that have their own key now."""

    keys: int
    unreadable: int
    words: int


def rotate_keys(store: Store, tell: Callable[[int], None] = lambda _done: None) -> Rotated:
    """`tell` hears how many keys are done."""
    words = seal_old_words(store)
    done = unreadable = 0
    after = ""
    while True:
        with store.write(BESIDE) as unit:
            part = keys.wrap_again(unit.session, store.ring, after, BATCH)
        done += part.taken - part.unreadable
        unreadable += part.unreadable
        after = part.last
        tell(done)
        if part.taken < BATCH:
            break
    with store.write() as unit:
        keys.wrap_house_key_again(unit.session, store.ring)
    keep_key_copies(store)
    return Rotated(done, unreadable, words)


def seal_old_words(store: Store) -> int:
    """Words of before there were keys of people get the key of theirs: person by person, while people write."""
    with store.read() as unit:
        if not keys.legacy(unit.session):
            return 0
    done, after = 0, ""
    while True:
        with store.read() as unit:
            people = sealed.owners_of_old(unit.session, after, BATCH)
        if not people:
            break
        for person_id in people:
            with store.write(person_id) as unit:
                done += sealed.seal_again(unit, person_id)
        after = people[-1]
    with store.write() as unit:
        keys.legacy_is_over(unit.session)
    return done
