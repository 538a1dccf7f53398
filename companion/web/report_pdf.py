"""The report as a tagged PDF (PDF/UA) in the language that was asked for: the blocks of the page, laid out by typst.

Texts go in as JSON and are only ever shown (`templates/shared/report.typ`), so nothing that someone typed is read as
markup. Only the fonts inside the wheel are used; what they have no letter for is shown as "□".
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
from markupsafe import Markup

from companion.services.report import Report
from companion.web.report_blocks import blocks_of
from companion.web.report_page import About, chart_of, picture, picture_words, report_page

STYLE: Final = """<style>
.chart-text{font-family:"Libertinus Serif","DejaVu Sans Mono";font-size:16px;fill:#222;
stroke:#fff;stroke-width:4;paint-order:stroke}
.chart-do,.chart-feeling-word,.chart-asleep-word{font-weight:bold}
.chart-axis{fill:none;stroke:#555;stroke-width:1}
.chart-band{fill:none;stroke:#777;stroke-width:.8;stroke-dasharray:3 3}.chart-band-back{stroke-dasharray:1 3}
.chart-bracket{fill:none;stroke:#333;stroke-width:2}.chart-bracket-back{stroke-dasharray:5 2}
.chart-bracket-hospital{stroke-dasharray:1.5 3}
.chart-stair{fill:none;stroke:#000;stroke-width:3.2;stroke-linejoin:round;stroke-linecap:round}
.chart-stair-next{fill:none;stroke:#555;stroke-width:2.6;stroke-dasharray:1 5;stroke-linecap:round}
.chart-today{fill:#000}.chart-halo{fill:#fff;stroke:#000;stroke-width:1.6}
.chart-mark{fill:#fff;stroke:#000;stroke-width:1.8;stroke-linejoin:round}
.chart-mark-more{fill:#000;stroke:#fff;stroke-width:1.2}.chart-mark-beside{fill:none}
.chart-in-bed{fill:#fff;stroke:#555;stroke-width:.9}.chart-asleep{fill:#777;fill-opacity:.6}
.chart-usual{fill-opacity:.1;stroke:#555;stroke-width:.9;stroke-dasharray:1.5 1.5}
.chart-mean-under{fill:none;stroke:#fff;stroke-width:6;stroke-linejoin:round;stroke-linecap:round}
.chart-mean{fill:none;stroke:#222;stroke-width:3;stroke-linejoin:round;stroke-linecap:round}
.chart-efficiency{fill:none;stroke:#333;stroke-width:1.6;stroke-dasharray:4 2;stroke-linejoin:round}
.chart-feeling-line{fill:none;stroke:#222;stroke-width:1.6}.chart-feeling{fill:#222;stroke:#fff;stroke-width:1.5}
</style>"""

NOTHING: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'

UNKNOWN: Final = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u024f\u0391-\u03c9\u0400-\u045f\u2010-\u2027\u202f-\u203a\u20ac\u2190-\u2193\u2212\u2264\u2265\u2248\u25a1\u00d7\u2026]"
)
"""What the fonts of the wheel may have no letter for: only replaced where a first try could not show a text."""


def report_pdf(report: Report, about: About, title: str, language: str, now: datetime) -> bytes:
    """The PDF of the report."""
    chart = chart_of(report)
    data = {
        "lang": language,
        "title": title,
        "author": about.app,
        "footer": f"{about.app} · {title}",
        "alt": picture_words(chart, language),
        "parts": blocks_of(str(report_page(report, about, language, chart))),
    }
    svg = _with_style(picture(chart, language))
    for each in (data, _showable(data)):
        try:
            return _compile(each, svg, now, universal=True)
        except typst.TypstError:
            continue
    return _compile(_showable(data), svg, now, universal=False)  # better a paper without that promise than none


def _compile(data: Mapping[str, Any], svg: str, now: datetime, *, universal: bool) -> bytes:
    return typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "svg": svg},
        pdf_standards=["ua-1"] if universal else None,
        timestamp=int(now.timestamp()),
    )


@cache
def _template() -> bytes:
    return files("companion.web").joinpath("templates", "shared", "report.typ").read_bytes()


def _with_style(drawn: Markup) -> str:
    """The picture of the page as a file of its own."""
    text = str(drawn).strip()
    if not text:
        return NOTHING
    text = text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return text.replace(">", f">{STYLE}", 1)


def _showable(data: Any) -> Any:
    """The same with a sign for every letter that the fonts may not have."""
    if isinstance(data, str):
        return UNKNOWN.sub("□", data)
    if isinstance(data, list):
        return [_showable(each) for each in data]
    if isinstance(data, dict):
        return {name: _showable(each) for name, each in data.items()}
    return data
