from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.domain.amount import read_amount, to_text
from companion.domain.codes import Refused

NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", "1"),
        ("0", "0"),
        ("10", "10"),
        ("999999", "999999"),
        ("0.5", "0.5"),
        ("0,5", "0.5"),
        (",5", "0.5"),
        (".5", "0.5"),
        (",05", "0.05"),
        ("0,55", "0.55"),
        ("1,5", "1.5"),
        ("1,50", "1.5"),
        ("1,25", "1.25"),
        ("0.250", "0.25"),
        ("0,125", "0.125"),
        ("0,000", "0"),
        (",250", "0.25"),
        ("1.125", "1.125"),
        ("1,0000", "1"),
        ("05,5", "5.5"),
        ("0,299", "0.299"),
        ("0.000001", "0.000001"),
        ("½", "0.5"),
        ("¼", "0.25"),
        ("¾", "0.75"),
        ("1/2", "0.5"),
        ("1/4", "0.25"),
        ("3/4", "0.75"),
        ("1\u20442", "0.5"),
        ("1 ½", "1.5"),
        ("1½", "1.5"),
        (f"1{NBSP}½", "1.5"),
        (f"2{NARROW}¾", "2.75"),
        ("1 1/2", "1.5"),
        ("0 1/2", "0.5"),
        ("10 mg", "10"),
        ("10mg", "10"),
        (f"10{NBSP}mg", "10"),
        (f"7,5{NARROW}mg", "7.5"),
        ("1 ½ mg", "1.5"),
        ("½mg", "0.5"),
        ("2 MG", "2"),
        ("  1,5 ", "1.5"),
        ("\t1,5", "1.5"),
    ],
)
def test_reads_an_amount_as_people_write_it(typed: str, meant: str) -> None:
    amount = read_amount(typed)
    assert isinstance(amount, Decimal)
    assert to_text(amount) == str(amount) == meant


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("1 000", "1", "1000"),
        (f"1{NBSP}000", "1", "1000"),
        (f"1{NARROW}000 mg", "1", "1000"),
        ("1 125", "1.125", "1125"),
        ("12 500", "12.5", "12500"),
        ("1.000", "1", "1000"),
        ("1,250", "1.25", "1250"),
        ("1000.500", "1000.5", "1000500"),
        ("10,000mg", "10", "10000"),
        ("05", "0.5", "5"),
        ("007", "0.07", "7"),
        ("025 mg", "0.25", "25"),
        ("11/2", "1.5", "5.5"),
        ("23/4", "2.75", "5.75"),
        ("111/2", "11.5", "55.5"),
    ],
)
def test_asks_when_two_numbers_could_be_meant(typed: str, first: str, second: str) -> None:
    refused = read_amount(typed)
    assert isinstance(refused, Refused)
    (reason,) = refused.reasons
    assert (reason.field, reason.code) == ("amount", "amount_two_readings")
    assert dict(reason.values) == {"first": first, "second": second}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "mg",
        "NaN",
        "inf",
        "een",
        "-1",
        "+1",
        "−1",
        "1e3",
        "1E-3",
        "0x10",
        "1_000",
        "1'000",
        "1.000,5",
        "1,000.5",
        "1.000.000",
        "1,2,3",
        "1..5",
        "5.",
        "5,",
        ".",
        ",",
        "1 5",
        "1 00",
        "1000 000",
        "1 000 000",
        "1 000,5",
        "1, 5",
        "1 , 5",
        "٣",
        "１",
        "1٫5",
        "²",
        "½½",
        "½ 1",
        "1,5½",
        "1 000 ½",
        "01 ½",
        "⅓",
        "⅛",
        "1/3",
        "1/0",
        "0/2",
        "2/4",
        "3/2",
        "12/2",
        "1/2/2",
        "1 / 2",
        "1//2",
        "01/2",
        "1 11/2",
        "00",
        "000",
        "1000000",
        "0,1234567",
        "1" * 5000,
        "1/" + "2" * 5000,
        "10 g",
        "10 µg",
        "10 ml",
        "10 mg mg",
        "10 m g",
        "mg 10",
        "10 mg/d",
        "10\n",
        "1\n0",
        "1\x000",
        "\udcff",
        "10 mg 5",
        "2 x 5",
        "1-2",
        "10%",
    ],
)
def test_refuses_whatever_is_not_wholly_understood(typed: str) -> None:
    assert isinstance(read_amount(typed), Refused)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "amount_empty"),
        (f" {NBSP} ", "amount_empty"),
        ("mg", "amount_empty"),
        ("een", "amount_not_understood"),
        ("00", "amount_not_understood"),
        ("1/3", "amount_fraction"),
        ("1000000", "amount_too_large"),
        ("0,1234567", "amount_too_fine"),
    ],
)
def test_says_what_it_is_that_cannot_be_read(typed: str, code: str) -> None:
    assert read_amount(typed) == Refused.because("amount", code)


def test_every_amount_from_a_hundredth_to_a_thousand_survives_typing() -> None:
    for hundredths in range(1, 100_000):
        whole, rest = divmod(hundredths, 100)
        exact = Decimal(hundredths) / 100
        written = to_text(exact)
        typed = (f"{whole},{rest:02}", f"{whole}.{rest:02} mg", written)[hundredths % 3]
        assert read_amount(typed) == exact, typed
        assert Decimal(written) == exact


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="0123456789.,½¼¾/ \u00a0\u202fmg-+e", max_size=9))
def test_never_drops_or_adds_a_digit(typed: str) -> None:
    amount = read_amount(typed)
    if isinstance(amount, Refused) or any(mark in typed for mark in "½¼¾/"):
        return
    typed_digits = "".join(letter for letter in typed if letter.isdigit() or letter in ".,").replace(",", ".")
    whole, _, decimals = typed_digits.partition(".")
    assert amount == int(whole or "0") + Decimal(int(decimals or "0")).scaleb(-len(decimals))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=8))
def test_answers_anything(typed: str) -> None:
    amount = read_amount(typed)
    assert isinstance(amount, Refused) or amount >= 0


@pytest.mark.parametrize(
    ("amount", "written"),
    [("1E+2", "100"), ("0.1250", "0.125"), ("0.000", "0"), ("1E-6", "0.000001"), ("-33.30", "-33.3")],
)
def test_writes_without_exponent_or_last_zero(amount: str, written: str) -> None:
    assert to_text(Decimal(amount)) == written
