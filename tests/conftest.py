"""The house, its clock, and three people in their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.web.app import create_app
from tests.build import Clock, open_house
from tests.people import joined, newcomer
from tests.web.fetcher import Browser


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without anyone, made once a process and copied for each test."""
    folder = tmp_path_factory.mktemp("empty")
    with open_house(folder, Clock()):
        pass
    return folder / "companion.db"


@pytest.fixture
def house(tmp_path: Path, clock: Clock, empty_database: Path) -> Iterator[House]:
    with open_house(tmp_path / "instance", clock, empty_database) as house:
        yield house


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Building the app (its addresses, its templates) takes longer than most tests: once a process."""
    with open_house(tmp_path_factory.mktemp("built"), Clock()) as house:
        yield create_app(house)


@pytest.fixture
def app(built_app: Flask, house: House) -> Flask:
    """The app in this test's own house."""
    built_app.extensions["house"] = house
    return built_app


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """A Dutch browser, nobody signed in."""
    return newcomer(app)


@pytest.fixture
def alice(app: Flask) -> Browser:
    """Signed in, Dutch, consent for everything."""
    return joined(app, "alice")


@pytest.fixture
def bob(app: Flask) -> Browser:
    """Signed in, French, consent for everything."""
    return joined(app, "bob")


@pytest.fixture
def charlie(app: Flask) -> Browser:
    """Signed in, and a stranger to the others."""
    return joined(app, "charlie")
