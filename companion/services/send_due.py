"""The second half of a round: deliveries that are due are worded, handed over, and what became of them is written.

A clock takes them with a lease and commits before anything leaves. Killed after that, the lease runs out and the next
round sends them, unless the phone said meanwhile that it showed them; the phone folds what comes twice by its tag. So
late at worst, never lost, never twice on screen.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from companion.domain.person import Person
from companion.domain.reminder import Kind
from companion.domain.reminder.useful import quiet_from, quiet_until
from companion.notify.mail import Mail, MailServer, send_mail_aside
from companion.notify.message import word
from companion.notify.parcel import Gone, Handed, Outcome, Parcel, Stopped, Urgency, Wait
from companion.notify.payload import payload
from companion.services.delivery_change import STOPPED_FOR, Change, change_of, failed, over, wait
from companion.services.due_content import Ask, content_of, know
from companion.services.mail_address import mail_of
from companion.services.tokens import of_phone
from companion.storage import deliveries, many, push_services, reminders, subscriptions
from companion.storage.deliveries import MAIL, Delivery, State, Taken
from companion.storage.options import BESIDE
from companion.storage.reminders import Choice
from companion.storage.subscriptions import Address
from companion.storage.unit_of_work import Store, Unit

log = logging.getLogger("companion.clock")

LEASE: Final = timedelta(minutes=3)
"""Longer than a push service that hangs holds up a sending: fifteen seconds, then it is left alone (`notify/push`)."""
TIRED_FOR: Final = timedelta(seconds=45)
SOON: Final = frozenset({Kind.DOSE, Kind.DIARY, Kind.APPOINTMENT})
"""What a phone that saves its battery is woken for."""


class Sends(Protocol):
    """What `notify/push.Sender` does."""

    def send(self, parcels: Iterable[Parcel]) -> AsyncIterator[tuple[Parcel, Outcome]]: ...


@dataclass
class Office:
    """What a clock sends with. `tired`: push services that did not answer, and until when they are left alone."""

    sender: Sends
    app_name: str
    base_url: str = ""
    mail_server: MailServer | None = None
    tired: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """How many deliveries were taken, and what became of them."""

    taken: int = 0
    states: Mapping[State, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Ready:
    """A delivery that is worded: for a browser, or a mail."""

    delivery: Delivery
    browser: Address | None = None
    parcel: Parcel | None = None
    mail: Mail | None = None


async def send_due(
    store: Store,
    office: Office,
    now: datetime,
    most: int,
    lease: timedelta = LEASE,
    mine: Sequence[tuple[Delivery, Person]] = (),
) -> Sent:
    """Take at most so many deliveries that are due, send them, and write down what became of them.

    `mine`: deliveries that are this clock's already, because it just made them; they are sent with the others.
    """
    with store.write(BESIDE) as unit:
        taken = deliveries.take(unit, now, now + lease, most)
    if not taken and not mine:
        return Sent()
    with store.read() as unit:
        read, changes = _read(unit, taken, now)
        ready = _prepare(unit, office, [*read, *mine], changes, now)
    outcomes: dict[str, tuple[_Ready, Outcome]] = {}
    async for each, outcome in _send(office, ready, now):
        outcomes[each.delivery.token] = (each, outcome)
    for token, (each, outcome) in outcomes.items():
        changes[token] = change_of(each.delivery, outcome, now)
    _write(store, changes, [outcomes[token] for token in sorted(outcomes)], now)
    states: dict[State, int] = {}
    for change in changes.values():
        state = State(change.get("state", State.WAITING))
        states[state] = states.get(state, 0) + 1
    return Sent(len(taken) + len(mine), states)


# Before it leaves


def _read(unit: Unit, taken: Sequence[Taken], now: datetime) -> tuple[list[tuple[Delivery, Person]], dict[str, Change]]:
    """Each delivery with whom it is for, and what becomes of those that cannot be read."""
    read: list[tuple[Delivery, Person]] = []
    changes: dict[str, Change] = {}
    unit.seal.fetch({each.row.person_id for each in taken if each.row.words or each.row.place != MAIL})
    for each in taken:
        try:
            read.append(each.read(unit))
        except Exception as error:
            changes[each.token] = failed(each.row, error, now)
    return read, changes


def _prepare(
    unit: Unit, office: Office, read: Sequence[tuple[Delivery, Person]], changes: dict[str, Change], now: datetime
) -> list[_Ready]:
    """Those that leave, worded; of the others it is noted what becomes of them."""
    ids = {person.id for _, person in read}
    choices = reminders.choices(unit, ids)
    browsers = _browsers(unit, ids)
    stopped = push_services.stopped(unit, now)
    known = know(unit, [ask for delivery, person in read if delivery.repeated and (ask := _ask(delivery, person))])
    ready: list[_Ready] = []
    for delivery, person in read:
        chosen = choices.get(person.id, Choice())
        try:
            change = _no_more(delivery, person, chosen, now)
            if change is None and delivery.repeated and (ask := _ask(delivery, person)):
                content = content_of(known, ask)
                if content is None:
                    change = over(State.NOTED, now)
                else:
                    delivery = replace(delivery, content=content)  # noqa: PLW2901  # as it is now
            made = change if change is not None else _word(unit, office, delivery, person, chosen, browsers, now)
            if isinstance(made, _Ready) and made.browser and made.browser.origin in stopped:
                made = wait(delivery, stopped[made.browser.origin], "stopped", now)
        except Exception as error:
            made = failed(delivery, error, now)
        if isinstance(made, _Ready):
            ready.append(made)
        else:
            changes[delivery.token] = made
    return ready


def _browsers(unit: Unit, person_ids: set[str]) -> dict[tuple[str, str], Address]:
    living = subscriptions.living(unit, person_ids)
    return {(person_id, each.id): each for person_id, every in living.items() for each in every}


def _ask(delivery: Delivery, person: Person) -> Ask | None:
    """The question behind a delivery; None for what is no reminder."""
    content = delivery.content
    if content.kind not in {*Kind}:
        return None
    at = delivery.due_at
    return Ask(person, Kind(content.kind), content.key, at, content.words, about=content.day)


def _no_more(delivery: Delivery, person: Person, chosen: Choice, now: datetime) -> Change | None:
    """What there is to do in place of sending it; None: it leaves."""
    if delivery.shown_at:
        return over(State.HANDED, now)
    if now >= delivery.useful_until:
        return over(State.LAPSED, now)
    quiet = quiet_until(chosen.quiet, person.zone, now)
    return wait(delivery, quiet, "quiet", now) if quiet else None


def _word(
    unit: Unit,
    office: Office,
    delivery: Delivery,
    person: Person,
    chosen: Choice,
    browsers: Mapping[tuple[str, str], Address],
    now: datetime,
) -> _Ready | Change:
    content = delivery.content
    message = word(content, person.language, chosen.fuller, office.app_name)
    if delivery.place == MAIL:
        mail = mail_of(unit, person, message, office.base_url) if office.mail_server else None
        return _Ready(delivery, mail=mail) if mail else over(State.GONE, now)
    browser = browsers.get((person.id, delivery.place))
    if browser is None:
        return over(State.GONE, now)
    begins = quiet_from(chosen.quiet, person.zone, now)
    until = min(delivery.useful_until, begins) if begins else delivery.useful_until
    tag = tag_of(unit, delivery)
    text = payload(
        message,
        token=delivery.token,
        tag=tag,
        kind=str(content.kind),
        whose=of_phone(person.id),
        base_url=office.base_url,
    )
    parcel = Parcel(
        delivery.token,
        browser.endpoint,
        browser.p256dh,
        browser.auth,
        text,
        ttl=max(1, int((until - now).total_seconds())),
        urgency=Urgency.HIGH if content.kind in SOON else Urgency.NORMAL,
        topic=tag,
        key=browser.key,
    )
    return _Ready(delivery, browser, parcel)


def tag_of(unit: Unit, delivery: Delivery) -> str:
    """The same for every message about one occurrence, and saying nothing: 32 letters, as much as a topic may have."""
    return unit.seal.mark(f"tag {delivery.person_id} {delivery.reminder_id} {delivery.occurrence}")[:32]


# Sending


async def _send(office: Office, ready: Sequence[_Ready], now: datetime) -> AsyncIterator[tuple[_Ready, Outcome]]:
    mails = [asyncio.ensure_future(_mail(office, each, now)) for each in ready if each.mail]
    by_token = {}
    for each in ready:
        if each.browser and office.tired.get(each.browser.origin, now) > now:
            yield each, Wait(office.tired[each.browser.origin], "tired")
        elif each.parcel:
            by_token[each.delivery.token] = each
    answered: set[str] = set()
    silent: set[str] = set()
    async for parcel, outcome in office.sender.send([each.parcel for each in by_token.values() if each.parcel]):
        each = by_token[parcel.token]
        if each.browser:
            hung = isinstance(outcome, Wait) and outcome.code in {"timeout", "connection", "unanswered"}
            (silent if hung else answered).add(each.browser.origin)
        yield each, outcome
    for origin in silent - answered:
        office.tired[origin] = now + TIRED_FOR
    for done in asyncio.as_completed(mails):
        yield await done


async def _mail(office: Office, each: _Ready, now: datetime) -> tuple[_Ready, Outcome]:
    if each.mail is None or office.mail_server is None:
        return each, Gone()
    return each, await send_mail_aside(office.mail_server, each.mail, now)


def _write(
    store: Store, changes: Mapping[str, Change], outcomes: Sequence[tuple[_Ready, Outcome]], now: datetime
) -> None:
    with store.write(BESIDE) as unit:
        deliveries.settle(unit, changes)
        handed: set[tuple[str, str]] = set()
        for each, outcome in outcomes:
            if isinstance(outcome, Stopped):
                push_services.stop(unit, outcome.origin, outcome.code, now, now + STOPPED_FOR)
            if each.browser and isinstance(outcome, Handed):
                handed.add((each.delivery.person_id, each.browser.id))
            elif each.browser and isinstance(outcome, Gone):
                subscriptions.gone(unit, each.delivery.person_id, each.browser.id, now)
        many.handed(unit, sorted(handed), now)
