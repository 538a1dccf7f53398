"""What a browser fetches to show a page, as bytes of brotli: the page, its stylesheet, its scripts and what they
import, its icon, its manifest and its pictures. Heads of answers are not counted, nor what the worker keeps afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import join, normpath

from flask.testing import FlaskClient

from bench.ten_years import ORIGIN
from companion.web.offline import version

RELS = {"stylesheet", "icon", "manifest"}
AS_BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "nl"}
_IMPORT = re.compile(rb'^\s*(?:import|export)[^"\n]*"(\.[^"]+)"', re.MULTILINE)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") in RELS:
            self.found.append(given.get("href") or "")
        elif tag in {"script", "img"} and not (given.get("src") or "data:").startswith("data:"):
            self.found.append(given.get("src") or "")


@dataclass
class Visit:
    """Bytes by address. `kept`: what the browser has from before, which does not change under its address. On a first
    visit the styles come with the page; on the next its worker has them, though it fetched them aside."""

    client: FlaskClient
    kept: set[str] = field(default_factory=set)
    sizes: dict[str, int] = field(default_factory=dict)
    lasting: set[str] = field(default_factory=set)

    def open(self, address: str) -> Visit:
        links = Links()
        links.feed(self._fetch(address).decode())
        for each in links.found:
            self._file(each)
        return self

    def again(self) -> Visit:
        return Visit(self.client, self.kept | self.lasting)

    @property
    def bytes(self) -> int:
        return sum(self.sizes.values())

    @property
    def script_bytes(self) -> int:
        return sum(size for address, size in self.sizes.items() if address.endswith(".js"))

    def _file(self, address: str) -> None:
        if address in self.sizes or address in self.kept or (self.kept and address.startswith("/style-")):
            return
        text = self._fetch(address)
        if address.endswith(".js"):
            for found in _IMPORT.findall(text):
                self._file(normpath(join(address, "..", found.decode())))

    def _fetch(self, address: str) -> bytes:
        """The text, after its size as it travels was noted."""
        if not address.startswith("/") or address.startswith("//"):
            raise SystemExit(f"{address} is of another host")
        worker = {"Kept-Version": version()} if self.kept else {}
        small = self.client.get(address, base_url=ORIGIN, headers=AS_BROWSER | worker)
        if small.status_code != 200:
            raise SystemExit(f"{address} answered {small.status_code}")
        self.sizes[address] = len(small.data)
        if "immutable" in small.headers.get("Cache-Control", ""):
            self.lasting.add(address)
        whole = self.client.get(address, base_url=ORIGIN, headers={"Accept-Language": "nl"} | worker)
        data: bytes = whole.data
        return data
