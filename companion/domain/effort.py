"""A bound on searching: what nobody's medicine needs is refused instead of making a person wait."""

from __future__ import annotations


class TooManyWaysError(Exception):
    """The products can be combined in more ways than we look through. `lay_out` turns it into a refusal."""


class Effort:
    """How many candidates may still be looked at; shared by all searches of one plan."""

    def __init__(self, most: int) -> None:
        self._left = most

    def spend(self, candidates: int = 1) -> None:
        self._left -= candidates
        if self._left < 0:
            raise TooManyWaysError
