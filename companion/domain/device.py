"""A short name for a browser, from what it says about itself (User-Agent): "Firefox · Android". Nothing else of it is
kept. Browsers name each other, so the order counts: who is built on another comes first (RFC 9110 §10.1.5)."""

from __future__ import annotations

from typing import Final

BROWSERS: Final = {
    "FxiOS": "Firefox",
    "Firefox": "Firefox",
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS: Final = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac": "Mac",
    "Linux": "Linux",
}


def device_words(agent: str) -> str:
    """Browser and system; "" where neither is known."""
    found = (next((name for sign, name in names.items() if sign in agent), "") for names in (BROWSERS, SYSTEMS))
    return " · ".join(name for name in found if name)
