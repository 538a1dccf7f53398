"""The address of a link, as it is handed over: whole, as a QR code, in a mail."""

from __future__ import annotations

from urllib.parse import quote

import segno
from flask import request
from markupsafe import Markup

from companion.web.house import house
from companion.web.locale import translate


def whole(path: str) -> str:
    """The address as it is sent to somebody."""
    return (house().settings.base_url or request.host_url.rstrip("/")) + path


def qr(url: str) -> Markup:
    """A QR code of the address, drawn here: nobody else sees it."""
    drawn = segno.make(url, error="m", micro=False).svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None)
    named = f'<svg role="img" aria-label="{Markup.escape(translate("QR code of the address"))}" '
    return Markup(drawn.replace("<svg ", named, 1))  # noqa: S704  # made here, of digits and of our own words


def mail(url: str, subject: str, text: str) -> str:
    """A letter to fill in: the address of who gets it is not known here."""
    body = f"{text}\r\n\r\n{url}\r\n"
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"
