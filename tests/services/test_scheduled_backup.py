"""A backup every night, once for all clocks, and none older than thirty days."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from companion import clock as clocks
from companion.bootstrap import House
from companion.services.back_up import restore
from companion.services.demo import make_demo
from companion.services.scheduled_backup import back_up_when_due, last_slot
from companion.settings import read_settings
from companion.storage.unit_of_work import Store
from tests.build import Clock, rows


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.backup"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_half_past_two_in_the_night() -> None:
    assert last_slot(at("2026-11-21 02:30")) == at("2026-11-21 02:30")
    assert last_slot(at("2026-11-21 02:29")) == at("2026-11-20 02:30")
    assert read_settings({}).backup_dir is None
    assert read_settings({"BACKUP_DIR": "/x"}).backup_dir == Path("/x")


def test_once_a_night_and_for_thirty_days(house: House, clock: Clock, tmp_path: Path, engine: str) -> None:
    make_demo(house.store, 0, 3, force=False, now=clock())
    folder = tmp_path / "backups"
    (tmp_path / "backups").mkdir()
    (folder / "andante-of-mine.backup").write_text("somebody's")
    clock.instant = at("2026-11-21 12:00")
    for _ in range(3):
        back_up_when_due(house.store, folder, clock())
        clock.forward(hours=6)
    assert names(folder) == ["andante-2026-11-21.backup", "andante-of-mine.backup"]
    for _ in range(31):
        clock.forward(days=1)
        back_up_when_due(house.store, folder, clock())
    found = names(folder)
    assert len(found) == 31
    assert found[0] == "andante-2026-11-24.backup"
    assert found[-1] == "andante-of-mine.backup"
    assert restore(house.store, folder / found[-2], None, force=True).people == 3


def test_of_several_clocks_one_makes_it(house: House, clock: Clock, tmp_path: Path, engine: str) -> None:
    together = Barrier(4)
    made: list[Path | None] = []

    def go(number: int) -> None:
        store = Store(house.store.engine, house.store.ring, house.settings.instance, clock)
        together.wait()
        made.append(back_up_when_due(store, tmp_path / f"machine {number}", clock()))

    threads = [Thread(target=go, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len([each for each in made if each]) == 1
    assert len(list(tmp_path.glob("machine */*.backup"))) == 1


def test_what_does_not_succeed_is_told_and_tried_again(
    house: House, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "backups").write_text("a file where a folder should be")
    for _ in range(2):
        assert back_up_when_due(house.store, tmp_path / "backups", clock()) is None
    assert caplog.text.count("no backup") == 1
    (tmp_path / "backups").unlink()
    clock.forward(minutes=61)
    assert back_up_when_due(house.store, tmp_path / "backups", clock())


def test_a_clock_that_was_killed_leaves_it_to_the_next(house: House, clock: Clock, tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def dies(*_: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("companion.services.scheduled_backup.back_up", dies)
        with pytest.raises(Killed):
            back_up_when_due(house.store, tmp_path, clock())
    half = tmp_path / ".andante-2026-11-21.backup.0badcafe.part"
    half.write_text("half")
    os.utime(half, ((clock() - timedelta(days=2)).timestamp(),) * 2)
    assert back_up_when_due(house.store, tmp_path, clock()) is None
    clock.forward(hours=3)
    assert back_up_when_due(house.store, tmp_path, clock())
    assert not half.exists()


def test_the_clock_makes_it_where_a_folder_is_named_and_stops_when_told(
    house: House, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from dataclasses import replace
    from threading import Event

    stop = Event()
    clocks.Rounds(house, stop).back_up()
    assert rows(house, "backup") == []
    named = replace(house, settings=replace(house.settings, backup_dir=tmp_path / "backups"))
    clocks.Rounds(named, stop).back_up()
    assert len(names(tmp_path / "backups")) == 1
