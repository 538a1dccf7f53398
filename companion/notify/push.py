"""Hands messages to push services (RFC 8030): connections and one signed token a service reused, many in flight.

Usage: `async with Sender(vapid, hosts) as sender: async for parcel, outcome in sender.send(parcels): …`
`pywebpush.webpush()` is not used for this: it follows redirects, waits for ever, and signs each message anew
(facts/tech.md §0.5).
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, hdrs
from multidict import CIMultiDict, istr
from yarl import URL

from companion.notify.doors import Doors
from companion.notify.encrypt import encrypt
from companion.notify.parcel import LONGEST, Failed, Gone, Handed, Outcome, Parcel, Stopped, TooLarge, Wait
from companion.notify.target import origin_of, read_base64url
from companion.notify.vapid import Vapid

log = logging.getLogger("companion.push")

IN_FLIGHT: Final = 64
PATIENCE: Final = 15.0
"""Seconds until a push service that says nothing is left alone."""

TIRED: Final = 8
"""After so many messages in a row to which a service did not answer, the others of this sending wait too."""

LONGEST_WAIT: Final = timedelta(days=1)
_TTL, _URGENCY, _TOPIC = istr("TTL"), istr("Urgency"), istr("Topic")
_UNSENT: Final = frozenset({"User-Agent", "Accept", "Accept-Encoding", "Content-Type"})


@dataclass(frozen=True, slots=True)
class _Letter:
    """A parcel that is encrypted, and where it goes."""

    parcel: Parcel
    origin: str
    body: bytes


@dataclass
class _Lane:
    """The messages of one sending for one push service."""

    origin: str
    letters: deque[_Letter] = field(default_factory=deque)
    stopped: str = ""
    unanswered: int = 0


class Sender:
    """Sends for as long as it is open. `hosts` are those of PUSH_HOSTS; `in_flight` counts for each push service."""

    def __init__(
        self,
        vapid: Vapid,
        hosts: Sequence[str] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        in_flight: int = IN_FLIGHT,
        patience: float = PATIENCE,
    ) -> None:
        self._vapid, self._hosts, self._now = vapid, tuple(hosts), now
        self._in_flight, self._patience = in_flight, patience

    async def __aenter__(self) -> Sender:
        self._session = ClientSession(
            connector=TCPConnector(resolver=Doors(self._hosts), limit=0),
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=None, sock_connect=self._patience / 2),
            auto_decompress=False,
            skip_auto_headers=_UNSENT,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def send(self, parcels: Iterable[Parcel]) -> AsyncIterator[tuple[Parcel, Outcome]]:
        """Each parcel once, with what became of it, in the order in which that is known.

        All are encrypted before the first leaves: in one go that takes two thirds of what it takes in between answers.
        """
        lanes: dict[str, _Lane] = {}
        done: asyncio.Queue[tuple[Parcel, Outcome]] = asyncio.Queue()
        left = 0
        for parcel in parcels:
            left += 1
            found = self._encrypted(parcel)
            if isinstance(found, _Letter):
                lanes.setdefault(found.origin, _Lane(found.origin)).letters.append(found)
            else:
                done.put_nowait((parcel, found))
        workers = [
            asyncio.create_task(self._work(lane, done))
            for lane in lanes.values()
            for _ in range(min(self._in_flight, len(lane.letters)))
        ]
        try:
            for _ in range(left):
                yield await done.get()
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self, lane: _Lane, done: asyncio.Queue[tuple[Parcel, Outcome]]) -> None:
        while lane.letters:
            letter = lane.letters.popleft()
            try:
                outcome = await self._one(letter, lane)
            except Exception as error:
                log.error("a message could not be sent: %s", type(error).__name__)  # its text may hold an address
                outcome = Failed("error")
            done.put_nowait((letter.parcel, outcome))

    def _encrypted(self, parcel: Parcel) -> _Letter | Outcome:
        origin = origin_of(parcel.endpoint, self._hosts)
        if not origin:
            return Failed("address")
        if parcel.key not in {"", self._vapid.name}:
            log.error("a browser subscribed with another key than the one in use: see VAPID_PRIVATE_KEY")
            return Wait(None, "key")
        if len(parcel.payload) > LONGEST:
            log.error("a message is longer than may be: %d bytes", len(parcel.payload))
            return TooLarge()
        try:
            body = encrypt(parcel.payload, read_base64url(parcel.p256dh), read_base64url(parcel.auth))
        except ValueError:
            return Failed("keys")
        return _Letter(parcel, origin, body)

    async def _one(self, letter: _Letter, lane: _Lane) -> Outcome:
        if lane.stopped:
            return Stopped(lane.origin, lane.stopped)
        if lane.unanswered >= TIRED:
            return Wait(None, "unanswered")
        try:
            status, retry_after = await self._post(letter)
        except TimeoutError:
            lane.unanswered += 1
            return Wait(None, "timeout")
        except (ClientError, OSError):  # no connection, a name that leads nowhere, or an answer that is no HTTP
            lane.unanswered += 1
            return Wait(None, "connection")
        lane.unanswered = 0
        outcome = self._judge(status, retry_after, lane.origin)
        if isinstance(outcome, Stopped):
            if not lane.stopped:
                log.error("push service %s refuses our key (%d): nothing more is sent there", lane.origin, status)
            lane.stopped = outcome.code
        return outcome

    async def _post(self, letter: _Letter) -> tuple[int, str]:
        parcel = letter.parcel
        headers = CIMultiDict(
            (
                (hdrs.AUTHORIZATION, self._vapid.authorization(letter.origin, self._now())),
                (hdrs.CONTENT_ENCODING, "aes128gcm"),
                (hdrs.CONTENT_TYPE, "application/octet-stream"),
                (_TTL, str(max(0, parcel.ttl))),
                (_URGENCY, parcel.urgency.value),
            )
        )
        if parcel.topic:
            headers[_TOPIC] = parcel.topic
        where = URL(parcel.endpoint, encoded=True)
        async with asyncio.timeout(self._patience):  # costs half of what a time-out of the session does
            answer = await self._session.post(where, data=letter.body, headers=headers, allow_redirects=False)
        answer.release()  # a connection whose answer has more to say than its head is closed, not read
        return answer.status, answer.headers.get("Retry-After", "")

    def _judge(self, status: int, retry_after: str, origin: str) -> Outcome:
        """What a status means (RFC 8030 §5 and §8.4, facts/tech.md §1)."""
        match status:
            case 200 | 201 | 202 | 204:
                return Handed()
            case 404 | 410:
                return Gone()
            case 413:
                log.error("push service %s says a message is too large", origin)
                return TooLarge()
            case 401 | 403:
                return Stopped(origin, str(status))
        if status in {408, 425, 429} or status >= 500:
            return Wait(read_retry_after(retry_after, self._now()), str(status))
        if 300 <= status < 400:
            return Wait(None, "redirect")  # never followed: it may lead into our own house
        log.error("push service %s answers %d", origin, status)
        return Failed(str(status))


def send_now(
    vapid: Vapid,
    hosts: Sequence[str],
    parcels: Sequence[Parcel],
    now: Callable[[], datetime],
    patience: float = PATIENCE,
) -> list[tuple[Parcel, Outcome]]:
    """A few messages at once, and what became of them: for whoever waits for it."""

    async def all_of_them() -> list[tuple[Parcel, Outcome]]:
        async with Sender(vapid, hosts, now, patience=patience) as sender:
            return [each async for each in sender.send(parcels)]

    return asyncio.run(all_of_them())


def read_retry_after(text: str, now: datetime) -> datetime | None:
    """The instant of a Retry-After header, in seconds or as a date (RFC 9110 §10.2.3), at most a day from now."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    try:
        asked = parsedate_to_datetime(text)
    except ValueError:
        return None
    asked = asked if asked.tzinfo else asked.replace(tzinfo=UTC)
    return min(asked.astimezone(UTC), now + LONGEST_WAIT) if asked > now else None
