"""A table of a questionnaire's file that knows where it stands and which of its keys were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from companion.domain.instrument.value import Wording

LANGUAGES: Final = ("nl", "fr")


class Table:
    """Every reading raises ValueError, naming the place, for what is missing or of another type."""

    def __init__(self, data: Mapping[str, object], place: str = "") -> None:
        self._data = data
        self._place = place
        self._left = set(data)
        self._inner: list[Table] = []

    def has(self, key: str) -> bool:
        return key in self._data

    def text(self, key: str) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{self._place}{key}: a text is needed")
        return value

    def text_or(self, key: str, otherwise: str) -> str:
        return self.text(key) if self.has(key) else otherwise

    def one_of(self, key: str, words: Sequence[str]) -> str:
        value = self.text(key)
        if value not in words:
            raise ValueError(f"{self._place}{key}: one of {', '.join(words)} is needed")
        return value

    def number(self, key: str) -> int:
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{self._place}{key}: a whole number is needed")
        return value

    def number_or(self, key: str, otherwise: int) -> int:
        return self.number(key) if self.has(key) else otherwise

    def yes_or_no(self, key: str, otherwise: bool) -> bool:
        value = self._take(key) if self.has(key) else otherwise
        if not isinstance(value, bool):
            raise ValueError(f"{self._place}{key}: true or false is needed")
        return value

    def words(self) -> Wording:
        return {language: self.text(language) for language in LANGUAGES}

    def wording(self, key: str) -> Wording:
        return self.table(key).words()

    def wording_or_none(self, key: str) -> Wording | None:
        return self.wording(key) if self.has(key) else None

    def table(self, key: str) -> Table:
        value = self._take(key)
        if not isinstance(value, Mapping):
            raise ValueError(f"{self._place}{key}: a table is needed")
        return self._open(value, f"{key}.")

    def tables(self, key: str) -> Sequence[Table]:
        """The tables of an array; none where the key is absent."""
        value = self._take(key) if self.has(key) else []
        if not isinstance(value, Sequence) or not all(isinstance(each, Mapping) for each in value):
            raise ValueError(f"{self._place}{key}: a list of tables is needed")
        return [self._open(each, f"{key}[{place}].") for place, each in enumerate(value)]

    def close(self) -> None:
        """Nothing may be left unread, here or further in."""
        if self._left:
            raise ValueError(f"{self._place}{min(self._left)}: unknown key")
        for inner in self._inner:
            inner.close()

    def _take(self, key: str) -> object:
        if key not in self._data:
            raise ValueError(f"{self._place}{key}: missing")
        self._left.discard(key)
        return self._data[key]

    def _open(self, data: Mapping[str, object], place: str) -> Table:
        inner = Table(data, self._place + place)
        self._inner.append(inner)
        return inner
