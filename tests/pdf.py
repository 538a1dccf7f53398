"""Reading a PDF far enough to know its pages, its texts and how small its letters are. Standard library only."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|/[^\s/<>\[\]()]+|[-+.\d]+|[A-Za-z'\"*]+|\[|\]")
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Letters:
    """A run of letters: its size on paper in points."""

    size: float


def parts(pdf: bytes) -> Iterator[bytes]:
    """Everything that is written in it: what stands open, and each compressed stream."""
    yield pdf
    place = 0
    while (start := pdf.find(b"stream", place)) >= 0:
        place = start + 6
        if pdf[start - 3 : start] == b"end":
            continue
        begins = start + 6 + (2 if pdf[start + 6 : start + 8] == b"\r\n" else 1)
        ends = pdf.find(b"endstream", begins)
        try:
            yield zlib.decompressobj().decompress(pdf[begins:ends])
        except zlib.error:
            continue
        place = ends


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    return sum(len(re.findall(rb"/Type\s*/Page(?![a-zA-Z])", part)) for part in parts(pdf))


def letters(pdf: bytes) -> list[Letters]:
    """Every run of letters that is drawn."""
    return [each for part in parts(pdf) if b" Tf" in part and b"BT" in part for each in _drawn(part)]


def _drawn(content: bytes) -> Iterator[Letters]:
    stack: list[Matrix] = []
    here, text, size = IDENTITY, IDENTITY, 0.0
    numbers: list[float] = []
    for token in _TOKEN.findall(content):
        if re.fullmatch(rb"[-+]?(\d+\.?\d*|\.\d+)", token):
            numbers.append(float(token))
            continue
        if token == b"q":
            stack.append(here)
        elif token == b"Q":
            here = stack.pop() if stack else IDENTITY
        elif token == b"cm":
            here = _times(_matrix(numbers), here)
        elif token == b"BT":
            text = IDENTITY
        elif token == b"Tm":
            text = _matrix(numbers)
        elif token == b"Tf":
            size = numbers[-1]
        elif token in {b"Tj", b"TJ"}:
            scale = _times(text, here)
            yield Letters(size * abs(scale[0] * scale[3] - scale[1] * scale[2]) ** 0.5)
        if not token.startswith((b"(", b"<", b"[", b"]", b"/")):
            numbers = []


def _matrix(numbers: list[float]) -> Matrix:
    a, b, c, d, e, f = numbers[-6:]
    return (a, b, c, d, e, f)


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def tagged(pdf: bytes) -> bool:
    """Whether it says that it is PDF/UA and has a tree of tags and a language."""
    whole = b"".join(parts(pdf))
    return b"pdfuaid" in whole and b"/StructTreeRoot" in whole and b"/Lang" in whole
