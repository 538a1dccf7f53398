"""Work done in a copy of this process: whatever it breaks dies with it."""

from __future__ import annotations

import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

_MEMORY = 4 * 2**30


def in_a_child(work: Callable[[], int], seconds: float, log: Path | None = None) -> int | None:
    """What `work` gives; None when it needed more than so many seconds of the processor, or too much memory.

    A mutant can go round for ever, or make lists without end. The processor's seconds, not the clock's: a busy
    machine makes no difference.
    """
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _go(work, seconds, log)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None if os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL} else -os.WTERMSIG(status)
    return os.WEXITSTATUS(status)


def _go(work: Callable[[], int], seconds: float, log: Path | None) -> None:
    code = 3
    try:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        out = os.open(log or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)
