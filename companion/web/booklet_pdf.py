"""The booklet as a tagged PDF, ten pages of A5, or the same ten on A4 in larger letters.

`templates/booklet/booklet.typ` lays it out. Its words are ours; the address and the name of who runs the site come from
the settings, and stand in the PDF only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any, Final

import segno
from markdown_it import MarkdownIt
from markdown_it.token import Token

from companion.domain.booklet import Booklet, BookletPage, place_of
from companion.i18n.format import date_full
from companion.i18n.marker import N_
from companion.services.booklet import booklet
from companion.services.directory import all_lines
from companion.web.in_language import in_language
from companion.web.locale import translate
from companion.web.typeset import typeset

SIZES: Final = ("a5", "a4")
KINDS: Final = ("emergency", "suicide", "listening", "poison", "on_call", "medicines")
NIGHTS: Final = 14
STEPS: Final = 7

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=16)
def booklet_pdf(language: str, size: str, address: str, app: str, host: str) -> bytes:
    """The PDF. The same words and address give the same file, so it is set once."""
    made = datetime.combine(booklet(language).reviewed, time(12), UTC)
    return typeset("booklet/booklet.typ", booklet_data(language, size, address, app, host), made)


def booklet_data(language: str, size: str, address: str, app: str, host: str) -> dict[str, Any]:
    """What the template shows."""
    found = booklet(language)
    with in_language(language):
        return {
            "lang": language,
            "size": size,
            "app": app,
            "title": found.title,
            "subtitle": found.subtitle,
            "pages": [{"heading": page.heading, "blocks": list(blocks(page))} for page in found.pages],
            "address": address,
            "qr": qr_rows(address),
            "qr_alt": translate(N_("QR code of the address")),
            "read_on": translate(N_("Read on, or keep your nights:")),
            "steps": [translate(word) for word in (N_("From (day)"), N_("Dose a day"), N_("How it goes"))],
            "step_rows": STEPS,
            "calendar": {"day": translate(N_("Morning of")), "nights": NIGHTS},
            "help": _help(language),
            "checked": translate(N_("Numbers checked on %(day)s.")) % {"day": date_full(_checked(), language)},
            "small": list(_small(found, language, app, host)),
        }


def qr_rows(address: str) -> list[str]:
    """The dark squares of the QR code as "1", row by row, without a margin."""
    return ["".join("1" if dark else "0" for dark in row) for row in segno.make(address, error="m", micro=False).matrix]


def _help(language: str) -> list[dict[str, str]]:
    """Who answers in this language, the urgent ones first."""
    known = [line for line in all_lines() if line.kind in KINDS and line.number and language in line.languages]
    known = [line for line in known if line.id != "pharmacy_on_call"]
    return [
        {
            "number": line.shown,
            "name": line.name_in(language),
            "about": line.about_in(language),
            "hours": line.hours_in(language),
        }
        for line in sorted(known, key=lambda line: KINDS.index(line.kind))
    ]


def _checked() -> Any:
    return all_lines()[0].checked


def _small(found: Booklet, language: str, app: str, host: str) -> Iterator[str]:
    yield translate(N_("This text is the same for everyone. It is not medical advice."))
    yield translate(N_("Your doctor or pharmacist can look with you at what it means for you."))
    yield translate(N_("Sources: %(sources)s")) % {"sources": " · ".join(found.sources)}
    yield translate(N_("Read through on %(day)s.")) % {"day": date_full(found.reviewed, language)}
    made = translate(N_("Made with %(app)s.")) % {"app": app}
    yield f"{made} {translate(N_('This site is run by %(host)s.')) % {'host': host}}" if host else made


def blocks(page: BookletPage) -> Iterator[dict[str, Any]]:
    """The page as plain blocks: {"kind": "h" | "p" | "list" | "numbers" | a place, …}; texts are lists of runs."""
    items: list[list[dict[str, Any]]] = []
    kind, depth = "", 0
    for token in _MARKDOWN.parse(page.markdown):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            kind, items, depth = ("list" if token.type.startswith("bullet") else "numbers"), [], depth + 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
            yield {"kind": kind, "items": items}
        elif token.type == "heading_open":
            kind = "h"
        elif token.type == "paragraph_open" and not depth:
            kind = "p"
        elif token.type == "inline":
            place = place_of(token.content)
            if place:
                yield {"kind": place}
            elif depth:
                items.append(_runs(token))
            else:
                yield {"kind": kind, "runs": _runs(token)}


def _runs(token: Token) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = []
    strong = False
    for child in token.children or []:
        if child.type in {"strong_open", "strong_close"}:
            strong = child.type == "strong_open"
        elif child.type in {"text", "softbreak"}:
            runs.append({"text": child.content if child.type == "text" else " ", "strong": strong})
    return runs
