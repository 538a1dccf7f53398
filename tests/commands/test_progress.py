"""A long command says how far it is: at a terminal on one line, in a log now and then, and a short one nothing."""

from __future__ import annotations

import io

from companion.commands.progress import counting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def said(out: io.StringIO, every: float, steps: int = 100) -> str:
    seconds = Seconds()
    tell = counting("people", out, seconds)
    for done in range(steps + 1):
        tell(done, steps)
        seconds.now += every
    return out.getvalue()


def test_a_short_command_says_nothing() -> None:
    assert said(io.StringIO(), 0.001) == said(Terminal(), 0.001) == ""


def test_a_log_gets_a_line_every_few_seconds_at_most() -> None:
    assert said(io.StringIO(), 0.125).splitlines() == ["40 of 100 people", "80 of 100 people", "100 of 100 people"]


def test_a_terminal_gets_one_line_that_ends_with_the_last() -> None:
    text = said(Terminal(), 0.125)
    assert text.startswith("\r2 of 100 people \r4 of 100 people ")
    assert text.endswith("\r100 of 100 people\n")
    assert text.count("\n") == 1


def test_without_an_end_it_says_the_number() -> None:
    out, seconds = io.StringIO(), Seconds()
    tell = counting("MB written", out, seconds)
    seconds.now = 6
    tell(7)
    assert out.getvalue() == "7 MB written\n"
