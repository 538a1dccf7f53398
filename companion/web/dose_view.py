"""A dose as pages show it: in words first, then drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.domain.product import Form, Piece
from companion.i18n.dose_words import dose_words
from companion.web.locale import current_language


@dataclass(frozen=True)
class Drawn:
    """What the picture macro draws: `share` is "1", "1/2" or "1/4"."""

    form: str
    share: str
    count: int
    label: str


def words_of(pieces: Sequence[Piece]) -> str:
    return dose_words(pieces, current_language())


def picture_of(pieces: Sequence[Piece]) -> list[Drawn]:
    language = current_language()
    return [
        Drawn(
            piece.form.value,
            piece.piece_text if piece.form is Form.TABLET else "1",
            piece.count if piece.form in {Form.TABLET, Form.CAPSULE} else 1,
            dose_words([Piece(piece.strength, piece.form, piece.piece, 1)], language)
            if piece.form in {Form.TABLET, Form.CAPSULE}
            else dose_words([piece], language),
        )
        for piece in pieces
    ]
