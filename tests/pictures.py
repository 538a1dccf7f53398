"""The pictures of the README: `python -m tests.pictures [folder]`, from made-up people at a fixed moment."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from companion.services.demo import PEOPLE
from companion.services.erase_person import find_person
from companion.services.set_preferences import set_language
from companion.settings import ROOT
from tests.e2e.browser import chromium, phone
from tests.e2e.hands import do, fill, sign_in
from tests.e2e.server import serving
from tests.worked_night import WORKED

PICTURES = {
    "today-nl-light": ("alice", "/today", "2026-11-21 22:00"),
    "plan-fr-light": ("bob", "/plan", "2026-11-21 10:30"),
    "night-nl-dark": ("alice", "/diary/2026-11-21", "2026-11-21 08:10"),
    "history-fr-dark": ("alice", "/history?window=all", "2026-11-21 22:00"),
}
"""Name, with language and theme -> whose page, where, when in Brussels."""
MOST_BYTES = 80_000


def main(folder: Path) -> None:
    """Take every picture into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as instance, serving(Path(instance), demo=True) as server, chromium() as browser:
        for name, (who, path, wall) in PICTURES.items():
            _, language, theme = name.split("-")
            person = find_person(server.house.store, who)
            if person is None:
                raise LookupError(who)
            set_language(server.house.store, person, language)
            server.clock.reset()
            context = phone(browser, server.address, language, color_scheme=theme, reduced_motion="reduce")
            page = context.new_page()
            sign_in(page, who, PEOPLE[who][0])
            server.clock.brussels(wall)
            page.goto(path)
            if path.startswith("/diary/"):
                fill(page, WORKED)
                do(page, path)
                page.goto(path)
            target = folder / f"{name}.png"
            page.screenshot(path=target)
            size = target.stat().st_size
            print(f"{target} {size // 1000} kB")
            if size > MOST_BYTES:
                raise ValueError(f"{target} is larger than {MOST_BYTES // 1000} kB")
            context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
