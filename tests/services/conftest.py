"""A push service, someone with a phone, and a clock that goes round when it is told to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.bootstrap import House
from tests.build import Clock
from tests.push_service import PushService, push_service
from tests.services.reminding import Someone, Ticker, someone


@pytest.fixture
def service(clock: Clock) -> Iterator[PushService]:
    with push_service(clock) as service:
        yield service


@pytest.fixture
def ann(house: House, clock: Clock, service: PushService) -> Someone:
    """Ann, on Saturday 21 November 2026 at noon in Brussels, with one phone."""
    clock.set("2026-11-21 12:00")
    ann = someone(house, clock, service, "annabel of the tests")
    ann.phone()
    return ann


@pytest.fixture
def ticker(house: House, clock: Clock, service: PushService) -> Ticker:
    return Ticker(house, clock, service)
