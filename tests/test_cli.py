"""The console script: JSON on standard output, one sentence on standard error, 0 done, 2 wrong input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from companion import cli
from companion.bootstrap import House
from companion.services.demo import make_demo
from companion.services.join import Joining, join
from companion.services.sign_in import SignedIn, sign_in
from companion.services.slow_down import Visit
from tests.build import Clock, rows
from tests.people import newcomer
from tests.web.fetcher import Browser
from tests.web.shares import Reader

PROGRAM = Path(sys.executable).with_name("companion")


@pytest.fixture(autouse=True)
def at_home(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The console script in the house of this test."""
    monkeypatch.setenv("INSTANCE", str(house.settings.instance))
    monkeypatch.setenv("DATA_KEY", house.settings.data_key)
    monkeypatch.setenv("SECRET_KEY", house.settings.secret_key)
    monkeypatch.setenv("DATABASE_URL", house.settings.database_url)
    for name in ("BASE_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Houses that the script opens are closed when the test ends (a process would end)."""
    opened: list[House] = []
    build = cli.build

    def remember(*args: Any) -> House:
        opened.append(build(*args))
        return opened[-1]

    monkeypatch.setattr(cli, "build", remember)
    yield
    for each in opened:
        each.store.engine.dispose()


def run(*words: str) -> int:
    """The exit code of the console script."""
    try:
        cli.main(list(words))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(*words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.endswith(".\n")
    assert "Traceback" not in said.err
    return said.err


def test_migrate_is_harmless_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("migrate") == run("migrate") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0]) == {"migrated": True}


