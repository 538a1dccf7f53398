"""Lines on standard error: plain, or one JSON object a line (LOG_FORMAT=json). Pure standard library, below all rooms.

What an error says may quote a person, and an address may hold a token: of an error only its kind and its places in the
code are told, whoever logs it.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

FORMATS: Final = ("plain", "json")
REQUESTS: Final = "companion.requests"
"""The logger with one line a request."""

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Set while a request is answered: its lines can be found together."""

QUOTING: Final = ("Invalid request", "Error handling request")
"""What gunicorn says with an address or the words of a request behind it."""

AT_START: Final = "Exception in worker process"
"""Said by gunicorn of a worker that cannot begin: nobody asked anything yet, and whoever hosts must read why."""


class Plain(logging.Formatter):
    """A line for who reads along, and where an error happened below it."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{_at(record)} {record.levelname} {record.name}: {_said(record)}"
        kind, places = _error(record)
        return f"{line} ({kind})\n{''.join(places)}".rstrip() if kind else line


class Json(logging.Formatter):
    """One JSON object: when, how bad, whose, what; the fields of a request; of an error its kind and its places."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": _at(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _said(record),
        }
        if named := request_id.get():
            line["request"] = named
        line |= getattr(record, "fields", {})
        kind, places = _error(record)
        if kind:
            line |= {"error": kind, "where": [place.strip() for place in places]}
        return json.dumps(line, ensure_ascii=False)


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _said(record: logging.LogRecord) -> str:
    quoting = next((each for each in QUOTING if str(record.msg).startswith(each)), None)
    return quoting or record.getMessage()


def _error(record: logging.LogRecord) -> tuple[str, list[str]]:
    if not record.exc_info or record.exc_info[0] is None:
        return "", []
    kind, error, where = record.exc_info
    told = f"{kind.__name__}: {error}" if str(record.msg).startswith(AT_START) else kind.__name__
    return told, traceback.format_tb(where)


def formatter(name: str) -> logging.Formatter:
    return Json() if name == "json" else Plain()


class Handler(logging.StreamHandler[Any]):
    """Ours: so that beginning twice is the same as once."""


def begin(name: str) -> None:
    """From now on this process logs so. Requests have a line each in JSON only."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, Handler)]:
        root.removeHandler(handler)
    handler = Handler(sys.stderr)
    handler.setFormatter(formatter(name))
    root.addHandler(handler)
    logging.getLogger("companion").setLevel(logging.INFO)
    logging.getLogger(REQUESTS).setLevel(logging.INFO if name == "json" else logging.WARNING)
