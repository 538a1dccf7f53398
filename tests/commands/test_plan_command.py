import json
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from companion.commands.plan import run
from tests.domain.plan.build import plan, told
from tests.domain.plan.test_lay_out import CONTRACT_ANSWER, CONTRACT_INPUT


def ran(*arguments: str, stdin: str | bytes = "") -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    source = StringIO(stdin) if isinstance(stdin, str) else TextIOWrapper(BytesIO(stdin), encoding="ascii")
    return run(list(arguments), source, out, err), out.getvalue(), err.getvalue()


def test_the_example_of_the_contract_from_standard_input_and_from_a_file(tmp_path: Path) -> None:
    assert ran("-", stdin=CONTRACT_INPUT) == (0, f"{CONTRACT_ANSWER}\n", "")
    file = tmp_path / "plan.json"
    file.write_text(CONTRACT_INPUT, encoding="utf-8-sig")
    assert ran(str(file)) == (0, f"{CONTRACT_ANSWER}\n", "")
    assert ran("--", str(file))[0] == 0


def test_standard_input_is_utf_8_whatever_the_terminal_thinks() -> None:
    document = json.dumps(plan(medicine="lormétazépam"), ensure_ascii=False).encode()
    code, out, _ = ran("-", stdin=document)
    assert (code, json.loads(out)) == (0, told(plan()))


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (plan(start="2027-02-30"), "start: This date does not exist.\n"),
        (plan(pace={"kind": "amount", "mg": "0", "every_days": 7}), "pace.mg: This must be more than 0.\n"),
        (
            plan(daily={"bedtime": "2.25"}),
            "daily.bedtime: 2.25 mg cannot be made with these products; the nearest are 2 mg and 2.5 mg.\n",
        ),
        ([], "plan: This must be a group of named values.\n"),
        (plan(colour="red"), "colour: This is not a part of a plan.\n"),
    ],
)
def test_one_sentence_names_the_field(document: object, sentence: str) -> None:
    assert ran("-", stdin=json.dumps(document)) == (2, "", sentence)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "NaN",
        '{"start": Infinity}',
        '{"start": "2027-01-04", "start": "2027-01-05"}',
        '{"goal": {"kind": "stop", "kind": "reduce"}}',
        "[" * 200_000,
        '{"a":' * 200_000,
        "1" * 5000,
        '{"lead_in_days": ' + "9" * 5000 + "}",
        '"\\ud800"',
        '{"\\ud800\\n": 1}',
        "\udcff",
        b"\xff\xfe{}",
        b"{}\x00",
        " " * (4 * 1024 * 1024 + 1),
    ],
)
def test_what_is_no_plan_at_all_gets_one_sentence(text: str | bytes) -> None:
    code, out, err = ran("-", stdin=text)
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("file", ["", "missing.json", "/", "\x00", "x" * 5000, "\udcff", "a\nb"])
def test_a_file_that_cannot_be_read_gets_one_sentence(file: str) -> None:
    code, out, err = ran(file)
    assert (code, out, err.count("\n"), err.startswith("FILE: ")) == (2, "", 1, True)


@pytest.mark.parametrize("arguments", [(), ("a", "b"), ("--all",), ("--",), ("-x",)])
def test_one_file_is_needed(arguments: tuple[str, ...]) -> None:
    code, out, err = ran(*arguments)
    assert (code, out, err.startswith("FILE: ")) == (2, "", True)