def test_the_demo_makes_alice_bob_and_charlie_once(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo") == 0
    assert json.loads(capsys.readouterr().out) == {"people": ["alice", "bob", "charlie"]}
    before = {name: len(rows(house, name)) for name in ("person", "entry", "plan")}
    assert run("demo") == 0
    assert json.loads(capsys.readouterr().out) == {"people": []}
    assert {name: len(rows(house, name)) for name in before} == before


def test_the_demo_people_can_come_in_and_every_page_of_theirs_opens(app: Any, house: House, clock: Clock) -> None:
    make_demo(house.store, 0, 0, force=False, now=clock())
    for name, language in (("alice", "nl"), ("bob", "fr"), ("charlie", "nl")):
        browser: Browser = newcomer(app, language)
        browser.post("/sign-in", {"name": name, "passphrase": f"demo-{name}-2027"})
        for address in ("/today", "/plan", "/diary", "/history", "/history?window=month", "/account"):
            browser.open(address)


def test_alice_of_the_demo_has_half_a_year(house: House, clock: Clock) -> None:
    make_demo(house.store, 0, 0, force=False, now=clock())
    [alice] = [each["id"] for each in rows(house, "person") if each["name"] == "alice"]
    kinds = [each["kind"] for each in rows(house, "entry") if each["person_id"] == alice]
    assert 150 < kinds.count("night") < 183
    assert kinds.count("dose") > 150
    assert kinds.count("symptoms") >= 12


def test_the_demo_is_the_same_every_time(house: House, clock: Clock, tmp_path: Path) -> None:
    from tests.build import open_house

    make_demo(house.store, 1, 20, force=False, now=clock())
    with open_house(tmp_path / "other", clock) as other:
        make_demo(other.store, 1, 20, force=False, now=clock())
        data = [sorted((str(row["day"]), row["data"]) for row in rows(each, "entry")) for each in (house, other)]
    assert len(data[0]) > 300
    assert data[0] == data[1]


def test_the_demo_refuses_beside_real_people(house: House, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    join(house.store, Joining("Someone real", "a long passphrase", True, "nl"), clock())
    assert "demo" in refused(capsys, "demo")
    assert [each["name"] for each in rows(house, "person")] == ["Someone real"]
    assert run("demo", "--force") == 0
    assert len(rows(house, "person")) == 4


def test_more_demo_people_with_their_nights(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo", "--people", "2", "--nights", "10") == 0
    assert json.loads(capsys.readouterr().out)["people"][3:] == ["demo-00001", "demo-00002"]
    assert len(rows(house, "person")) == 5


def test_export_to_a_file_and_to_standard_output(
    house: House, clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_demo(house.store, 0, 0, force=False, now=clock())
    assert run("export", "alice", str(tmp_path / "alice.json")) == 0
    export = json.loads((tmp_path / "alice.json").read_text())
    assert (export["person"]["name"], len(export["plans"])) == ("alice", 1)
    capsys.readouterr()
    assert run("export", export["person"]["id"], "-") == 0
    assert json.loads(capsys.readouterr().out) == export


def test_out_erased_in_and_out_is_the_same_to_the_byte(
    house: House, clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_demo(house.store, 0, 30, force=False, now=clock())
    first, again = tmp_path / "first.json", tmp_path / "again.json"
    assert run("export", "alice", str(first)) == 0
    assert run("erase", "alice") == 0
    capsys.readouterr()
    assert run("import", "alice", str(first)) == 0
    assert len(json.loads(capsys.readouterr().out)["recovery_codes"]) == 8
    assert run("import", "alice", str(first)) == 0
    assert run("export", "alice", str(again)) == 0
    assert again.read_bytes() == first.read_bytes()
    capsys.readouterr()
    before = rows(house, "entry")
    for wrong in (["import", "dora", str(first)], ["import", "alice", str(tmp_path / "no.json")]):
        assert refused(capsys, *wrong)
    first.write_text("{}")
    assert refused(capsys, "import", "alice", str(first)).startswith("file: ")
    assert rows(house, "entry") == before


def test_erase_takes_one_person_and_leaves_the_others(house: House, clock: Clock) -> None:
    make_demo(house.store, 0, 0, force=False, now=clock())
    assert run("erase", "ALICE") == 0
    assert {each["name"] for each in rows(house, "person")} == {"bob", "charlie"}
    known = {each["id"] for each in rows(house, "person")}
    assert {each["person_id"] for table in ("entry", "plan", "consent") for each in rows(house, table)} <= known
    said = sign_in(house.store, "bob", "demo-bob-2027", Visit(""), clock())
    assert isinstance(said, SignedIn)


@pytest.mark.parametrize(
    "words",
    [
        ["erase", "nobody"],
        ["export", "nobody", "-"],
        ["demo", "--people", "many"],
        ["demo", "--nights", "-1"],
        ["erase"],
        ["export", "alice"],
        ["conquer"],
        [],
        ["amount", "x"],
        ["amount"],
        ["plan", "/nowhere/at/all.json"],
    ],
)
def test_wrong_input_is_one_sentence(house: House, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    refused(capsys, *words)
    assert rows(house, "person") == []


def test_a_file_that_cannot_be_written_is_one_sentence(
    house: House, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    join(house.store, Joining("alice", "a long passphrase", True, "nl"), clock())
    assert "file" in refused(capsys, "export", "alice", "/nowhere/at/all.json")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("BASE_URL", "andante.example"),
        ("DATA_KEY", "short"),
        ("DATABASE_URL", "mysql://here/andante"),
        ("DATABASE_URL", "postgresql+psycopg://andante@127.0.0.1:1/andante"),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert name in refused(capsys, "migrate")


def test_the_script_itself_needs_no_database_for_arithmetic(tmp_path: Path) -> None:
    environment = {"INSTANCE": str(tmp_path / "none"), "PATH": "/usr/bin:/bin"}
    ran = subprocess.run([PROGRAM, "amount", "1½"], env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["amount"] == "1.5"
    assert not (tmp_path / "none").exists()


def test_share_makes_a_link_that_opens(
    app: Any, house: House, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    make_demo(house.store, 0, 0, force=False)
    assert run("share", "alice", "--sections", "plan,nights,look-back", "--days", "7", "--pin", "1234") == 0
    made = json.loads(capsys.readouterr().out)
    assert set(made) == {"url", "expires"}
    assert made["url"].startswith("http://127.0.0.1:8000/s/")
    assert made["expires"].endswith("Z")
    [share] = rows(house, "share")
    assert share["sections"] == '["plan", "nights", "look_back"]'
    assert (share["ends_at"] - share["made_at"]).days == 7
    clock.instant = share["made_at"]
    reader = Reader(app, made["url"].rpartition("/")[2])
    assert reader.show({"pin": "1234"}).has("Medicine and dose")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("nobody", "--sections", "plan"), "person"),
        (("alice", "--sections", "plan,everything"), "sections"),
        (("alice", "--sections", ""), "sections"),
        (("alice", "--sections", "plan", "--days", "0"), "days"),
        (("alice", "--sections", "plan", "--days", "x"), "days"),
        (("alice", "--sections", "plan", "--pin", "12"), "pin"),
        (("alice",), "sections"),
    ],
)
def test_share_with_something_wrong_makes_nothing(
    house: House, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], field: str
) -> None:
    make_demo(house.store, 0, 0, force=False)
    assert field in refused(capsys, "share", *words)
    assert rows(house, "share") == []


# Everyone at once


def test_a_backup_overwrites_nothing_and_neither_does_putting_it_back(
    house: House, clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_demo(house.store, 0, 5, force=False, now=clock())
    copy = str(tmp_path / "copy")
    assert run("backup", copy) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["backup"] == copy
    assert Path(made["keys"]).exists()
    assert refused(capsys, "backup", copy).startswith("file: ")
    assert refused(capsys, "backup", "/nowhere/at/all").startswith("file: ")
    assert "3 people live in it" in refused(capsys, "restore", copy)
    assert refused(capsys, "restore", str(tmp_path / "no"), "--force").startswith("file: ")
    assert run("erase", "bob") == 0
    capsys.readouterr()
    assert run("restore", copy, "--force") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["people"], said["erased_since"], said["without_words"]) == (2, 1, 0)
    assert {row["name"] for row in rows(house, "person")} == {"alice", "charlie"}


def test_keys_are_put_under_another_data_key(
    house: House, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_demo(house.store, 0, 5, force=False, now=clock())
    monkeypatch.setenv("DATA_KEY", "quite another data key")
    assert "DATA_KEY" in refused(capsys, "rotate-keys")
    monkeypatch.setenv("DATA_KEY_OLD", house.settings.data_key)
    for count in (3, 0):
        assert run("rotate-keys") == 0
        assert json.loads(capsys.readouterr().out) == {"keys": count, "words": 0}
    monkeypatch.delenv("DATA_KEY_OLD")
    assert run("export", "alice", "-") == 0
