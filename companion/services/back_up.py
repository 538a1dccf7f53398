"""Copies of everything; what was erased, withdrawn or stopped since stays so when one is put back (docs/adr/0011)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from companion.services.withdraw import end_again
from companion.storage import backup, key_copies
from companion.storage import restore as storage
from companion.storage.restore import Restored
from companion.storage.unit_of_work import Store


def _nothing(_number: int) -> None:
    return None


@dataclass(frozen=True)
class BackedUp:
    """The copy, and the file beside it with the keys to its words."""

    path: Path
    keys: Path
    size: int


def back_up(store: Store, path: Path, now: datetime, tell: Callable[[int], None] = _nothing) -> BackedUp:
    """A copy while people write. Raises Impossible, or FileExistsError where something has that name."""
    path = path.absolute()
    keys = path.with_name(key_copies.name_of(store.house_key()))
    backup.back_up(store, path, keys, now, tell)
    key_copies.remember(store.instance, keys)
    return BackedUp(path, keys, path.stat().st_size)


def restore(
    store: Store,
    path: Path,
    keys: Path | None,
    *,
    force: bool = False,
    without_words: bool = False,
    tell: Callable[[int], None] = _nothing,
) -> Restored:
    """A copy in place of everything here. Raises Impossible, WouldOverwrite or WithoutKeys: then nothing is changed.

    Keys, who was erased and what people ended are looked for here, in the copies that this machine knows and beside
    the backup.
    """
    beside = [each for each in path.absolute().parent.glob(f"*{key_copies.SUFFIX}") if each != keys]
    found = key_copies.read_all([*key_copies.known(store.instance), *beside, *([keys] if keys else [])])
    done = storage.restore(store, path, found, end_again, force=force, without_words=without_words, tell=tell)
    store.forget_house_key()
    return done


def keep_key_copies(store: Store) -> None:
    """Whoever was erased is in no copy of keys on this machine any more, and what was ended is in each."""
    if not key_copies.known(store.instance):
        return
    with store.engine.connect() as connection:
        found = key_copies.of_now(connection, store.now())
    key_copies.bring_up_to_date(store.instance, found)
