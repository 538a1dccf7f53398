"""A report read back from its markup as plain blocks: what stands on the page stands on the paper, by construction.

The blocks are texts and nothing else. They are handed to the paper as data and never become markup again.
"""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

_BLOCKS = {"h2", "h3", "p", "li", "td", "th"}
_VOID = {"br", "hr", "img", "input", "path", "rect", "circle"}


def blocks_of(markup: str) -> dict[str, list[dict[str, Any]]]:
    """Blocks by part ("head", "left", …): {"kind": "h2" | "h3" | "p" | "list" | "table" | "picture", …}.

    A text is a list of runs {"text", "strong", "soft"}. Whatever is marked `no-print` is left out.
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.parts


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: dict[str, list[dict[str, Any]]] = {}
        self._blocks: list[dict[str, Any]] = []
        self._runs: list[dict[str, Any]] | None = None
        self._kept_lines = False
        self._open: list[tuple[str, set[str]]] = []
        self._picture = 0
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        if self._hidden or "no-print" in classes:
            self._hidden += tag not in _VOID
            return
        if tag == "svg" and not self._picture:
            self._blocks.append({"kind": "picture"})
        if self._picture or tag == "svg":
            self._picture += tag not in _VOID
            return
        if tag in _VOID:
            return
        self._open.append((tag, classes))
        if part := given.get("data-part"):
            self._blocks = self.parts.setdefault(part, [])
        if tag in _BLOCKS:
            self._begin(tag, given)
        elif tag == "ul":
            self._blocks.append({"kind": "list", "items": []})
        elif tag == "table":
            self._blocks.append({"kind": "table", "head": [], "rows": []})
        elif tag == "tr" and self._inside("tbody"):
            self._blocks[-1]["rows"].append([])

    def _begin(self, tag: str, given: Mapping[str, str]) -> None:
        self._runs = []
        self._kept_lines = "own-words" in given.get("class", "")
        if tag in {"h2", "h3", "p"}:
            self._blocks.append({"kind": tag, "runs": self._runs, "soft": "soft" in given.get("class", "").split()})
        elif tag == "li":
            self._blocks[-1]["items"].append(self._runs)
        elif self._inside("tbody"):
            self._blocks[-1]["rows"][-1].append(self._runs)
        else:
            self._blocks[-1]["head"].append(self._runs)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
        elif self._picture:
            self._picture -= 1
        elif self._open:
            self._open.pop()
            if tag in _BLOCKS:
                _trim(self._runs or [])
                self._runs = None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<path …/>`: nothing in it."""

    def handle_data(self, data: str) -> None:
        if self._runs is None or self._hidden or self._picture:
            return
        text = data if self._kept_lines else _one_line(data)
        soft = any("soft" in classes for _, classes in self._open if _ not in _BLOCKS)
        self._runs.append({"text": text, "strong": self._inside("strong"), "soft": soft})

    def _inside(self, name: str) -> bool:
        return any(tag == name for tag, _ in self._open)


def _one_line(text: str) -> str:
    """Spaces and line ends of markup as a browser shows them: one space. No-break spaces stay."""
    words = text.replace("\n", " ").replace("\t", " ").split(" ")
    inner = " ".join(word for word in words if word)
    before = " " if text[:1] in {" ", "\n"} else ""
    after = " " if inner and text[-1:] in {" ", "\n"} else ""
    return f"{before}{inner}{after}"


def _trim(runs: list[dict[str, Any]]) -> None:
    """No spaces at the ends of a block."""
    if runs:
        runs[0]["text"] = runs[0]["text"].lstrip(" ")
        runs[-1]["text"] = runs[-1]["text"].rstrip(" ")
    runs[:] = [run for run in runs if run["text"]]
