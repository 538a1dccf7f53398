"""A table as text that spreadsheet programs open safely: nothing in it can run.

A cell that begins with `= + - @`, a tab or a line end may be read as a formula; an apostrophe in front makes it text
(OWASP, "CSV Injection"). Semicolons between cells and a decimal comma, as Dutch and French spreadsheets have them; a
byte order mark, without which some of them do not see that this is UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

BOM: Final = "\ufeff"
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")

Cell = str | int | float | Decimal | None


def spreadsheet(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The text of a CSV file (RFC 4180, with semicolons). None is an empty cell; every other text is kept whole."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([_cell(heading) for heading in headings])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return BOM + file.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.lstrip(" \u00a0").startswith(_DANGEROUS) else value
    return str(value).replace(".", ",")
