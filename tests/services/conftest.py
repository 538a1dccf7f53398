"""A push service, someone with a phone, a clock that goes round when it is told to, and other machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.bootstrap import House, build, migrate
from tests.build import Clock, settings_in
from tests.engines import SQLITE, Databases
from tests.push_service import PushService, push_service
from tests.services.reminding import Someone, Ticker, someone

Elsewhere = Callable[..., House]


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


@pytest.fixture
def elsewhere(engine: str, tmp_path: Path, clock: Clock, request: pytest.FixtureRequest) -> Iterator[Elsewhere]:
    """Another machine: an instance folder and a database of its own, in which nobody lives yet."""
    opened: list[House] = []

    def make(name: str = "elsewhere", **more: Any) -> House:
        folder = tmp_path / name
        if engine != SQLITE and "database_url" not in more:
            databases: Databases = request.getfixturevalue("databases")
            more["database_url"] = databases.server.url(databases.server.database())
        made = build(settings_in(folder, **more), clock)
        migrate(made)
        opened.append(made)
        return made

    yield make
    for each in opened:
        each.store.engine.dispose()
