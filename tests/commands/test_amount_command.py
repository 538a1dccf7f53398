import json
from io import StringIO

import pytest

from companion.commands.amount import run


def ran(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    return run(list(arguments), StringIO(), out, err), out.getvalue(), err.getvalue()


def test_prints_the_amount_and_its_words() -> None:
    assert ran("1,5") == (0, '{"amount": "1.5", "words": {"nl": "anderhalf", "fr": "un et demi"}}\n', "")


@pytest.mark.parametrize("typed", ["½", "0,5", ",5", "1/2 mg", "0.50"])
def test_reads_every_way_to_write_a_half(typed: str) -> None:
    code, out, _ = ran(typed)
    assert (code, json.loads(out)) == (0, {"amount": "0.5", "words": {"nl": "een halve", "fr": "un demi"}})


def test_a_dash_dash_ends_options() -> None:
    assert ran("--", "2")[0] == 0
    assert ran("--", "-2") == (2, "", "amount: Write the amount in digits only, like 10, 0.5 or 1 1/2.\n")


@pytest.mark.parametrize("arguments", [(), ("1", "2"), ("-2",), ("--help",), ("--",), ("--", "1", "2"), ("--x", "1")])
def test_one_text_is_needed(arguments: tuple[str, ...]) -> None:
    code, out, err = ran(*arguments)
    assert (code, out, err.count("\n"), err.startswith("TEXT: ")) == (2, "", 1, True)


def test_asks_which_of_two_numbers_is_meant() -> None:
    assert ran("1.000") == (2, "", "amount: Do you mean 1 or 1000?\n")


@pytest.mark.parametrize("typed", ["", "nonsense", "1\n2", "\udcff", "%s", "٣", "9" * 10_000])
def test_says_one_sentence_about_anything_else(typed: str) -> None:
    code, out, err = ran(typed)
    assert (code, out, err.count("\n"), err.startswith("amount: ")) == (2, "", 1, True)
