"""A small push service without internet: the browser side of Mozilla's protocol (a WebSocket with hello, register,
notification and ack) and the sender's side of RFC 8030, with knobs for everything that can go wrong there."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.push_checks import Wrong, check_body, check_headers, check_vapid, opened


@dataclass(frozen=True)
class Fault:
    """What the service does instead of taking a message. `kind`: "status", "hang", "slow", "garbage", "redirect",
    "endless" (201 and a body without end), "drop" (closes the connection)."""

    kind: str = "status"
    status: int = 500
    retry_after: str = ""
    seconds: float = 0.3


@dataclass
class Received:
    """A message as it came in; `text` only where the service has the browser's keys."""

    at: datetime
    headers: Mapping[str, str]
    body: bytes
    status: int = 0
    why: str = ""
    text: bytes | None = None


@dataclass
class Subscriber:
    """A browser: one of the service's own, with keys of its own, or a real one that registered (`uaid`)."""

    token: str
    endpoint: str
    key: str
    """The application server's key it subscribed with."""
    private: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    auth: bytes = b"sixteen bytes!!!"
    uaid: str = ""
    channel: str = ""
    faults: deque[Fault] = field(default_factory=deque)
    received: list[Received] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    gone: bool = False

    def json(self) -> dict[str, Any]:
        """What a browser gives as PushSubscription.toJSON()."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": encoded(point), "auth": encoded(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    @property
    def texts(self) -> list[Any]:
        """What was taken, read with the browser's keys."""
        return [json.loads(each.text) for each in self.received if each.text is not None]


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class PushService:
    """Runs in a thread of its own. Everything that happened can be read from any thread."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.subscribers: dict[str, Subscriber] = {}
        self.acks: list[dict[str, Any]] = []
        self.faults: deque[Fault] = deque()
        self.connections = 0
        self.elsewhere: list[str] = []
        """Requests that should never come: where a redirect led."""
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._seen: set[int] = set()
        self.port = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        """As PUSH_HOSTS names it."""
        return f"127.0.0.1:{self.port}"

    def subscribe(self, key: str, *faults: Fault) -> Subscriber:
        """A browser of the service's own."""
        token = uuid4().hex
        made = Subscriber(token, f"{self.origin}/wpush/{token}", key, faults=deque(faults))
        self.subscribers[token] = made
        return made

    def of_browsers(self) -> list[Subscriber]:
        """The real browsers that registered."""
        return [each for each in self.subscribers.values() if each.channel]

    def wait(self, look: Callable[[], object], what: str, seconds: float = 20) -> None:
        """Until something is so."""
        end = time.monotonic() + seconds
        while not look():
            assert time.monotonic() < end, what
            time.sleep(0.02)

    # The sender's side

    async def take(self, request: web.Request) -> web.StreamResponse:
        if id(request.transport) not in self._seen:
            self._seen.add(id(request.transport))
            self.connections += 1
        body = await request.read()
        received = Received(self.now(), dict(request.headers), body)
        to = self.subscribers.get(request.match_info["token"])
        if to is None:
            return web.Response(status=404)
        to.received.append(received)
        fault = to.faults.popleft() if to.faults else self.faults.popleft() if self.faults else None
        if fault:
            return await self._fail(request, received, fault)
        try:
            if to.gone:
                raise Wrong(410, "unsubscribed")
            check_headers(request.headers)
            check_vapid(request.headers, self.origin, to.key, self.now())
            check_body(body)
            if not to.channel:
                received.text = opened(body, to.private, to.auth)
        except Wrong as wrong:
            received.status, received.why = wrong.status, wrong.why
            return web.json_response({"error": wrong.why}, status=wrong.status)
        received.status = 201
        if to.channel:
            await self._deliver(to, received)
        return web.Response(
            status=201, headers={"Location": f"{self.origin}/m/{uuid4()}", "TTL": request.headers["TTL"]}
        )

    async def _fail(self, request: web.Request, received: Received, fault: Fault) -> web.StreamResponse:
        received.status, received.why = fault.status, fault.kind
        transport = request.transport
        assert transport
        match fault.kind:
            case "hang":
                await asyncio.sleep(3600)
            case "slow":
                await asyncio.sleep(fault.seconds)
                received.status = 201
                return web.Response(status=201)
            case "garbage":
                transport.write(b"\x00\xffthis is no HTTP at all\r\n\r\n")
                await asyncio.sleep(0.05)
                transport.close()
            case "drop":
                transport.close()
            case "redirect":
                return web.Response(status=302, headers={"Location": f"{self.origin}/inner/admin"})
            case "endless":
                answer = web.StreamResponse(status=201)
                await answer.prepare(request)
                while True:
                    await answer.write(b"x" * 1024)
                    await asyncio.sleep(0.01)
        headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        return web.Response(status=fault.status, headers=headers)

    async def inner(self, request: web.Request) -> web.Response:
        self.elsewhere.append(request.method)
        return web.Response(text="secret")

    # The browser's side

    async def _deliver(self, to: Subscriber, received: Received) -> None:
        topic = received.headers.get("Topic")
        message = {
            "messageType": "notification",
            "channelID": to.channel,
            "version": str(uuid4()),
            "ttl": int(received.headers["TTL"]),
            "data": encoded(received.body),
            "headers": {"encoding": "aes128gcm"},
        }
        socket = self._sockets.get(to.uaid)
        if socket and not socket.closed:
            await socket.send_json(message)
        elif message["ttl"]:
            to.waiting = [each for each in to.waiting if topic is None or each["topic"] != topic]
            to.waiting.append({"topic": topic, "message": message})

    async def browser(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=["push-notification"])
        await socket.prepare(request)
        uaid = ""
        async for each in socket:
            if each.type is not WSMsgType.TEXT:
                break
            said = json.loads(each.data)
            match said.get("messageType"):
                case "hello":
                    uaid = said.get("uaid") or uuid4().hex
                    self._sockets[uaid] = socket
                    await socket.send_json(
                        {"messageType": "hello", "uaid": uaid, "status": 200, "use_webpush": True, "broadcasts": {}}
                    )
                    for known in self.subscribers.values():
                        while known.uaid == uaid and known.waiting:
                            await socket.send_json(known.waiting.pop(0)["message"])
                case "register":
                    made = self.subscribe(said.get("key", ""))
                    made.uaid, made.channel = uaid, said["channelID"]
                    answer = {"channelID": made.channel, "status": 200, "pushEndpoint": made.endpoint}
                    await socket.send_json({"messageType": "register", **answer})
                case "unregister":
                    for known in self.subscribers.values():
                        known.gone = known.gone or known.channel == said["channelID"]
                    answer = {"channelID": said["channelID"], "status": 200}
                    await socket.send_json({"messageType": "unregister", **answer})
                case "ack":
                    self.acks.extend(said["updates"])
                case None:
                    await socket.send_str("{}")
        return socket


@contextmanager
def push_service(now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[PushService]:
    service = PushService(now)
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    app = web.Application()
    app.router.add_post("/wpush/{token}", service.take)
    app.router.add_get("/ws", service.browser)
    app.router.add_route("*", "/inner/admin", service.inner)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)

    async def start() -> None:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        service.port = runner.addresses[0][1]
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        started = loop.create_task(start())  # inside run_forever: a stop that comes at once is not lost
        loop.run_forever()
        loop.run_until_complete(started)
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield service
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
