"""A questionnaire from its file, already loaded. A mistake in it is our bug: a ValueError says where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from companion.domain.instrument.table import Table
from companion.domain.instrument.value import (
    About,
    Answer,
    EveryMonths,
    Instrument,
    Item,
    OnlyWhenAsked,
    Rhythm,
    SafetyAnswer,
    SafetyQuestion,
    Scale,
    Status,
    When,
    WithThePlan,
)

MOST_MONTHS: Final = 60
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def read_instrument(data: Mapping[str, object]) -> Instrument:
    """The questionnaire in the shape of `content/instruments/*.toml`.

    Raises ValueError, naming the place, for a key that is missing, of another type or left over, a language
    that is missing, two items with one id, an `urgent_from` that no answer reaches, a scale that is not there.
    """
    table = Table(data)
    answers = _answers(table)
    instrument = Instrument(
        id=table.text("id"),
        name=table.wording("name"),
        title=table.wording("title"),
        window_days=table.number("window_days"),
        window=table.wording("window"),
        question=table.wording("question"),
        intro=table.wording_or_none("intro"),
        new=table.wording_or_none("new"),
        about=About(table.one_of("about", list(About))),
        items=tuple(_item(each, answers) for each in table.tables("items")),
        total=table.yes_or_no("total", True),
        scales=tuple(Scale(each.text("id"), each.words()) for each in table.tables("scales")),
        safety=tuple(SafetyQuestion(each.text("id"), each.words()) for each in table.tables("safety")),
        safety_answers=tuple(
            SafetyAnswer(When(each.one_of("when", [when.value for when in When])), each.words())
            for each in table.tables("safety_answers")
        ),
        rhythm=_rhythm(table.table("offered")) if table.has("offered") else OnlyWhenAsked(),
        source=table.text("source"),
        status=Status(table.one_of("status", list(Status))),
        licence=table.wording("licence"),
    )
    table.close()
    _check(instrument)
    return instrument


def _answers(table: Table) -> tuple[Answer, ...]:
    return tuple(
        Answer(score := each.number("score"), each.words(), each.number_or("counts", score))
        for each in table.tables("answers")
    )


def _item(table: Table, answers: tuple[Answer, ...]) -> Item:
    """An item with answers of its own, else with those of the whole list."""
    return Item(
        id=table.text("id"),
        wording=table.words(),
        answers=_answers(table) or answers,
        urgent_from=table.number("urgent_from") if table.has("urgent_from") else None,
        scale=table.text_or("scale", ""),
        note=table.wording_or_none("note"),
    )


def _rhythm(table: Table) -> Rhythm:
    if table.has("every_months"):
        months = table.number("every_months")
        if not 0 < months <= MOST_MONTHS:
            raise ValueError(f"offered.every_months: 1 to {MOST_MONTHS} is needed")
        return EveryMonths(months)
    return WithThePlan() if table.yes_or_no("with_the_plan", False) else OnlyWhenAsked()


def _check(instrument: Instrument) -> None:
    scales = [scale.id for scale in instrument.scales]
    moments = [answer.when for answer in instrument.safety_answers]
    _once(instrument, "items", [item.id for item in instrument.items])
    _once(instrument, "scales", scales)
    _once(instrument, "safety", [question.id for question in instrument.safety])
    _once(instrument, "safety_answers", moments)
    ids = [instrument.id, *(item.id for item in instrument.items), *scales]
    ids += [question.id for question in instrument.safety]
    if wrong := [each for each in ids if not _ID.fullmatch(each)]:
        raise ValueError(f"{instrument.id}: {wrong[0]!r} is no id (small letters, digits, - and _)")
    if not instrument.items:
        raise ValueError(f"{instrument.id}: items and answers, from 0 points up, are needed")
    if instrument.window_days < 1:
        raise ValueError(f"{instrument.id}: window_days is at least 1")
    if instrument.safety and set(moments) != set(When):
        raise ValueError(f"{instrument.id}: safety_answers must be {', '.join(when.value for when in When)}")
    for item in instrument.items:
        _check_item(instrument, item, scales)
    for scale in instrument.scales:
        if not instrument.of_scale(scale):
            raise ValueError(f"{instrument.id}: scales[{scale.id}] has no items")


def _check_item(instrument: Instrument, item: Item, scales: Sequence[str]) -> None:
    place = f"{instrument.id}: items[{item.id}]"
    levels = [answer.score for answer in item.answers]
    _once(instrument, "answers", levels)
    if not levels or min(levels) < 0 or min(answer.counts for answer in item.answers) < 0:
        raise ValueError(f"{instrument.id}: items and answers, from 0 points up, are needed")
    if item.urgent_from is not None and not 0 < item.urgent_from <= max(levels):
        raise ValueError(f"{place}.urgent_from is no level of the answers")
    if item.scale and item.scale not in scales:
        raise ValueError(f"{place}.scale: {item.scale!r} is not one of the scales")


def _once(instrument: Instrument, place: str, keys: Sequence[object]) -> None:
    if len(set(keys)) < len(keys):
        raise ValueError(f"{instrument.id}: {place} says something twice")
