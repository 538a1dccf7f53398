"""What withdrawing a consent does: at once, and again when a copy from before is put back."""

from __future__ import annotations

from datetime import datetime

from companion.domain.consent import KEEPING, Purpose
from companion.services.stop_reminders import stop_without
from companion.storage import people, shares
from companion.storage.ended import Ended, EndedAgain
from companion.storage.unit_of_work import Unit


def withdraw(unit: Unit, person_id: str, purpose: Purpose, now: datetime) -> None:
    """Withdrawing what something is kept for stops every link: it is shown to nobody else any more."""
    people.withdraw_consent(unit, person_id, purpose, now)
    if purpose in KEEPING:
        shares.stop_all(unit, person_id, now)


def end_again(unit: Unit, ended: Ended) -> EndedAgain:
    """In what a copy put back: withdrawn consents are withdrawn, and links that ended or changed since are stopped.

    A consent that was given after the last withdrawal stays; so does a link that is newer than its last change.
    """
    links = sum(shares.stop_changed(unit, *whose, at) for whose, at in ended.links.items())
    withdrawn = 0
    for person_id in sorted({person_id for person_id, _ in ended.consents}):
        withdrawn += _withdraw_again(unit, person_id, ended)
    return EndedAgain(withdrawn, links)


def _withdraw_again(unit: Unit, person_id: str, ended: Ended) -> int:
    living = [each for each in people.consents(unit, person_id) if each.withdrawn_at is None]
    over = {
        each.purpose: at
        for each in living
        if (at := ended.consents.get((person_id, each.purpose.value))) is not None and each.given_at < at
    }
    for purpose, at in over.items():
        withdraw(unit, person_id, purpose, at)
    if over:
        standing = {each.purpose for each in living if each.stands and each.purpose not in over}
        stop_without(unit, person_id, standing, max(over.values()))
    return len(over)
