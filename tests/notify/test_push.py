"""Messages to a push service: what it gets, and what each of its answers means."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from companion.notify.parcel import LONGEST, Failed, Gone, Handed, Outcome, Parcel, Stopped, TooLarge, Urgency, Wait
from companion.notify.push import IN_FLIGHT, TIRED, Sender, read_retry_after
from companion.notify.vapid import Vapid, new_private_key
from tests.build import Clock
from tests.push_service import Fault, PushService, Subscriber, push_service

VAPID = Vapid(new_private_key(), "mailto:lena@example.org")


@pytest.fixture
def service(clock: Clock) -> Iterator[PushService]:
    with push_service(clock) as service:
        yield service


def parcel(to: Subscriber, payload: bytes = b'{"web_push": 8030}', **more: object) -> Parcel:
    keys = to.json()["keys"]
    given: dict[str, object] = {"ttl": 600, "urgency": Urgency.HIGH, "topic": "a-topic"}
    return Parcel("t", to.endpoint, keys["p256dh"], keys["auth"], payload, **(given | more))  # type: ignore[arg-type]


def sent(
    service: PushService, *parcels: Parcel, hosts: tuple[str, ...] = (), vapid: Vapid = VAPID, patience: float = 5
) -> list[Outcome]:
    """What became of each, in the order of the parcels."""

    async def all_of_them() -> dict[int, Outcome]:
        found: dict[int, Outcome] = {}
        async with Sender(vapid, hosts or (service.host,), service.now, patience=patience) as sender:
            async for each, outcome in sender.send(parcels):
                assert id(each) not in found
                found[id(each)] = outcome
        return found

    found = asyncio.run(all_of_them())
    return [found[id(each)] for each in parcels]


# What a push service gets


def test_a_strict_push_service_takes_a_message_and_the_browser_reads_it(service: PushService) -> None:
    to = service.subscribe(VAPID.public)
    assert sent(service, parcel(to)) == [Handed()]
    [got] = to.received
    assert got.text == b'{"web_push": 8030}'
    assert (got.headers["TTL"], got.headers["Urgency"], got.headers["Topic"]) == ("600", "high", "a-topic")
    assert not {"User-Agent", "Accept", "Cookie", "Referer"} & set(got.headers)


def test_the_longest_text_is_taken_and_a_longer_one_is_never_sent(service: PushService) -> None:
    to = service.subscribe(VAPID.public)
    longest, longer = parcel(to, b"x" * LONGEST), parcel(to, b"x" * (LONGEST + 1))
    assert sent(service, longest, longer) == [Handed(), TooLarge()]
    assert [(len(each.body), len(each.text or b"")) for each in to.received] == [(4096, LONGEST)]


def test_connections_and_the_signed_token_are_used_again(service: PushService) -> None:
    tos = [service.subscribe(VAPID.public) for _ in range(500)]
    assert set(sent(service, *[parcel(to) for to in tos])) == {Handed()}
    assert service.connections <= IN_FLIGHT
    assert len({to.received[0].headers["Authorization"] for to in tos}) == 1


def test_many_are_in_flight_at_once(service: PushService) -> None:
    tos = [service.subscribe(VAPID.public, Fault("slow", seconds=0.5)) for _ in range(IN_FLIGHT)]
    before = time.monotonic()
    assert set(sent(service, *[parcel(to) for to in tos])) == {Handed()}
    assert time.monotonic() - before < 0.5 * IN_FLIGHT / 4


def test_no_parcels_is_nothing_to_wait_for(service: PushService) -> None:
    assert sent(service) == []


# What each answer means


NOW = Clock()()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault(status=200), Handed()),
        (Fault(status=202), Handed()),
        (Fault(status=204), Handed()),
        (Fault(status=404), Gone()),
        (Fault(status=410), Gone()),
        (Fault(status=413), TooLarge()),
        (Fault(status=400), Failed("400")),
        (Fault(status=405), Failed("405")),
        (Fault(status=429), Wait(None, "429")),
        (Fault(status=429, retry_after="17"), Wait(NOW + timedelta(seconds=17), "429")),
        (Fault(status=503, retry_after=format_datetime(NOW + timedelta(minutes=3), usegmt=True)),
         Wait(NOW + timedelta(minutes=3), "503")),
        (Fault(status=500, retry_after="soon"), Wait(None, "500")),
        (Fault(status=500), Wait(None, "500")),
        (Fault(status=599), Wait(None, "599")),
        (Fault("slow"), Handed()),
        (Fault("endless"), Handed()),
        (Fault("garbage"), Wait(None, "connection")),
        (Fault("drop"), Wait(None, "connection")),
        (Fault("redirect"), Wait(None, "redirect")),
        (Fault("hang"), Wait(None, "timeout")),
    ],
)  # fmt: skip
def test_an_answer_becomes_an_outcome(service: PushService, fault: Fault, outcome: Outcome) -> None:
    to = service.subscribe(VAPID.public, fault)
    before = time.monotonic()
    assert sent(service, parcel(to), patience=1) == [outcome]
    assert time.monotonic() - before < 5
    assert service.elsewhere == []


@pytest.mark.parametrize("status", [401, 403])
def test_a_service_that_refuses_our_key_gets_nothing_more_and_the_others_do(
    service: PushService, clock: Clock, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with push_service(clock) as other:
        refusing = [service.subscribe(VAPID.public, Fault(status=status)) for _ in range(3 * IN_FLIGHT)]
        good = other.subscribe(VAPID.public)
        outcomes = sent(service, *map(parcel, refusing), parcel(good), hosts=("127.0.0.1",))
        assert set(outcomes[:-1]) == {Stopped(service.origin, str(status))}
        assert outcomes[-1] == Handed()
        assert sum(len(to.received) for to in refusing) <= IN_FLIGHT
    assert len([each for each in caplog.records if "refuses our key" in each.message]) == 1
    assert good.endpoint not in caplog.text


def test_another_key_than_the_browser_subscribed_with_is_refused_by_the_service(service: PushService) -> None:
    other = Vapid(new_private_key(), "mailto:lena@example.org")
    assert sent(service, parcel(service.subscribe(VAPID.public)), vapid=other) == [Stopped(service.origin, "403")]


def test_a_browser_of_another_key_of_ours_waits_and_is_not_bothered(service: PushService) -> None:
    to = service.subscribe(VAPID.public)
    assert sent(service, parcel(to, key=VAPID.name), parcel(to, key="another")) == [Handed(), Wait(None, "key")]
    assert len(to.received) == 1


def test_a_service_that_hangs_does_not_hold_up_the_others_nor_all_of_its_own(
    service: PushService, clock: Clock
) -> None:
    with push_service(clock) as other:
        hanging = [service.subscribe(VAPID.public, Fault("hang")) for _ in range(4 * IN_FLIGHT)]
        good = [other.subscribe(VAPID.public) for _ in range(50)]
        before = time.monotonic()
        outcomes = sent(service, *map(parcel, hanging), *map(parcel, good), hosts=("127.0.0.1",), patience=2)
        assert time.monotonic() - before < 6
    assert set(outcomes[len(hanging) :]) == {Handed()}
    assert {type(each) for each in outcomes[: len(hanging)]} == {Wait}
    assert TIRED <= sum(len(to.received) for to in hanging) < IN_FLIGHT + TIRED


def test_a_service_that_is_away_is_waited_for(service: PushService, clock: Clock) -> None:
    to = service.subscribe(VAPID.public)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # not listening: a port of ours, that no other service can get meanwhile
        host = f"127.0.0.1:{nobody.getsockname()[1]}"
        away = replace(parcel(to), endpoint=f"http://{host}/wpush/{to.token}")
        assert sent(service, away, hosts=(host,)) == [Wait(None, "connection")]


@pytest.mark.parametrize("wrong", [{"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "é"}])
def test_keys_that_are_none_spoil_only_their_own_message(service: PushService, wrong: dict[str, str]) -> None:
    good, bad = service.subscribe(VAPID.public), service.subscribe(VAPID.public)
    keys = bad.json()["keys"] | wrong
    broken = Parcel("b", bad.endpoint, keys["p256dh"], keys["auth"], b"x", 60)
    assert sent(service, broken, parcel(good)) == [Failed("keys"), Handed()]


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1/x", "file:///etc/passwd", "", "https://evil.example/x"])
def test_an_address_that_may_not_be_sent_to_is_never_connected_to(service: PushService, endpoint: str) -> None:
    good = service.subscribe(VAPID.public)
    keys = good.json()["keys"]
    bad = Parcel("b", endpoint, keys["p256dh"], keys["auth"], b"x", 60)
    assert sent(service, bad, parcel(good)) == [Failed("address"), Handed()]


def test_stopping_half_way_leaves_nothing_running(service: PushService) -> None:
    tos = [service.subscribe(VAPID.public, Fault("slow", seconds=0.2)) for _ in range(200)]

    async def only_the_first() -> int:
        async with Sender(VAPID, (service.host,), service.now) as sender:
            parcels = sender.send(parcel(to) for to in tos)
            async for _ in parcels:
                break
            await parcels.aclose()
            return len(asyncio.all_tasks())

    assert asyncio.run(only_the_first()) == 1


# When to try again


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("0", timedelta()),
        ("17", timedelta(seconds=17)),
        (" 60 ", timedelta(seconds=60)),
        ("99999999999999999999", timedelta(days=1)),
        ("Sat, 21 Nov 2026 21:02:00 GMT", timedelta(minutes=2)),
        ("Saturday, 21-Nov-26 21:02:00 GMT", timedelta(minutes=2)),
        ("Sat, 21 Nov 2026 22:02:00 +0100", timedelta(minutes=2)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=1)),
        ("Fri, 20 Nov 2026 21:00:00 GMT", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, after: timedelta | None) -> None:
    now = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
    assert read_retry_after(text, now) == (None if after is None else now + after)
