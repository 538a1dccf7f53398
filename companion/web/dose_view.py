"""A dose as pages show it: in words first, then drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.domain.product import Form, Piece
from companion.i18n.dose_words import dose_words, pieces_short
from companion.i18n.format import amount
from companion.web.locale import current_language


@dataclass(frozen=True)
class Drawn:
    """Equal pieces next to each other: `share` is "1", "1/2" or "1/4"; `strength` is said where it differs."""

    form: str
    share: str
    count: int
    strength: str


@dataclass(frozen=True)
class Picture:
    """The pieces of a dose as they are drawn, and what they are in a few words ("een hele en een halve")."""

    drawn: Sequence[Drawn]
    words: str


def words_of(pieces: Sequence[Piece]) -> str:
    """The dose in words: "anderhalve tablet van 1 mg"."""
    return dose_words(pieces, current_language())


def picture_of(pieces: Sequence[Piece]) -> Picture:
    return picture_in(pieces, current_language())


def picture_in(pieces: Sequence[Piece], language: str) -> Picture:
    """The picture with its words in a language that may not be the person's."""
    solid = all(piece.form in {Form.TABLET, Form.CAPSULE} for piece in pieces)
    several = len({(piece.form, piece.strength) for piece in pieces}) > 1
    whole = all(piece.piece == 1 for piece in pieces)
    drawn = [
        Drawn(
            piece.form.value,
            piece.piece_text if piece.form is Form.TABLET else "1",
            piece.count if solid else 1,
            amount(piece.strength, language) if several and solid else "",
        )
        for piece in pieces
    ]
    said = solid and not several and not (whole and len(pieces) == 1)
    return Picture(drawn, pieces_short(pieces, language) if said else "")
