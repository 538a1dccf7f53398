"""What `/preview` draws: doses, a plan, nights and months that nobody lived."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from companion.domain.history import DoseStep, History, NightBar, SymptomPoint, Taken, TakenDay, Turn
from companion.domain.product import Form as Made
from companion.domain.product import Piece
from companion.i18n.format import amount
from companion.web.dose_view import picture_of, words_of
from companion.web.locale import current_language
from companion.web.night_shapes import ArrowShape, Bar, NightShape, SignShape, Tick
from companion.web.sheet import Box, Sheet
from companion.web.sheet import Line as DoseLine
from companion.web.stair import Label, Line, Stair

DAY = date(2026, 11, 21)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def doses_drawn() -> list[list[Piece]]:
    half, quarter, one = Decimal("0.5"), Decimal("0.25"), Decimal(1)
    return [
        [Piece(one, Made.TABLET, one, 1), Piece(one, Made.TABLET, half, 1)],
        [Piece(Decimal(2), Made.TABLET, quarter, 1)],
        [Piece(Decimal(5), Made.TABLET, one, 1), Piece(Decimal(2), Made.TABLET, half, 1)],
        [Piece(Decimal(10), Made.CAPSULE, one, 2)],
        [Piece(Decimal("1.8"), Made.MADE_CAPSULE, one, 1)],
        [Piece(one, Made.DROPS, one, 12)],
        [Piece(one, Made.LIQUID, Decimal("2.5"), 1)],
    ]


def a_history() -> History:
    nights = tuple(
        NightBar(ago(back), 480 - back % 5 * 10, 330 + back % 7 * 12, Fraction(60 + back % 9 * 3), 15 < back < 20)
        for back in range(40, 0, -1)
    )
    return History(
        doses=(
            DoseStep(ago(40), ago(28), Decimal(2)),
            DoseStep(ago(27), ago(16), Decimal("1.8")),
            DoseStep(ago(12), ago(-10), Decimal("1.8")),
        ),
        nights=nights,
        symptoms=tuple(SymptomPoint(ago(back), back // 4) for back in (36, 22, 8)),
        turns=(Turn("stay", ago(27), ago(16)), Turn("hospital", ago(15), ago(13)), Turn("back", ago(8), None)),
        taken=(
            TakenDay(ago(35), Taken.MORE, Decimal(2), Decimal(1)),
            TakenDay(ago(25), Taken.LESS, Decimal("1.8"), Decimal("-0.8")),
            TakenDay(ago(14), Taken.BESIDE, Decimal(0), Decimal(1)),
            TakenDay(ago(10), Taken.NOTHING, Decimal("1.8"), Decimal("-1.8")),
        ),
    )


def drawn() -> dict[str, Any]:
    """A stair with all its kinds of line, a night and none, and the beginning of a month on paper."""
    past, coming, sketch = "M8 26H90V60H150", "M150 60H210V94H270", "M270 94V128H332"
    hours = [Tick(90, 18), Tick(180, 0), Tick(270, 6)]
    bars = [Bar(152, 12, "b"), Bar(164, 60, "s"), Bar(224, 8, "w"), Bar(232, 50, "s"), Bar(282, 10, "b")]
    pieces = doses_drawn()[0]
    taken = [DoseLine("bedtime", words_of(pieces), picture_of(pieces))]
    days = [Box(date(2026, 11, day), taken) for day in range(2, 9)]
    week = [Box(None)] * 6 + [Box(date(2026, 11, 1), taken)]
    return {
        "stair": Stair(
            [Line("past", past), Line("next", coming), Line("sketch", sketch)],
            [Label(8, 18, "start", amount(Decimal(2), current_language()))],
            (150, 60),
            words_of(pieces),
        ),
        "a_night": NightShape(
            bars, [ArrowShape(152, True), ArrowShape(292, False)], [SignShape(146, "medicine")], hours, None, 24
        ),
        "no_night": NightShape([], [], [], hours, None, 24),
        "sheet": Sheet(
            language=current_language(),
            medicine="lormetazepam",
            month=date(2026, 11, 1),
            weeks=[week, days],
            named=False,
            dense=False,
            roomy=True,
            key=(),
            sums=(),
            sketch=True,
            made_on=DAY,
            poison="070 245 245",
            emergency="112",
        ),
        "codes": ["2345-6789-2345-6789", "3456-7892-3456-7892", "4567-8923-4567-8923", "5678-9234-5678-9234"],
    }
