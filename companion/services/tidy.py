"""What the clock tidies: sessions and examples that are over, sign-in attempts that no longer slow anyone, and browsers
in which nobody opened the site for as long as a session lasts. Words of before there were keys of people get theirs,
and copies of keys hold nobody any more who was erased elsewhere."""

from __future__ import annotations

from datetime import datetime

from companion.services.back_up import keep_key_copies
from companion.services.end_examples import end_examples
from companion.services.rotate_keys import seal_old_words
from companion.services.sign_in import SESSION
from companion.services.slow_down import WINDOW
from companion.storage import attempts, passkeys, sessions, subscriptions
from companion.storage.unit_of_work import Store


def tidy(store: Store, now: datetime) -> None:
    with store.write() as unit:
        sessions.end_over(unit, now)
        passkeys.forget_spent(unit, now - WINDOW)
        attempts.forget_before(unit, now - WINDOW)
        subscriptions.remove_unseen(unit, now - SESSION)
    end_examples(store, now)
    seal_old_words(store)
    keep_key_copies(store)
