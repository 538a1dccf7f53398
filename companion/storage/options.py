"""Execution options by which a transaction says what it is about, before it begins."""

from __future__ import annotations

from typing import Final

WRITES: Final = "companion_writes"
"""A writing transaction: the id of the person it is about, or EVERYONE. A transaction without it only reads."""

EVERYONE: Final = ""
"""A writing transaction that is not about one person only."""

WAIT: Final = "companion_wait"
"""How long a writing transaction waits for others, in words that PostgreSQL knows; five seconds without it."""

BESIDE: Final = "*"
"""A writing transaction about rows that it locks itself, one by one: several clocks work beside each other."""
