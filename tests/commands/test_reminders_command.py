import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from companion.commands.reminders import run

ONE = {"kind": "dose", "at": "21:45", "days": "daily"}


def asked(*reminders: dict[str, Any], **more: Any) -> dict[str, Any]:
    document = {
        "zone": "Europe/Brussels",
        "from": "2027-01-04T00:00:00Z",
        "until": "2027-01-06T00:00:00Z",
        "reminders": list(reminders) or [ONE],
    }
    return {**document, **more}


def ran(document: object, *arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    return run(list(arguments) or ["-"], StringIO(json.dumps(document)), out, err), out.getvalue(), err.getvalue()


def due(document: object) -> list[tuple[str, str, str]]:
    code, out, err = ran(document)
    assert (code, err) == (0, "")
    return [(each["kind"], each["local"], each["due"]) for each in json.loads(out)]


def test_the_example_of_the_contract(tmp_path: Path) -> None:
    answer = [
        {"kind": "dose", "local": "2027-01-04T21:45", "due": "2027-01-04T20:45:00Z"},
        {"kind": "dose", "local": "2027-01-05T21:45", "due": "2027-01-05T20:45:00Z"},
    ]
    assert json.loads(ran(asked())[1]) == answer
    file = tmp_path / "reminders.json"
    file.write_text(json.dumps(asked()))
    assert json.loads(ran(None, str(file))[1]) == answer
    assert json.loads(ran(None, "--", str(file))[1]) == answer


def test_sorted_by_instant_whatever_the_order_of_the_list() -> None:
    found = due(
        asked(
            {"kind": "dose", "at": "21:45", "days": ["mon"]},
            {"kind": "diary", "at": "08:00", "days": ["tue", "mon"]},
            {"kind": "prescription", "at": "08:00", "days": {"every": 14, "from": "2026-12-22"}},
        )
    )
    assert found == [
        ("diary", "2027-01-04T08:00", "2027-01-04T07:00:00Z"),
        ("dose", "2027-01-04T21:45", "2027-01-04T20:45:00Z"),
        ("diary", "2027-01-05T08:00", "2027-01-05T07:00:00Z"),
        ("prescription", "2027-01-05T08:00", "2027-01-05T07:00:00Z"),
    ]


def test_nothing_to_remind_of_and_no_time_at_all_are_empty() -> None:
    assert due(asked(reminders=[])) == []
    assert due(asked(until="2027-01-04T00:00:00Z")) == []


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ([], "reminders"),
        ("daily", "reminders"),
        (None, "reminders"),
        ({key: value for key, value in asked().items() if key != "zone"}, "zone"),
        (asked(colour="red"), "colour"),
        (asked(zone="Brussels"), "zone"),
        (asked(zone="../../etc/passwd"), "zone"),
        (asked(zone=1), "zone"),
        (asked(zone=["UTC"]), "zone"),
        (asked(**{"from": "2027-01-04"}), "from"),
        (asked(**{"from": "2027-01-04T00:00:00"}), "from"),
        (asked(**{"from": "2027-01-04T00:00:00+01:00"}), "from"),
        (asked(until="2027-02-30T00:00:00Z"), "until"),
        (asked(until="2027-01-03T00:00:00Z"), "until"),
        (asked(until=7), "until"),
        (asked(reminders=ONE), "reminders"),
        (asked(reminders=[ONE] * 1001), "reminders"),
        (asked("daily"), "reminders[0]"),  # type: ignore[arg-type]
        (asked(ONE, {**ONE, "kind": "coffee"}), "reminders[1].kind"),
        (asked({**ONE, "kind": None}), "reminders[0].kind"),
        (asked({**ONE, "at": "24:00"}), "reminders[0].at"),
        (asked({**ONE, "at": "7:30"}), "reminders[0].at"),
        (asked({**ONE, "at": "21:45:00"}), "reminders[0].at"),
        (asked({**ONE, "at": 2145}), "reminders[0].at"),
        (asked({"kind": "dose", "days": "daily"}), "reminders[0].at"),
        (asked({**ONE, "note": "x"}), "reminders[0].note"),
        (asked({**ONE, "days": "weekly"}), "reminders[0].days"),
        (asked({**ONE, "days": []}), "reminders[0].days"),
        (asked({**ONE, "days": ["monday"]}), "reminders[0].days[0]"),
        (asked({**ONE, "days": ["mon", ["tue"]]}), "reminders[0].days[1]"),
        (asked({**ONE, "days": ["mon", "tue", "mon"]}), "reminders[0].days[2]"),
        (asked({**ONE, "days": {"every": 0, "from": "2027-01-04"}}), "reminders[0].days.every"),
        (asked({**ONE, "days": {"every": True, "from": "2027-01-04"}}), "reminders[0].days.every"),
        (asked({**ONE, "days": {"every": 1.5, "from": "2027-01-04"}}), "reminders[0].days.every"),
        (asked({**ONE, "days": {"every": 14}}), "reminders[0].days.from"),
        (asked({**ONE, "days": {"every": 14, "from": "2027-02-29"}}), "reminders[0].days.from"),
        (asked({**ONE, "days": {"every": 14, "from": "0001-01-01"}}), "reminders[0].days.from"),
        (asked({**ONE, "days": {"every": 14, "from": "2027-01-04", "to": 1}}), "reminders[0].days.to"),
        (asked({**ONE, "days": None}), "reminders[0].days"),
        (asked(*[ONE] * 20, **{"from": "1970-01-01T00:00:00Z", "until": "2199-01-01T00:00:00Z"}), "until"),
    ],
)
def test_what_is_wrong_is_one_sentence_that_names_the_field(document: object, field: str) -> None:
    code, out, err = ran(document)
    assert (code, out) == (2, "")
    assert err.startswith(f"{field}: ")
    assert err.count("\n") == 1
    assert err.rstrip().endswith(".")


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--zone"], ["/nowhere.json"]])
def test_one_file_is_needed(arguments: list[str]) -> None:
    out, err = StringIO(), StringIO()
    assert run(arguments, StringIO(), out, err) == 2
    assert err.getvalue().startswith("FILE: ")


def test_two_hundred_years_of_one_reminder_fit() -> None:
    found = due(asked(**{"from": "1970-01-01T00:00:00Z", "until": "2199-12-31T00:00:00Z"}))
    assert len(found) == 84_005
