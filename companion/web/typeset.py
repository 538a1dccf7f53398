"""A tagged PDF (PDF/UA) from a template of typst and data: nothing that someone typed is read as markup.

Only the fonts inside the wheel of typst are used; what they have no letter for is shown as "□".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import typst

UNKNOWN: Final = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u024f\u0391-\u03c9\u0400-\u045f\u2010-\u2027\u202f-\u203a\u20ac\u2190-\u2193\u2212\u2264\u2265\u2248\u25a1\u00d7\u2026]"
)
"""What those fonts may have no letter for: only replaced where a first try could not show a text."""


def typeset(template: str, data: Mapping[str, Any], now: datetime, svg: str = "") -> bytes:
    """The PDF. `data` is handed over as JSON, `svg` as the text of a picture."""
    for each in (data, _showable(data)):
        try:
            return _compile(template, each, now, svg, universal=True)
        except typst.TypstError:
            continue
    return _compile(
        template, _showable(data), now, svg, universal=False
    )  # better a paper without that promise than none


def _compile(template: str, data: Mapping[str, Any], now: datetime, svg: str, *, universal: bool) -> bytes:
    return typst.compile(
        _template(template),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "svg": svg},
        pdf_standards=["ua-1"] if universal else None,
        timestamp=int(now.timestamp()),
    )


@cache
def _template(name: str) -> bytes:
    return files("companion.web").joinpath("templates", *name.split("/")).read_bytes()


def _showable(data: Any) -> Any:
    """The same with a sign for every letter that the fonts may not have."""
    if isinstance(data, str):
        return UNKNOWN.sub("□", data)
    if isinstance(data, list):
        return [_showable(each) for each in data]
    if isinstance(data, dict):
        return {name: _showable(each) for name, each in data.items()}
    return data
