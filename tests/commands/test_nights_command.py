from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.commands.nights import COLUMNS, run

HEADER = ",".join(COLUMNS)
WORKED = "2026-11-21,22:30,23:00,30,3,45,06:00,06:40,15,"


def call(*arguments: str, text: str = "") -> tuple[int, str, str]:
    stdout, stderr = io.StringIO(), io.StringIO()
    code = run(list(arguments), io.StringIO(text), stdout, stderr)
    return code, stdout.getvalue(), stderr.getvalue()


def answer(*rows: str, zone: str = "") -> dict[str, Any]:
    code, out, err = call(*(["--zone", zone] if zone else []), "-", text="\n".join([HEADER, *rows]))
    assert (code, err) == (0, "")
    read: dict[str, Any] = json.loads(out)
    return read


def refused(*arguments: str, text: str = "") -> str:
    code, out, err = call(*arguments, text=text)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.endswith(".\n")
    return err.strip()


def test_the_worked_night_of_the_contract() -> None:
    assert answer(WORKED) == {
        "nights": [
            {
                "wake_date": "2026-11-21",
                "tib": 490,
                "spt": 390,
                "tst": 345,
                "waso": 45,
                "sol": 30,
                "twak": 40,
                "se": 70.4,
                "sme": 88.5,
                "dse": 435,
                "se_dse": 79.3,
                "naps": None,
            }
        ],
        "summary": {
            "nights": 1,
            "tib": 490,
            "tst": 345,
            "sol": 30,
            "waso": 45,
            "se": 70.4,
            "bedtime": "22:30",
            "rising_time": "06:40",
        },
    }


def test_both_nights_of_clock_change_and_another_zone() -> None:
    nights = answer("2026-03-29,23:00,,,,,,07:00,,", "2026-10-25,23:00,,,,,,07:00,,")["nights"]
    assert [night["tib"] for night in nights] == [420, 540]
    new_york = answer("2026-11-01,23:00,,,,,,07:00,,", "2026-10-25,23:00,,,,,,07:00,,", zone="America/New_York")
    assert [night["tib"] for night in new_york["nights"]] == [540, 480]


def test_a_night_without_sleep_and_a_night_without_answers() -> None:
    sleepless, empty = answer("2026-11-20,23:00,23:30,none,,,,06:00,,", "2026-11-21,,,,,,,,,")["nights"]
    assert (sleepless["tst"], sleepless["se"], sleepless["se_dse"]) == (0, 0, 0)
    assert (sleepless["sol"], sleepless["spt"], sleepless["sme"]) == (None, None, None)
    assert {value for key, value in empty.items() if key != "wake_date"} == {None}


def test_no_nights_are_no_nights() -> None:
    assert answer() == {
        "nights": [],
        "summary": dict.fromkeys(["tib", "tst", "sol", "waso", "se", "bedtime", "rising_time"]) | {"nights": 0},
    }


def test_a_file_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "diary.csv"
    for separator in (",", ";"):
        rows = f"{HEADER}\r\n{WORKED}\r\n\r\n".replace(",", separator)
        file.write_bytes(b"\xef\xbb\xbf" + rows.encode())
        code, out, _ = call(str(file), "--zone=Europe/Brussels")
        assert code == 0
        assert json.loads(out)["summary"]["tib"] == 490


def test_columns_may_stand_in_another_order_and_nights_too() -> None:
    code, out, _ = call("-", text=f"{','.join(reversed(COLUMNS))}\n{','.join(reversed(WORKED.split(',')))}\n")
    assert code == 0
    assert json.loads(out)["nights"][0]["se"] == 70.4
    days = [night["wake_date"] for night in answer("2026-11-21,,,,,,,,,", "2026-11-20,,,,,,,,,")["nights"]]
    assert days == ["2026-11-21", "2026-11-20"]


@pytest.mark.parametrize(
    ("row", "start"),
    [
        ("2026-02-30,,,,,,,,,", "Line 3, wake_date: "),
        (",,,,,,,,,", "Line 3, wake_date: "),
        ("2026-11-21,22.30,,,,,,,,", "Line 3, in_bed: "),
        ("2026-11-21,,25:00,,,,,,,", "Line 3, lights_out: "),
        ("2026-11-21,,,None,,,,,,", "Line 3, sol_min: "),
        ("2026-11-21,,,,-1,,,,,", "Line 3, awakenings: "),
        ("2026-11-21,,,,,4.5,,,,", "Line 3, waso_min: "),
        ("2026-11-21,,,,,,,,,1441", "Line 3, naps_min: "),
        ("2026-11-21,22:30,23:00,30,3,391,06:00,06:40,,", "Line 3, waso_min: "),
        ("2026-11-21,23:30,23:00,,,,,06:40,,", "Line 3, in_bed: "),
        ("2026-11-21,,,,,,06:00,06:40,41,", "Line 3, still_trying_min: "),
        ("2026-11-21,,,,,,,,", "Line 3: "),
        ("2026-11-20,,,,,,,,,", "Line 3, wake_date: this night is already on line 2"),
        ('"2026-11-21', "Line 3: this is not CSV"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_line_and_field(row: str, start: str) -> None:
    assert refused("-", text=f"{HEADER}\n2026-11-20,,,,,,,,,\n{row}\n").startswith(start)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "Line 1"),
        ("\n\n", "Line 1"),
        ("a,b\n", "Line 1, wake_date: this column is missing"),
        (HEADER.replace(",up", ""), "Line 1, up: this column is missing"),
        (HEADER + ",mood\n", "'mood': this column is not known"),
        (HEADER + ",up\n", "up: this column is there twice"),
        ("\ud800", "not UTF-8"),
    ],
)
def test_a_file_with_other_columns_is_refused(text: str, part: str) -> None:
    assert part in refused("-", text=text)


@pytest.mark.parametrize(
    "zone", ["Europe", "europe/nowhere", "../../etc/passwd", "/etc/localtime", "", "posixrules", "\x00", "é"]
)
def test_only_a_zone_of_the_database_is_a_zone(zone: str) -> None:
    assert refused("-", "--zone", zone, text=HEADER).startswith("zone: ")


@pytest.mark.parametrize("arguments", [[], ["-", "-"], ["--fast", "-"], ["a\nb.csv"], ["-", "--zone"], ["/"]])
def test_wrong_arguments_are_one_sentence(arguments: list[str]) -> None:
    refused(*arguments, text=HEADER)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "diary.csv"
    file.write_bytes(HEADER.encode("utf-16"))
    assert "not UTF-8" in refused(str(file))
    assert "cannot be read" in refused(str(tmp_path / "other.csv"))
    assert "cannot be read" in refused(str(tmp_path))


def test_bytes_of_standard_input_are_read_as_utf8_whatever_the_locale() -> None:
    stdin = io.TextIOWrapper(io.BytesIO(f"\ufeff{HEADER}\n{WORKED}\n".encode()), encoding="ascii")
    stdout = io.StringIO()
    assert run(["-"], stdin, stdout, io.StringIO()) == 0
    assert json.loads(stdout.getvalue())["summary"]["nights"] == 1


def test_two_dashes_end_the_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("--zone").write_text(HEADER)
    assert call("--", "--zone")[0] == 0


@given(st.text(max_size=80))
@settings(deadline=None)
def test_no_text_makes_the_command_fail(text: str) -> None:
    for whole in (text, f"{HEADER}\n{text}"):
        code, out, err = call("-", text=whole)
        assert (code, bool(out), bool(err)) in {(0, True, False), (2, False, True)}
        assert err.count("\n") <= 1
