"""A questionnaire from its file, already loaded. A mistake in it is our bug: a ValueError says where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from companion.domain.instrument.value import (
    Answer,
    Instrument,
    Item,
    SafetyAnswer,
    SafetyQuestion,
    When,
    Wording,
)

LANGUAGES: Final = ("nl", "fr")


def read_instrument(data: Mapping[str, object]) -> Instrument:
    """The questionnaire in the shape of `content/instruments/*.toml`.

    Raises ValueError, naming the place, for a key that is missing, of another type or left over, a language
    that is missing, two items with one id, or an `urgent_from` that no answer reaches.
    """
    table = _Table(data, "")
    instrument = Instrument(
        id=table.text("id"),
        name=table.wording("name"),
        window_days=table.number("window_days"),
        window=table.wording("window"),
        question=table.wording("question"),
        new=table.wording("new"),
        answers=tuple(Answer(each.number("score"), each.words()) for each in table.tables("answers")),
        items=tuple(
            Item(
                each.text("id"), each.words(), each.number("urgent_from") if each.has("urgent_from") else None
            )
            for each in table.tables("items")
        ),
        safety=tuple(SafetyQuestion(each.text("id"), each.words()) for each in table.tables("safety")),
        safety_answers=tuple(
            SafetyAnswer(When(each.text("when")), each.words()) for each in table.tables("safety_answers")
        ),
        source=table.text("source"),
        licence=table.wording("licence"),
    )
    table.close()
    _check(instrument)
    return instrument


def _check(instrument: Instrument) -> None:
    ids = [item.id for item in instrument.items]
    scores = [answer.score for answer in instrument.answers]
    questions = [question.id for question in instrument.safety]
    moments = [answer.when for answer in instrument.safety_answers]
    for place, keys in (
        ("items", ids),
        ("answers", scores),
        ("safety", questions),
        ("safety_answers", moments),
    ):
        if len(set(keys)) < len(keys):
            raise ValueError(f"{instrument.id}: {place} says something twice")
    if not ids or not scores or min(scores) < 0:
        raise ValueError(f"{instrument.id}: items and answers, from 0 points up, are needed")
    if questions and set(moments) != set(When):
        raise ValueError(f"{instrument.id}: safety_answers must be {', '.join(when.value for when in When)}")
    for item in instrument.items:
        if item.urgent_from is not None and not 0 < item.urgent_from <= max(scores):
            raise ValueError(f"{instrument.id}: items[{item.id}].urgent_from is no level of the answers")


class _Table:
    """A table of the file that knows where it stands and which of its keys were read."""

    def __init__(self, data: Mapping[str, object], place: str) -> None:
        self._data = data
        self._place = place
        self._left = set(data)
        self._inner: list[_Table] = []

    def has(self, key: str) -> bool:
        return key in self._data

    def text(self, key: str) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{self._place}{key}: a text is needed")
        return value

    def number(self, key: str) -> int:
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{self._place}{key}: a whole number is needed")
        return value

    def words(self) -> Wording:
        return {language: self.text(language) for language in LANGUAGES}

    def wording(self, key: str) -> Wording:
        value = self._take(key)
        if not isinstance(value, Mapping):
            raise ValueError(f"{self._place}{key}: a table is needed")
        return self._open(value, f"{key}.").words()

    def tables(self, key: str) -> Sequence[_Table]:
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

    def _open(self, data: Mapping[str, object], place: str) -> _Table:
        inner = _Table(data, self._place + place)
        self._inner.append(inner)
        return inner
