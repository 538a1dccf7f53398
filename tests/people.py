"""Alice owns, Bob is another person, Charlie is a stranger. They come in through the front door."""

from __future__ import annotations

from flask import Flask

from tests.web.fetcher import Browser

PASSPHRASES = {
    "alice": "seven quiet yellow boats",
    "bob": "quatre nuages bleus lents",
    "charlie": "a stranger walks by here",
}
LANGUAGES = {"alice": "nl", "bob": "fr", "charlie": "nl"}


def newcomer(app: Flask, language: str = "nl") -> Browser:
    """A browser that nobody has used here yet."""
    return Browser(app, language)


def joined(app: Flask, name: str, *, purposes: tuple[str, ...] = ("plan", "diary")) -> Browser:
    """Someone who joined, put the codes away and said yes to these purposes."""
    browser = newcomer(app, LANGUAGES[name])
    browser.post("/join", {"name": name, "passphrase": PASSPHRASES[name], "adult": "yes"}, expect=303)
    browser.post("/join/codes", expect=303)
    browser.post("/consent", {"purpose": list(purposes)}, expect=303)
    return browser


def signed_in_again(app: Flask, name: str) -> Browser:
    """The same person in another browser."""
    browser = newcomer(app, LANGUAGES[name])
    browser.post("/sign-in", {"name": name, "passphrase": PASSPHRASES[name]}, expect=303)
    return browser
