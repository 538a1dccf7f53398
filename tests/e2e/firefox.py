"""Debian's real Firefox, headless, driven over WebDriver BiDi: no driver in between, and no network but ours."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import ClientSession, ClientWebSocketResponse

FIREFOX = "/usr/bin/firefox-esr"
PATIENCE = 60.0
T = TypeVar("T")


def preferences(push_port: int) -> dict[str, Any]:
    return {
        "dom.push.serverURL": f"ws://127.0.0.1:{push_port}/ws",
        "dom.push.testing.allowInsecureServerURL": True,
        "dom.push.testing.ignorePermission": True,
        "dom.push.connection.enabled": True,
        "permissions.default.desktop-notification": 1,
        "alerts.useSystemBackend": False,
        "dom.webnotifications.requireuserinteraction": False,
        "dom.serviceWorkers.idle_timeout": 60000,
        "browser.shell.checkDefaultBrowser": False,
        "browser.startup.homepage_override.mstone": "ignore",
        "datareporting.policy.dataSubmissionEnabled": False,
        "toolkit.telemetry.enabled": False,
        "app.update.enabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "services.settings.server": "http://127.0.0.1:9/",
        "intl.accept_languages": "nl-BE, nl",
    }


class Closed(Exception):
    """The window is not there any more."""


class Firefox:
    """One browser with one tab. Every call ends within PATIENCE, or fails the test."""

    def __init__(self, loop: asyncio.AbstractEventLoop, socket: ClientWebSocketResponse) -> None:
        self._loop, self._socket, self._last = loop, socket, 0
        self.tab = ""

    def _run(self, what: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(PATIENCE)

    def call(self, method: str, **given: Any) -> Any:
        """One command; its result."""
        return self._run(self._call(method, given))

    async def _call(self, method: str, given: dict[str, Any]) -> Any:
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": method, "params": given})
        while True:
            said = json.loads(await self._socket.receive_str())
            if said.get("id") == self._last:
                if said.get("error") == "no such frame":
                    raise Closed
                assert said["type"] == "success", f"{method}: {said.get('error')} {said.get('message')}"
                return said["result"]

    def start(self) -> None:
        self.call("session.new", capabilities={})
        self.tab = self.call("browsingContext.create", type="tab")["context"]

    def go(self, address: str) -> None:
        """Open an address; once more where the page that stood there was just going somewhere by itself."""
        try:
            self._go(address)
        except AssertionError as error:
            if "NS_BINDING_ABORTED" not in str(error):
                raise
            self._go(address)

    def _go(self, address: str) -> None:
        self.call("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def run(self, text: str, *given: Any, context: str = "") -> Any:
        """What an (async) function gives when it is run in the page, or in another context."""
        said = self.call(
            "script.callFunction",
            functionDeclaration=f"async (given) => JSON.stringify((await ({text})(...JSON.parse(given))) ?? null)",
            arguments=[{"type": "string", "value": json.dumps(given)}],
            target={"context": context or self.tab},
            awaitPromise=True,
            userActivation=True,
        )
        assert said["type"] == "success", said["exceptionDetails"]["text"]
        return json.loads(said["result"]["value"])

    def wait(self, look: Callable[[], T], what: str, seconds: float = 20) -> T:
        """Until something is so; what it was."""
        end = time.monotonic() + seconds
        while not (found := look()):
            assert time.monotonic() < end, what
            time.sleep(0.05)
        return found

    def at(self, path: str) -> None:
        """The tab is at a path."""
        self.wait(lambda: self._path() == path, f"not at {path} but at {self._path()}")

    def _path(self) -> str:
        [tab] = self.call("browsingContext.getTree", root=self.tab)["contexts"]
        return re.sub(r"^https?://[^/]+|[?#].*$", "", tab["url"])

    def shown(self) -> list[dict[str, str]]:
        """The messages on screen, by their windows: title and text. One that is seen stays until it is tapped."""
        found = []
        for window in [each["context"] for each in self.windows() if each["url"].endswith(ALERT)]:
            with suppress(Closed):
                if seen := self.run(SEEN, context=window):
                    found.append({"window": window, **seen})
        return found

    def clear(self) -> None:
        """Nothing is on screen any more."""
        for each in self.shown():
            with suppress(Closed):
                self.run("() => { setTimeout(() => window.close()) }", context=each["window"])
        self.wait(lambda: not self.shown(), "messages stay on screen")

    def tap(self, action: str = "") -> None:
        """Tap the message that was shown last, or one of its buttons."""
        self.run(TAP, action, context=self.shown()[-1]["window"])

    def windows(self) -> list[dict[str, Any]]:
        """The windows of the browser itself, also those that show a message."""
        found: list[dict[str, Any]] = self.call("browsingContext.getTree", **{"moz:scope": "chrome"})["contexts"]
        return found


TAP = """(action) => {
  const listener = window.arguments[10];
  const pressed = action && {
    QueryInterface: ChromeUtils.generateQI(["nsIAlertAction"]),
    action,
    title: action,
    iconURL: null,
    windowsSystemActivationType: false,
    opaqueRelaunchData: "",
  };
  if (action) listener.observe(pressed, "alertclickcallback", window.arguments[4]);
  else onAlertClick();
  setTimeout(() => window.close());
}"""
"""A tap on a message, or on one of its buttons: Firefox without a system of its own for messages draws none, so its
own listener is told what such a button tells it."""

ALERT = "alert.xhtml"
SEEN = """() => {
  if (document.readyState !== "complete") return null;
  document.getElementById("alertBox").style.animationPlayState = "paused"; // at its end the window closes by itself
  return {title: alertTitleLabel.value, text: alertTextLabel.textContent};
}"""


@contextmanager
def firefox(profile: Path, push_port: int) -> Iterator[Firefox]:
    """A fresh Firefox whose messages come from the push service at this port of this machine."""
    profile.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences(push_port).items()]
    (profile / "user.js").write_text("\n".join(lines) + "\n")
    words = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    words.append("-remote-allow-system-access")
    env = {**os.environ, "HOME": str(profile), "MOZ_DISABLE_CONTENT_SANDBOX": "1", "LANG": "C.UTF-8"}
    log = (profile / "log.txt").open("w")
    process = subprocess.Popen(words, stdout=log, stderr=log, env=env, start_new_session=True)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        address = _address(profile / "log.txt", process)
        session, socket = asyncio.run_coroutine_threadsafe(_connected(address), loop).result(PATIENCE)
        browser = Firefox(loop, socket)
        browser.start()
        yield browser
        asyncio.run_coroutine_threadsafe(_ended(session, socket), loop).result(PATIENCE)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        log.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _connected(address: str) -> tuple[ClientSession, ClientWebSocketResponse]:
    session = ClientSession()
    return session, await session.ws_connect(f"{address}/session", max_msg_size=0)


async def _ended(session: ClientSession, socket: ClientWebSocketResponse) -> None:
    await socket.close()
    await session.close()


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        if found := re.search(r"listening on (ws://\S+)", log.read_text()):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text())
