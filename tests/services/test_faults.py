"""The fault run: whatever goes wrong on the way, what is due and still useful is on the screen exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from companion.bootstrap import House
from companion.domain.reminder import Kind
from companion.notify.parcel import Outcome, Parcel
from companion.services.ask_later import ask_later
from companion.services.claim_due import claim_due
from companion.services.fire_due import fire_due
from companion.services.note_received import note_received
from companion.services.send_due import LEASE, Office, send_due
from tests.build import Clock, rows
from tests.push_service import Fault, PushService, push_service
from tests.services.reminding import TWICE, Someone, Ticker, someone


@pytest.fixture
def due(ann: Someone, clock: Clock) -> Someone:
    """Ann, whose reminder is due now: 21:45."""
    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    clock.set("2026-11-21 21:45")
    return ann


@pytest.fixture
def elsewhere(clock: Clock) -> Iterator[PushService]:
    with push_service(clock) as service:
        yield service


def states(house: House) -> list[str]:
    return sorted(row["state"] for row in rows(house, "delivery"))


# Answers of push services


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_sent_to_no_more_and_the_others_are(
    due: Someone, ticker: Ticker, house: House, status: int
) -> None:
    due.phones[0].faults.append(Fault(status=status))
    due.phone()
    ticker.until("2026-11-22 23:00")
    assert due.shown(0) == []
    assert due.shown(1) == ["dose 11-21 21:45", "dose 11-22 21:45"]
    assert len(due.phones[0].received) == 1
    assert sorted(bool(row["gone_at"]) for row in rows(house, "subscription")) == [False, True]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=429),
        Fault(status=429, retry_after="600"),
        Fault(status=500),
        Fault(status=503, retry_after="nonsense"),
        Fault("hang"),
        Fault("drop"),
        Fault("garbage"),
        Fault("redirect"),
    ],
    ids=str,
)
def test_what_passes_is_tried_again_until_it_is_there_once(due: Someone, ticker: Ticker, fault: Fault) -> None:
    ticker.patience = 0.3
    due.phones[0].faults.extend([fault, fault])
    ticker.until("2026-11-21 23:40", minutes=1)
    assert len(due.shown()) == 1
    assert len(due.phones[0].received) == 3
    assert due.service.elsewhere == []


def test_retry_after_is_kept_in_seconds_and_as_a_date(due: Someone, ticker: Ticker, clock: Clock) -> None:
    date_said = format_datetime(datetime(2026, 11, 21, 21, 30, tzinfo=UTC), usegmt=True)  # 22:30 in Brussels
    due.phones[0].faults.extend([Fault(status=429, retry_after="1200"), Fault(status=429, retry_after=date_said)])
    ticker.until("2026-11-21 23:00", minutes=1)
    at = [f"{each.at.astimezone(due.person.zone):%H:%M}" for each in due.phones[0].received]
    assert at == ["21:45", "22:05", "22:30"]


def test_it_is_given_up_when_it_is_useful_no_more(due: Someone, ticker: Ticker, house: House) -> None:
    due.phones[0].faults.extend([Fault(status=500)] * 500)
    ticker.until("2026-11-22 12:00", minutes=1)
    last = due.phones[0].received[-1].at.astimezone(due.person.zone)
    assert f"{last:%H:%M}" < "23:45"
    assert 5 < len(due.phones[0].received) < 30  # further and further apart
    assert states(house) == ["lapsed"]


def test_slow_is_not_lost(due: Someone, ticker: Ticker, house: House) -> None:
    due.phones[0].faults.append(Fault("slow", seconds=0.5))
    ticker.until("2026-11-21 22:30")
    assert len(due.phones[0].received) == 1
    assert states(house) == ["handed"]


def test_a_message_that_is_too_large_is_our_bug_and_not_tried_again(
    due: Someone, ticker: Ticker, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    due.phones[0].faults.append(Fault(status=413))
    ticker.until("2026-11-21 23:00")
    assert states(house) == ["failed"]
    assert "too large" in caplog.text


@pytest.mark.parametrize("status", [401, 403])
def test_a_service_that_refuses_our_key_is_left_alone_and_others_are_not(
    due: Someone, ticker: Ticker, house: House, elsewhere: PushService, status: int
) -> None:
    due.phones[0].faults.append(Fault(status=status))
    due.phone(service=elsewhere)
    ticker.hosts = (elsewhere.host,)
    ticker.round()
    due.clock.forward(minutes=10)
    bob = someone(house, due.clock, due.service, "bob")
    bob.phone()
    bob.remind(Kind.DIARY, "21:55")
    ticker.until("2026-11-21 22:10")
    assert due.shown(1) == ["dose 11-21 21:45"]
    assert due.shown(0) == bob.shown() == []
    ticker.until("2026-11-21 22:30")
    assert len(due.shown(0)) == len(bob.shown()) == 1
    [stopped] = rows(house, "push_service")
    assert (stopped["origin"], stopped["reason"]) == (due.service.origin, str(status))


def test_a_service_that_hangs_holds_up_no_other(
    due: Someone, ticker: Ticker, house: House, elsewhere: PushService
) -> None:
    ticker.patience, ticker.hosts = 2, (elsewhere.host,)
    elsewhere.faults.extend([Fault("hang")] * 200)
    for number in range(60):
        each = someone(house, due.clock, elsewhere, f"p{number}")
        each.phone()
        each.remind(Kind.DIARY, "21:45")
    due.clock.set("2026-11-21 21:45")
    ticker.round(batch=5)
    assert len(due.shown()) == 1
    assert len(elsewhere.subscribers) == 60
    assert sum(len(each.received) for each in elsewhere.subscribers.values()) <= 20


# The clock is killed


class Killed(BaseException):
    """As if the process ended here."""


class Dies:
    """A sender whose process ends before, or just after, messages left."""

    def __init__(self, sender: object, after: bool) -> None:
        self.sender, self.after = sender, after

    async def send(self, parcels: Iterable[Parcel]) -> AsyncIterator[tuple[Parcel, Outcome]]:
        if self.after:
            async for _ in self.sender.send(parcels):  # type: ignore[attr-defined]
                pass
        raise Killed
        yield  # pragma: no cover


def killed_round(ticker: Ticker, *, after: bool) -> None:
    from companion.notify.push import Sender

    async def go() -> None:
        async with Sender(ticker.house.vapid, (ticker.service.host,), ticker.clock) as sender:
            office = Office(Dies(sender, after), "Andante")
            await send_due(ticker.house.store, office, ticker.clock(), 100)

    with pytest.raises(Killed):
        asyncio.run(go())


def test_killed_before_the_claim_is_committed_nothing_happened(
    due: Someone, ticker: Ticker, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("companion.storage.deliveries.add", dies)
        with pytest.raises(Killed):
            claim_due(house.store, due.clock(), 100)
    assert rows(house, "delivery") == []
    ticker.round()
    assert due.shown() == ["dose 11-21 21:45"]


def test_killed_between_claim_and_sending(due: Someone, ticker: Ticker, house: House) -> None:
    assert claim_due(house.store, due.clock(), 100).written == 1
    assert due.shown() == []
    ticker.round()
    assert due.shown() == ["dose 11-21 21:45"]


def test_killed_with_a_lease_before_anything_left(due: Someone, ticker: Ticker, house: House) -> None:
    claim_due(house.store, due.clock(), 100)
    killed_round(ticker, after=False)
    ticker.round()
    assert due.shown() == []  # somebody else may still be sending it
    due.clock.instant += LEASE
    ticker.round()
    assert due.shown() == ["dose 11-21 21:48"]


def test_killed_before_the_outcome_was_written_is_shown_once(due: Someone, ticker: Ticker, house: House) -> None:
    claim_due(house.store, due.clock(), 100)
    killed_round(ticker, after=True)
    due.clock.instant += LEASE
    ticker.round()
    assert len(due.phones[0].received) == 2
    assert due.shown() == ["dose 11-21 21:45"]  # the same tag: the phone folds them
    assert len({each.headers["Topic"] for each in due.phones[0].received}) == 1


def test_killed_before_the_outcome_but_the_phone_said_that_it_showed_it(
    due: Someone, ticker: Ticker, house: House
) -> None:
    claim_due(house.store, due.clock(), 100)
    killed_round(ticker, after=True)
    note_received(house.store, due.tokens()[0], due.clock())
    due.clock.instant += LEASE
    ticker.round()
    assert len(due.phones[0].received) == 1
    assert states(house) == ["handed"]


def test_noted_while_it_waited_is_not_sent(due: Someone, ticker: Ticker, house: House) -> None:
    due.phones[0].faults.append(Fault(status=500))
    ticker.round()
    plan = rows(house, "plan")[0]["id"]
    due.take(plan, date(2026, 11, 21))
    ticker.until("2026-11-21 23:00")
    assert len(due.phones[0].received) == 1
    assert states(house) == ["noted"]


def test_told_to_stop_it_finishes_what_is_in_flight(due: Someone, ticker: Ticker, house: House) -> None:
    for number in range(12):
        each = someone(house, due.clock, due.service, f"p{number}")
        each.phone(Fault("slow", seconds=0.2))
        each.remind(Kind.DIARY, "21:45")
    due.clock.set("2026-11-21 21:45")
    stop = False

    async def go() -> None:
        nonlocal stop
        from companion.notify.push import Sender

        async with Sender(house.vapid, (due.service.host,), due.clock) as sender:
            task = asyncio.ensure_future(
                fire_due(house.store, Office(sender, "Andante"), due.clock, batch=2, stopping=lambda: stop)
            )
            await asyncio.sleep(0.1)
            stop = True
            await task

    asyncio.run(go())
    found = states(house)
    assert "handed" in found
    assert all(row["leased_until"] is None for row in rows(house, "delivery"))
    ticker.round()
    assert sum(len(each.received) for each in due.service.subscribers.values()) == 13


# Clocks that are wrong, and nights on which they change


def test_a_system_clock_that_jumps_back_gives_nothing_twice(due: Someone, ticker: Ticker, clock: Clock) -> None:
    ticker.round()
    clock.set("2026-11-21 19:00")
    ticker.until("2026-11-22 12:00")
    assert due.shown() == ["dose 11-21 21:45"]
    assert len(due.phones[0].received) == 1


def test_a_system_clock_that_jumps_ahead_floods_nobody_and_what_it_skipped_comes_back(
    ann: Someone, ticker: Ticker, clock: Clock, house: House
) -> None:
    from companion.services.keep_time import keep_time

    ann.plan()
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ann.remind(Kind.DIARY, "09:00")
    assert not keep_time(house.store, "here", clock())
    clock.set("2026-12-08 12:00")  # wrong by more than two weeks
    keep_time(house.store, "here", clock())
    ticker.round()
    assert ann.shown() == ["diary 12-08 12:00"]
    clock.set("2026-11-21 12:05")
    assert keep_time(house.store, "here", clock())
    ticker.until("2026-11-23 12:00")
    assert ann.shown()[1:] == ["dose 11-21 21:45", "diary 11-22 09:00", "dose 11-22 21:45", "diary 11-23 09:00"]
    assert not keep_time(house.store, "here", clock())


@pytest.mark.parametrize(
    ("day", "at", "arrives"),
    [
        ("2027-03-28", "02:30", "03-28 03:00"),  # it does not exist: the first moment after it
        ("2027-03-28", "03:15", "03-28 03:15"),
        ("2027-10-31", "02:30", "10-31 02:30"),  # it exists twice: the first time
        ("2027-10-31", "03:15", "10-31 03:15"),
    ],
)
def test_the_nights_on_which_the_clocks_change(
    ann: Someone, ticker: Ticker, clock: Clock, day: str, at: str, arrives: str
) -> None:
    clock.set(f"{day} 00:30")
    ann.plan(TWICE | {"start": (date.fromisoformat(day) - timedelta(days=3)).isoformat()})
    ann.remind(Kind.DOSE, at, "bedtime")
    ticker.until(f"{day} 12:00")
    assert ann.shown() == [f"dose {arrives}"]
    [got] = ann.phones[0].received
    assert got.headers["TTL"] == str(min(2 * 3600, _until_five(day, got.at)))
    if day.startswith("2027-10"):
        assert got.at == datetime(2027, 10, 31, 0 if at == "02:30" else 2, int(at[3:]), tzinfo=UTC)


def _until_five(day: str, at: datetime) -> int:
    from tests.build import BRUSSELS

    return int((datetime.fromisoformat(f"{day} 05:00").replace(tzinfo=BRUSSELS).astimezone(UTC) - at).total_seconds())


# Later


def test_later_comes_once_more_on_every_phone(due: Someone, ticker: Ticker, house: House) -> None:
    due.phone()
    ticker.round()
    at = ask_later(house.store, due.tokens()[0], 10, due.clock())
    assert at == due.clock() + timedelta(minutes=10)
    due.clock.forward(minutes=1)
    assert ask_later(house.store, due.tokens()[0], 10, due.clock()) == at  # a double tap
    assert ask_later(house.store, due.tokens(1)[0], 60, due.clock()) == at  # and one on the other phone
    ticker.until("2026-11-22 12:00")
    assert due.shown(0) == due.shown(1) == ["dose 11-21 21:45", "dose 11-21 21:56"]


def test_later_and_later_again(due: Someone, ticker: Ticker, house: House) -> None:
    ticker.round()
    for _ in range(2):
        assert ask_later(house.store, due.tokens()[-1], 10, due.clock())
        due.clock.forward(minutes=10)
        ticker.round()
    assert due.shown() == ["dose 11-21 21:45", "dose 11-21 21:55", "dose 11-21 22:05"]


def test_noted_before_later_is_not_reminded_of(due: Someone, ticker: Ticker, house: House) -> None:
    ticker.round()
    assert ask_later(house.store, due.tokens()[0], 60, due.clock())
    due.take(rows(house, "plan")[0]["id"], date(2026, 11, 21))
    ticker.until("2026-11-22 12:00")
    assert due.shown() == ["dose 11-21 21:45"]


def test_later_that_would_be_too_late_is_not_promised(ann: Someone, ticker: Ticker, house: House) -> None:
    ann.plan(TWICE)
    ann.remind(Kind.DOSE, "21:45", "bedtime")
    ann.remind(Kind.DOSE, "21:15", "morning")
    ann.clock.set("2026-11-21 21:15")
    ticker.round()
    assert ask_later(house.store, ann.tokens()[0], 60, ann.clock()) is None
    assert ask_later(house.store, ann.tokens()[0], 10, ann.clock()) is not None
    assert ask_later(house.store, "no such token", 10, ann.clock()) is None
    assert ask_later(house.store, ann.tokens()[0], 7, ann.clock()) is None


def test_tonight(ann: Someone, ticker: Ticker, house: House) -> None:
    ann.plan()
    ann.remind(Kind.STEP, "13:00")
    ann.clock.set("2026-11-27 13:00")
    ticker.round()
    assert ask_later(house.store, ann.tokens()[0], None, ann.clock())
    ticker.until("2026-11-27 23:00")
    assert ann.shown() == ["step 11-27 13:00", "step 11-27 20:00"]
