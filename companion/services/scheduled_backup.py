"""A backup every night, by whichever clock comes first, and none that is older than people were told."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from companion.services.back_up import back_up
from companion.storage import backup_turns
from companion.storage.backup import Impossible
from companion.storage.ended import KEPT
from companion.storage.files import PART
from companion.storage.unit_of_work import Store

log = logging.getLogger("companion.backup")

AT: Final = time(2, 30, tzinfo=UTC)
"""A quiet hour in Belgium, winter and summer."""

BUSY: Final = timedelta(hours=2)
AGAIN: Final = timedelta(hours=1)
_NAME: Final = re.compile(r"andante-(\d{4}-\d{2}-\d{2})\.backup")


def name_on(day: date) -> str:
    return f"andante-{day.isoformat()}.backup"


def last_slot(now: datetime) -> datetime:
    """The last half past two."""
    slot = datetime.combine(now.astimezone(UTC).date(), AT)
    return slot if slot <= now else slot - timedelta(days=1)


def back_up_when_due(
    store: Store, folder: Path, now: datetime, tell: Callable[[int], None] = lambda _number: None
) -> Path | None:
    """The night's backup, unless there is one or another clock is busy with it. One that does not succeed is tried
    again an hour later, and the log says why."""
    throw_away_old(folder, now)
    slot = last_slot(now)
    with store.write() as unit:
        if not backup_turns.take(unit, slot, now, now + BUSY):
            return None
    path = folder / name_on(slot.date())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            log.info("the backup of %s is there already", slot.date())
        else:
            back_up(store, path, now, tell)
    except (Impossible, OSError) as error:
        log.error("no backup: %s", error)
        with store.write() as unit:
            backup_turns.put_off(unit, now + AGAIN)
        return None
    with store.write() as unit:
        backup_turns.done(unit, now)
    return path


def throw_away_old(folder: Path, now: datetime) -> None:
    """Backups that are too old, and halves that a clock left when it was killed. Nothing else in the folder."""
    for path in folder.glob("andante-*.backup"):
        named = _NAME.fullmatch(path.name)
        if named and date.fromisoformat(named[1]) <= (now - KEPT).date():
            path.unlink(missing_ok=True)
    for path in folder.glob(f".andante-*{PART}*"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - timedelta(days=1):
            path.unlink(missing_ok=True)
