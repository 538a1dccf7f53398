"""Counts of all web processes of this machine, in small files that they share.

Each process adds to its own file, mapped into its memory; whoever is asked adds all files up, so it does not matter
which process answers. What a process counted stays when it ends: the next one that begins carries it to `past`, and
counts only go down with a new version that counts other things. A process holds a lock on its file while it lives.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import secrets
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

WIDE: Final = 8
"""Bytes of a number."""
END: Final = ".counts"


class Counters:
    """As many numbers as there are names."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self._folder = folder
        self._place = {name: at for at, name in enumerate(names)}
        self._bytes = WIDE * max(1, len(names))
        self._layout = hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]
        self._lock = Lock()
        folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._carry()
            path = folder / f"{self._layout}-{os.getpid()}-{secrets.token_hex(4)}{END}"
            self._file = open(path, "w+b")  # noqa: SIM115  # open, and locked, until the process ends
            fcntl.flock(self._file, fcntl.LOCK_EX)
            os.posix_fallocate(self._file.fileno(), 0, self._bytes)  # a full disk is told now, not at a request
        self._map = mmap.mmap(self._file.fileno(), self._bytes)
        self._mine = memoryview(self._map).cast("d")

    def add(self, *given: tuple[str, float]) -> None:
        """Add to some of them."""
        with self._lock:
            for name, amount in given:
                self._mine[self._place[name]] += amount

    def all(self) -> dict[str, float]:
        """Every number, of all processes and of those that were."""
        with self._alone():
            found = [_read(path, self._bytes) for path in self._folder.glob(f"{self._layout}-*{END}")]
        return {name: sum(each[at] for each in found) for name, at in self._place.items()}

    def processes(self) -> list[int]:
        """The ids of the web processes that live."""
        return [int(path.name.split("-")[1]) for path in self._files() if _lives(path)]

    def close(self) -> None:
        self._mine.release()
        self._map.close()
        self._file.close()

    def _files(self) -> list[Path]:
        """Of processes, whatever they count."""
        return sorted(path for path in self._folder.glob(f"*{END}") if path.name.split("-")[1] != "past")

    def _carry(self) -> None:
        """What those counted that are gone is put together; of another version it is forgotten."""
        gone = [path for path in self._files() if not _lives(path)]
        past = self._folder / f"{self._layout}-past-0{END}"
        ours = [path for path in gone if path.name.startswith(self._layout)]
        if ours:
            kept = [_read(path, self._bytes) for path in (*ours, past) if path.exists()]
            fresh = past.with_suffix(".new")
            sums = (sum(each[at] for each in kept) for at in range(self._bytes // WIDE))
            fresh.write_bytes(array("d", sums).tobytes())
            fresh.replace(past)
        others = [path for path in self._folder.glob(f"*-past-0{END}") if path != past]
        for path in (*gone, *others):
            path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody carries meanwhile: nothing is counted twice or not at all."""
        with open(self._folder / "lock", "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _read(path: Path, size: int) -> Sequence[float]:
    data = path.read_bytes().ljust(size, b"\0")[:size]
    return memoryview(data).cast("d")


def _lives(path: Path) -> bool:
    """Whether a process holds the lock on it."""
    try:
        with open(path, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def resident(process: int) -> int:
    """Bytes of memory that a process has of its own or shares; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * mmap.PAGESIZE
