"""The help lines, read once from `content/directory.toml`. No database: urgent help needs nothing to work."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from companion.domain import directory
from companion.domain.directory import HelpLine, directory_from


@cache
def all_lines() -> tuple[HelpLine, ...]:
    """Every help line we know; raises ValueError when the content is not whole."""
    text = resources.files("companion").joinpath("content", "directory.toml").read_text(encoding="utf-8")
    return directory_from(tomllib.loads(text))


def urgent_lines(language: str) -> tuple[HelpLine, ...]:
    """The lines of the urgent page for a reader of this language, in the order to show them."""
    return directory.urgent_lines(all_lines(), language)


def later_lines(language: str) -> tuple[HelpLine, ...]:
    """What can wait until tomorrow, in the order to show it."""
    return directory.later_lines(all_lines(), language)


def line(line_id: str) -> HelpLine:
    """One line by its id, for a number beside a field ("poison"). KeyError for an id we do not have."""
    return {known.id: known for known in all_lines()}[line_id]
