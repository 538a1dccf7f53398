"""A medicine by its name: exact first, a slip only where nothing else fits, never another one by itself."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.medicine import Brand, Medicine
from companion.domain.medicine_names import find, search, slips


def medicine(inn: str, nl: str, fr: str, *brands: str) -> Medicine:
    return Medicine(inn, nl, fr, tuple(Brand(each, "listed") for each in brands), (), "unknown", "high")


LORAZEPAM = medicine("lorazepam", "lorazepam", "lorazépam", "Temesta", "Lorazetop")
LORMETAZEPAM = medicine("lormetazepam", "lormetazepam", "lormétazépam", "Loramet")
LOFLAZEPATE = medicine("ethyl loflazepate", "ethylloflazepaat", "loflazépate d’éthyle", "Victan")
ZOPICLONE = medicine("zopiclone", "zopiclon", "zopiclone", "Imovane")
KNOWN = [LOFLAZEPATE, LORMETAZEPAM, LORAZEPAM, ZOPICLONE]


@pytest.mark.parametrize("typed", ["Lorazepam", "LORAZÉPAM", " temesta ", "lora-zepam"])
def test_an_exact_name_in_any_language_is_found(typed: str) -> None:
    assert find(KNOWN, typed) is LORAZEPAM


@pytest.mark.parametrize("typed", ["", "  ", "lora", "lorazepan", "temesta 1 mg"])
def test_what_is_not_wholly_a_name_is_no_medicine(typed: str) -> None:
    assert find(KNOWN, typed) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", KNOWN),
        ("lorazepam", [LORAZEPAM]),
        ("lora", [LORMETAZEPAM, LORAZEPAM]),  # Loramet begins so too
        ("lo", [LOFLAZEPATE, LORMETAZEPAM, LORAZEPAM]),
        ("zepam", [LORMETAZEPAM, LORAZEPAM]),
        ("am", []),
        ("Zopiclone EG 7,5 mg", [ZOPICLONE]),
        ("loflazepate d'ethyle", [LOFLAZEPATE]),
        ("temsta", [LORAZEPAM]),
        ("zopicolne", [ZOPICLONE]),
        ("zpo", []),
        ("diazepam", []),
    ],
)
def test_what_fits_is_found_the_best_first(typed: str, found: list[Medicine]) -> None:
    assert search(KNOWN, typed) == found


def test_an_exact_name_stands_before_one_that_only_begins_so() -> None:
    longer = medicine("imovanex", "imovanex", "imovanex")
    inside = medicine("neoimovane", "neoimovane", "neoimovane")
    assert search([inside, longer, ZOPICLONE], "imovane") == [ZOPICLONE, longer, inside]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("imvane", True), ("imvae", False), ("victna", True), ("vcitna", False), ("lormtazpam", True),
     ("lrmtazpam", False), ("vict", True), ("vixt", True), ("vxxt", False), ("vix", False)],
)  # fmt: skip
def test_one_slip_in_four_letters_and_two_in_eight(typed: str, found: bool) -> None:
    assert bool(search(KNOWN, typed)) is found


WORDS = st.text("abc", max_size=6)


@given(WORDS, WORDS)
def test_slips_are_the_fewest_that_lead_to_a_beginning_of_the_name(typed: str, name: str) -> None:
    assert slips(typed, name) == min(fewest(typed, name[:length]) for length in range(len(name) + 1))


@cache
def fewest(one: str, other: str) -> int:
    """From the end on: changed, dropped, added, or swapped with its neighbour."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        fewest(one[:-1], other[:-1]) + (one[-1] != other[-1]),
        fewest(one[:-1], other) + 1,
        fewest(one, other[:-1]) + 1,
    ]
    if len(one) > 1 and len(other) > 1 and (one[-1], one[-2]) == (other[-2], other[-1]):
        ways.append(fewest(one[:-2], other[:-2]) + 1)
    return min(ways)
