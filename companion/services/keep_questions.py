"""Keep what someone wants to ask when looking back: questions that were ticked, and their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from companion.domain.codes import Reason, Refused
from companion.domain.entry import Entry, Kind
from companion.domain.person import Person
from companion.services.save_entry import save_entry
from companion.storage import entries
from companion.storage.unit_of_work import Store, Unit

QUESTIONS = ("stay", "smaller", "from_what", "nights", "other_medicines", "prescription", "again")
"""What people may want to ask; the page words them. Nothing in the app depends on a tick."""

LONGEST = 4000
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Asked:
    """What was kept, and on which day."""

    day: date
    ticked: Sequence[str]
    words: str

    @property
    def any(self) -> bool:
        return bool(self.ticked or self.words)


def keep_questions(
    store: Store, person: Person, ticked: Sequence[str], words: str, entry_id: str, now: datetime
) -> Refused | None:
    """The newest is shown; earlier ones stay in the export. Nothing ticked and nothing typed is an answer too."""
    words = words.strip().replace("\r\n", "\n").replace("\r", "\n")
    reasons = []
    if any(question not in QUESTIONS for question in ticked):
        reasons.append(Reason("ticked", "look_back_unknown"))
    if _NOT_STORABLE.search(words):
        reasons.append(Reason("words", "symptoms_not_text"))
    if len(words) > LONGEST:
        reasons.append(Reason("words", "symptoms_text_too_long", {"most": str(LONGEST)}))
    if reasons:
        return Refused(tuple(reasons))
    data = {"ticked": [question for question in QUESTIONS if question in ticked], "words": words}
    with store.write(person.id) as unit:
        save_entry(unit, person, Entry(entry_id, Kind.LOOK_BACK, person.day(now), now, data), now)
    return None


def read_questions(unit: Unit, person: Person) -> Asked | None:
    """What was kept last; a question that is not asked any more is left out."""
    entry = entries.latest(unit, person.id, Kind.LOOK_BACK)
    if entry is None:
        return None
    ticked = [question for question in QUESTIONS if question in entry.data.get("ticked", [])]
    return Asked(entry.day, ticked, entry.data.get("words", ""))
