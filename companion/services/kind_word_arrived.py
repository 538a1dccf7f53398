"""A kind word as a reminder, for the links where the person wants that: one that is due once, as soon as it may.

In the quiet hours it waits for their end. What the lock screen says of it is the person's choice, as for all reminders.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from companion.domain.person import Person
from companion.domain.reminder import Habit, Kind, Once, Quiet
from companion.i18n.catalogues import catalogue
from companion.i18n.kindness import kindness
from companion.storage import reminders
from companion.storage.kind_words import KindWord
from companion.storage.reminders import Reminder
from companion.storage.unit_of_work import Unit


def kind_word_arrived(unit: Unit, person: Person, word: KindWord, now: datetime) -> None:
    """Remind of this word. One a link waits at a time: a newer word takes the place of one that was not given yet."""
    local = _when(now.astimezone(person.zone), reminders.choice(unit, person.id).quiet)
    text = kindness(word.code, catalogue(person.language).gettext) if word.code else word.words
    reminder = Reminder(
        id=reminder_id(word.supporter_id),
        kind=Kind.KIND_WORD,
        key=word.supporter_id,
        active=True,
        habit=Habit(local.time(), Once(local.date())),
        changed_at=now,
        words={"from": word.whom, "text": text},
        next_due=local.replace(tzinfo=person.zone).astimezone(now.tzinfo),
        next_local=local,
    )
    reminders.keep(unit, person.id, reminder)


def forget_kind_words(unit: Unit, person: Person, supporter_id: str) -> None:
    """Nothing that came through this link reminds any more."""
    reminders.remove(unit, person.id, reminder_id(supporter_id))


def reminder_id(supporter_id: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"andante kind word {supporter_id}"))


def _when(local: datetime, quiet: Quiet | None) -> datetime:
    """The next whole minute on the wall, or the end of the quiet hours it lies in."""
    minute = local.replace(second=0, microsecond=0, tzinfo=None) + timedelta(minutes=1)
    if quiet is None or not quiet.holds(minute.time()):
        return minute
    ends = datetime.combine(minute.date(), quiet.end)
    return ends if ends >= minute else ends + timedelta(days=1)
