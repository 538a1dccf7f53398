"""`companion backup`, `restore` and `rotate-keys`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from companion.bootstrap import House
from companion.commands.progress import counting
from companion.domain.instant import instant_text
from companion.services.back_up import back_up, restore
from companion.services.rotate_keys import rotate_keys
from companion.storage.backup import Impossible
from companion.storage.key_copies import Unreadable
from companion.storage.restore import WithoutKeys, WouldOverwrite


class Refused(Exception):
    """One clear sentence why not; nothing was changed."""


def run_backup(house: House, asked: argparse.Namespace) -> dict[str, Any]:
    try:
        done = back_up(house.store, Path(asked.file), house.now(), counting("MB written"))
    except FileExistsError:
        raise Refused(f"file: {asked.file} is there already, and a backup overwrites nothing.") from None
    except (Impossible, OSError) as error:
        raise Refused(f"file: {error}") from error
    return {"backup": str(done.path), "bytes": done.size, "keys": str(done.keys)}


def run_restore(house: House, asked: argparse.Namespace) -> dict[str, Any]:
    path, keys = Path(asked.file), Path(asked.keys) if asked.keys else None
    given = {"force": asked.force, "without_words": asked.without_words, "tell": counting("rows put back")}
    try:
        done = restore(house.store, path, keys, **given)
    except WouldOverwrite as refused:
        raise Refused(
            f"database: {refused.people} people live in it, and everything of now would make way for {asked.file}; "
            "--force does that."
        ) from refused
    except WithoutKeys as refused:
        raise Refused(
            f"keys: to the words of {refused.people} people there is no key here or beside {asked.file}; name the copy "
            "of keys with --keys, or give up these words with --without-words."
        ) from refused
    except (Impossible, Unreadable, OSError) as error:
        raise Refused(str(error)) from error
    taken_at = instant_text(done.taken_at) if done.taken_at else None
    return {
        "restored": asked.file,
        "taken_at": taken_at,
        "people": done.people,
        "erased_since": done.erased,
        "withdrawn_since": done.ended.consents,
        "links_stopped": done.ended.links,
        "without_words": done.without_words,
    }


def run_rotate_keys(house: House, _asked: argparse.Namespace) -> dict[str, Any]:
    done = rotate_keys(house.store, counting("keys"))
    if done.unreadable:
        raise Refused(
            f"DATA_KEY_OLD: {done.unreadable} keys are under a DATA_KEY that is not named; they stay as they are, "
            f"{done.keys} others are done."
        )
    return {"keys": done.keys, "words": done.words}
