"""Someone with a dose at bedtime that falls due, at the time it really is: a browser's clock cannot be set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Event
from typing import Any
from uuid import uuid4

from companion.clock import Rounds
from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.domain.plan import Moment
from companion.domain.reminder import Kind
from companion.services import consent
from companion.services.export_person import export_person
from companion.services.fire_due import Round
from companion.services.join import Joined, Joining, join
from companion.services.log_dose import Slot, take
from companion.services.plan_view import plans_of
from companion.services.set_preferences import set_day_turn
from companion.services.set_reminders import set_habit
from tests.build import BRUSSELS
from tests.confirmed import confirmed_plan, rows_plan, tablet
from tests.e2e.server import Server

PASSPHRASE = "vier losse woorden samen"


def really_now(site: Server) -> None:
    site.clock.now = datetime.now(UTC).replace(microsecond=0)


def with_a_dose(site: Server) -> Person:
    """One and a half tablet at bedtime, since three days. Their day does not turn while a test runs."""
    joined = join(site.house.store, Joining(f"lente {uuid4().hex[:12]}", PASSPHRASE, True, "nl"), site.clock.now)
    assert isinstance(joined, Joined)
    consent.choose(site.house.store, joined.person, list(Purpose), "nl", site.clock.now)
    hour = site.clock.now.astimezone(BRUSSELS).hour
    turn = "12:00" if hour < 6 else "00:00" if hour < 12 else "05:00"
    assert set_day_turn(site.house.store, joined.person, turn) is None
    start = joined.person.day(site.clock.now) - timedelta(days=3)
    document = rows_plan([({"bedtime": "1.5"}, 14)], [tablet("1")], start.isoformat())
    confirmed_plan(site.house, joined.person, document, site.clock.now)
    return joined.person


def falls_due(site: Server, person: Person) -> None:
    """The dose of bedtime is due at the next whole minute, and that is now."""
    due = site.clock.now.astimezone(BRUSSELS).replace(second=0) + timedelta(minutes=1)
    habit = (Kind.DOSE, "bedtime", due.strftime("%H:%M"), "daily", ())
    assert set_habit(site.house.store, person, *habit, site.clock.now) is None
    site.clock.now = due.astimezone(UTC)


def doses(site: Server, person: Person) -> list[dict[str, Any]]:
    """What stands noted."""
    return [each for each in export_person(site.house.store, person)["doses"] if not each["superseded"]]


def note_dose(site: Server, person: Person) -> None:
    """The dose of bedtime of this day is taken; a second time changes nothing."""
    [plan] = plans_of(site.house.store, person)
    slot = Slot(plan.id, Moment.BEDTIME, person.day(site.clock.now))
    take(site.house.store, person, slot, Decimal("1.5"), str(uuid4()), site.clock.now)


@contextmanager
def going_round(site: Server) -> Iterator[Callable[[], Round]]:
    """A round of the clock at each call, in a thread of its own: Playwright has the test's."""
    rounds = Rounds(site.house, Event())
    with ThreadPoolExecutor(1) as thread:
        yield lambda: thread.submit(rounds.round).result(60)
        thread.submit(rounds.close).result(60)
