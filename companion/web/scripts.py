"""Which scripts a page loads: those for everyone, those of whoever is signed in, and those whose marks stand in it.

Every page works without any of them. The order counts: of two that listen to one form the first is heard first.
"""

from __future__ import annotations

from typing import Final

EVERYONE: Final = ("",)
SOMEONE: Final = ()
"""On each page of someone signed in, and on no other."""
MARKS: Final[dict[str, tuple[str, ...]]] = {
    "focus": ("data-focus",),
    "print": ("data-print",),
    "urgent": ("data-urgent-form",),
    "live": ("data-preview",),
    "read-back": ("data-read-back",),
    "keep": EVERYONE,
    "at-once": ("data-at-once-too",),
    "install": ("data-install",),
    "night": ("data-by-night",),
    "write": SOMEONE,
    "waiting": SOMEONE,
    "someone-else": EVERYONE,
    "draw": ("data-draw",),
    "hand-over": ("data-copy", "data-hand-over", "data-whole"),
    "show": ("data-show",),
    "once": EVERYONE,
    "clover": EVERYONE,
    "find": ("data-find",),
    "exercise": ("data-one", "data-pacer", "data-throw", "data-window"),
    "own": SOMEONE,
    "zone": ("data-zone-here",),
    "push": EVERYONE,
    "lock": EVERYONE,
    "passkey": ("data-passkey-new", "data-passkey-use"),
    "lock-set": ("data-lock-set",),
}
"""The modules of static/js/modules that pages begin with, each with the attributes that it looks for."""


def scripts_of(body: str, *, someone: bool) -> list[str]:
    """The scripts for a page, by their names under static/js. `body` is its markup; `someone` is signed in."""
    return [
        f"modules/{name}.js"
        for name, marks in MARKS.items()
        if (someone if marks == SOMEONE else any(mark in body for mark in marks))
    ]
