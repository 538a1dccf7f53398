"""Smaller answers for a slow phone: brotli, else gzip, with what lasts compressed once a process.

A page that shows a secret of its person stays as it is: how well it would compress tells something about it to who
can watch the line and choose a part of the page (the BREACH attack).
"""

from __future__ import annotations

from typing import Final

from flask import Flask, Request, Response, request
from flask_compress import Compress

ALGORITHMS: Final = ["br", "gzip"]
TEXTS: Final = [
    "text/html",
    "text/css",
    "text/javascript",
    "text/csv",
    "text/calendar",
    "application/json",
    "application/manifest+json",
    "image/svg+xml",
]
LASTING: Final = ("/style-", "/script-")
"""Addresses with their content in the name; what stands there never changes."""
REFUSED: Final = {404, 422, 429}
"""Whole pages too: what is not there, and a form that comes back. flask-compress makes 2xx smaller and nothing else."""
SECRET: Final = {
    "join.codes",
    "account.new_codes",
    "account.codes_form",
    "offline.key",
    "share.address",
    "supporter.address",
    "feed.page",
    "feed.calendar",
}


class Lasting:
    """Keeps what was compressed of the addresses that last, and nothing else."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        if key.partition(";")[2].startswith(LASTING):
            self._kept[key] = value


def prepare(app: Flask) -> None:
    app.config.update(
        COMPRESS_ALGORITHM=ALGORITHMS,
        COMPRESS_ALGORITHM_STREAMING=ALGORITHMS,
        COMPRESS_MIMETYPES=TEXTS,
        COMPRESS_BR_LEVEL=5,
        COMPRESS_CACHE_BACKEND=Lasting,
        COMPRESS_CACHE_KEY=_name,
        COMPRESS_REGISTER=False,
    )
    smaller = Compress(app)

    def compress(response: Response) -> Response:
        if request.endpoint in SECRET:
            return response
        status = response.status_code
        if status in REFUSED and not request.path.startswith(LASTING):  # what is not there is not kept as lasting
            response.status_code = 200
            response = smaller.after_request(response)
            response.status_code = status
            return response
        return smaller.after_request(response)

    app.after_request(compress)


def _name(asked: Request) -> str:
    return asked.path
