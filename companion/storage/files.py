"""Files that are there whole or not at all, also after a power cut, and readable by their owner only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PART: Final = ".part"


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to, for its owner only; whatever is left there at the end goes."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield part
    finally:
        for left in (part, *(part.with_name(part.name + end) for end in ("-journal", "-wal", "-shm"))):
            left.unlink(missing_ok=True)


def put_new(part: Path, path: Path) -> None:
    """The finished part under its name. Raises FileExistsError when something has that name: nothing is overwritten."""
    sync(part)
    os.link(part, path)
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """In place of whatever had this name."""
    with part_of(path) as part:
        part.write_bytes(content)
        sync(part)
        os.replace(part, path)
        sync_folder(path.parent)
