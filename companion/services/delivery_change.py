"""What becomes of a delivery, by what a push service or a mail server answered: the columns that change with it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from companion.notify.parcel import Failed, Gone, Handed, Outcome, Stopped, TooLarge, Wait
from companion.storage.deliveries import KEPT, Delivery, DeliveryColumns, State

log = logging.getLogger("companion.clock")

FIRST_WAIT: Final = timedelta(seconds=15)
LONGEST_WAIT: Final = timedelta(minutes=10)
STOPPED_FOR: Final = timedelta(minutes=30)

Change = dict[str, Any]


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    doubled: int = 2 ** min(max(tries - 1, 0), 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def change_of(delivery: Delivery, outcome: Outcome, now: datetime) -> Change:
    """After an answer."""
    match outcome:
        case Handed():
            return over(State.HANDED, now) | {"handed_at": now}
        case Gone():
            return over(State.GONE, now)
        case TooLarge():
            return over(State.FAILED, now, "too_large")
        case Failed(code):
            return over(State.FAILED, now, code)
        case Stopped(_, code):
            return wait(delivery, now + STOPPED_FOR, code, now)
        case Wait(until, code):
            return wait(delivery, max(until or now, now + pause(delivery.tries)), code, now)


def over(state: State, now: datetime, error: str = "") -> Change:
    """Nothing more is tried; the row stays a while."""
    return {"state": state.value, "error": error, "next_try_at": now + KEPT}


def wait(delivery: Delivery, until: datetime, code: str, now: datetime) -> Change:
    """Later, as long as it is useful then."""
    if until >= delivery.useful_until:
        return over(State.LAPSED, now, code)
    return {"next_try_at": until, "error": code}


def failed(each: Delivery | DeliveryColumns, error: Exception, now: datetime) -> Change:
    """Our fault or a damaged row: again while it is useful, it may be mended by then."""
    log.error("a message cannot be made: %s", type(error).__name__)  # its text may quote what someone wrote
    until = now + pause(each.tries)
    name = type(error).__name__
    return over(State.FAILED, now, name) if until >= each.useful_until else {"next_try_at": until, "error": name}
