"""What a phone sent, read by its kind: an entry to keep, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from companion.domain.check_in import check_in_to_data, read_check_in
from companion.domain.codes import Refused
from companion.domain.dose import dose_to_data, read_dose
from companion.domain.entry import CLOCKS_DIFFER, Entry, Kind
from companion.domain.instrument import answers_to_data
from companion.domain.night import lived_night, night_from_data, night_to_data
from companion.domain.night.lived import OTHER_LENGTH
from companion.domain.person import Person
from companion.domain.sent import Sent
from companion.services.log_symptoms import read_list


def read_entry(sent: Sent, person: Person, now: datetime) -> Entry | Refused:
    """The entry, with its data in the one way that its kind is written. Not for plan events, which act on a plan."""
    today = now.astimezone(person.zone).date() if sent.kind is Kind.NIGHT else person.day(now)
    if sent.day > today:
        return Refused.because("day", "person_future_night")
    data = _data(sent, person, now)
    if isinstance(data, Refused):
        return data
    return Entry(sent.id, sent.kind, sent.day, sent.recorded_at, data, stored_at=now)


def _data(sent: Sent, person: Person, now: datetime) -> Mapping[str, object] | Refused:
    match sent.kind:
        case Kind.NIGHT:
            return _night(sent, person)
        case Kind.SYMPTOMS:
            answers = read_list(sent.data)
            return answers if isinstance(answers, Refused) else answers_to_data(answers)
        case Kind.CHECK_IN:
            check_in = read_check_in(sent.data)
            return check_in if isinstance(check_in, Refused) else check_in_to_data(check_in)
        case Kind.DOSE:
            return _dose(sent, now)
    raise ValueError(f"{sent.kind} is not read here")


def _night(sent: Sent, person: Person) -> Mapping[str, object] | Refused:
    """A row of another length was painted before the person moved, on the clock of where they were."""
    night = night_from_data(sent.data, sent.day, person.zone)
    if isinstance(night, Refused) and OTHER_LENGTH in {reason.code for reason in night.reasons}:
        lived = lived_night(sent.data, sent.day, person.zone)
        return lived if isinstance(lived, Refused) else night_to_data(lived.night)
    return night if isinstance(night, Refused) else night_to_data(night)


def _dose(sent: Sent, now: datetime) -> Mapping[str, object] | Refused:
    dose = read_dose(sent.data)
    if isinstance(dose, Refused):
        return dose
    if dose.taken_at and dose.taken_at - now > CLOCKS_DIFFER:
        return Refused.because("taken_at", "dose_future")
    return dose_to_data(dose)
