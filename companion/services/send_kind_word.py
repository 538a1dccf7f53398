"""Someone close sends a kind word. Nobody signs in, so the link itself says how much may come."""

from __future__ import annotations

from datetime import datetime

from companion.domain.codes import Refused
from companion.domain.supporter import MOST_WORDS, WITHIN, Said
from companion.services.kind_word_arrived import kind_word_arrived
from companion.storage import kind_words, people, supporters
from companion.storage.kind_words import KindWord
from companion.storage.supporters import Supporter
from companion.storage.unit_of_work import Store


def send_kind_word(store: Store, supporter: Supporter, said: Said, word_id: str, now: datetime) -> Refused | None:
    """Keep it for the person. The same form sent twice (`word_id`) is one word; stopped meanwhile is nothing at all.

    Refused when the link had its share of words for a day, or does not take words of one's own any more.
    """
    with store.write() as unit:
        link = supporters.get(unit, supporter.person_id, supporter.id)
        person = people.by_id(unit, supporter.person_id)
        if link is None or person is None or link.digest != supporter.digest or not link.works(now):
            return Refused.because("", "kind_gone")
        if kind_words.there(unit, person.id, link.id, word_id):
            return None
        if said.code is None and not link.own_words:
            return Refused.because("kind", "kind_choose")
        if kind_words.sent_after(unit, person.id, link.id, now - WITHIN) >= MOST_WORDS:
            return Refused.because("", "kind_enough")
        word = KindWord(link.id, word_id, link.whom, said.code, said.words, now)
        kind_words.add(unit, person.id, word)
        if link.remind:
            kind_word_arrived(unit, person, word, now)
    return None
