"""The service worker, made of its parts: what it keeps, the box of entries it shares with the pages, and its own texts.

The box is written as modules, which a worker of older browsers cannot import: here they become one function.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any, Final

from companion.settings import ROOT

PARTS: Final = tuple(ROOT / "static" / f"service-worker{part}.js" for part in ("", "-at-once", "-push"))
BOX: Final = tuple(ROOT / "static" / "js" / "modules" / name for name in ("phone.js", "box.js"))

_IMPORT: Final = re.compile(r"^import .*\n", re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:function|const) (\w+))", re.MULTILINE)


@lru_cache
def worker_text() -> str:
    """Everything but the list of what is kept."""
    modules = _IMPORT.sub("", "".join(path.read_text() for path in BOX))
    names = ", ".join(found[1] for found in _EXPORT.findall(modules))
    box = _EXPORT.sub(r"\1", modules)
    parts = "".join(path.read_text() for path in PARTS)
    return f"const BOX = (() => {{\n{box}return {{ {names} }};\n}})();\n{parts}"


def worker(keep: dict[str, Any]) -> str:
    return f"const KEEP = {json.dumps(keep)};\n{worker_text()}"
