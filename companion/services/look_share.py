"""Somebody holds the address of a link: open it, and look at what it shows.

A link that ended, was stopped or never was is the same "None", found by the same single question to the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.domain.share import MOST_TRIES, PIN, wait_after
from companion.services.passphrases import verify_passphrase
from companion.services.tokens import digest
from companion.storage import people, shares
from companion.storage.shares import Share
from companion.storage.unit_of_work import Store, Unit

READING = timedelta(hours=1)
"""How long a key goes on: language, PDF and reading again without pressing "show" or typing the PIN."""

ONE_VISIT = timedelta(minutes=1)
"""Opening twice within this time is told once."""


@dataclass(frozen=True)
class Looked:
    """What a link shows and for how long this reader may go on."""

    share: Share
    person: Person
    key: str


def find_share(store: Store, token: str, now: datetime) -> Share | None:
    """The link of an address, when it works."""
    with store.read() as unit:
        share = shares.by_digest(unit, digest(token))
    return share if share and share.works(now) else None


def note_opened(store: Store, share: Share, now: datetime) -> None:
    """The first page was opened; nothing was shown yet."""
    with store.write() as unit:
        _note(unit, share, "opened", now)


def look(store: Store, share: Share, pin: str, now: datetime) -> Looked | Refused:
    """Press "show". Where a PIN is asked, each try is counted before it is looked at, and waiting answers the same to a
    right and a wrong one."""
    if share.pin and (refused := _try(store, share, pin, now)):
        return refused
    with store.write() as unit:
        if share.pin:
            shares.forget_tries(unit, share)
        _note(unit, share, "looked", now)
        person = people.by_id(unit, share.person_id)
        key = _key(unit, share, now + READING)
    return _looked(share, person, key)


def go_on(store: Store, share: Share, key: str, now: datetime) -> Looked | None:
    """Look on with the key of a page that was shown; None when it is over, or the link changed since."""
    until = key.partition(".")[0]
    if not (until.isascii() and until.isdigit() and len(until) < 12 and now.timestamp() < int(until)):
        return None
    with store.read() as unit:
        if not compare_digest(_key(unit, share, datetime.fromtimestamp(int(until), now.tzinfo)).encode(), key.encode()):
            return None
        person = people.by_id(unit, share.person_id)
    return _looked(share, person, key)


def _looked(share: Share, person: Person | None, key: str) -> Looked:
    if person is None:
        raise ValueError(f"link {share.id} has nobody")
    return Looked(share, person, key)


def _key(unit: Unit, share: Share, until: datetime) -> str:
    """Signed, and of no use once the address, the PIN or the choices of the link are others."""
    ends = str(int(until.timestamp()))
    return (
        f"{ends}.{unit.seal.mark(' '.join(('look', ends, share.digest, share.pin_hash, share.changed_at.isoformat())))}"
    )


def _try(store: Store, share: Share, pin: str, now: datetime) -> Refused | None:
    if share.pin_tries >= MOST_TRIES:
        return Refused.because("pin", "share_pin_locked")
    if share.locked_until and now < share.locked_until:
        seconds = (share.locked_until - now).total_seconds()
        return Refused.because("pin", "share_pin_wait", minutes=str(max(1, -int(-seconds // 60))))
    pin = "".join(pin.split())
    if not PIN.fullmatch(pin):
        return Refused.because("pin", "share_pin")
    wait = wait_after(share.pin_tries + 1)
    with store.write() as unit:
        counted = shares.count_try(unit, share, now + wait if wait else None)
    if not counted:
        return Refused.because("pin", "share_pin_wait", minutes="1")
    if verify_passphrase(share.pin_hash, pin):
        return None
    return Refused.because("pin", "share_pin_wrong")


def _note(unit: Unit, share: Share, what: str, now: datetime) -> None:
    last = [
        view.at for view in shares.views_of(unit, share.person_id) if (view.share_id, view.what) == (share.id, what)
    ]
    if not last or now - last[0] >= ONE_VISIT:
        shares.add_view(unit, share, what, now)
