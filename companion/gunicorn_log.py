"""gunicorn's own lines, in the same shape as ours and without what they quote of requests."""

from __future__ import annotations

import os
from typing import Any

from gunicorn.glogging import Logger

from companion.logs import formatter


class Log(Logger):  # type: ignore[misc]
    """Where gunicorn says that it began, that it stopped, and what was wrong with a request."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter(os.environ.get("LOG_FORMAT", "")))
