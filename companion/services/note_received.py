"""A phone says that it showed a message: so messages really arrive there."""

from __future__ import annotations

from datetime import datetime

from companion.storage import receipts
from companion.storage.unit_of_work import Store

LONGEST_TOKEN = 64


def note_received(store: Store, token: str, now: datetime) -> None:
    """Only the phone that got the message can know its token. A token that was never given out changes nothing."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return
    with store.read() as unit:
        person_id = receipts.person_of(unit, token)
    if person_id:
        with store.write(person_id) as unit:
            receipts.note_shown(unit, person_id, token, now)
