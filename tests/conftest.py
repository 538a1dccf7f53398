"""The house, its clock, and three people in their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from flask import Flask

from companion.bootstrap import House
from companion.web.app import create_app
from tests.build import Clock, open_house
from tests.cluster import cluster
from tests.engines import SQLITE, Databases, Given, both
from tests.logs import reading
from tests.people import joined, newcomer
from tests.profile import register
from tests.web.fetcher import Browser

register()


@pytest.fixture(scope="session", autouse=True)
def nothing_of_anybody_is_logged() -> Iterator[None]:
    """Every log of the whole run, in every worker (tests/logs.py)."""
    with reading() as reader:
        yield
    assert reader.found() == []


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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    both(metafunc)


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """The database of this test: SQLite where nothing else is said (tests/engines.py)."""
    return str(getattr(request, "param", SQLITE))


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """A PostgreSQL server of this worker's own."""
    with cluster() as server:
        yield Databases(server)


@pytest.fixture(scope="session")
def new_database(engine: str, request: pytest.FixtureRequest) -> Given:
    """`with new_database() as given, open_house(folder, clock, **given) as house`: nobody lives there yet."""
    if engine == SQLITE:
        empty = request.getfixturevalue("empty_database")
        return lambda: nullcontext({"empty": empty})
    databases: Databases = request.getfixturevalue("databases")
    return databases.lent


@pytest.fixture
def house(tmp_path: Path, clock: Clock, new_database: Given) -> Iterator[House]:
    with new_database() as given, open_house(tmp_path / "instance", clock, **given) as house:
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
