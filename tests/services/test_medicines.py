"""The content itself: every row of medicines.csv, and finding a medicine the way people type it."""

import csv
from importlib import resources

import pytest

from companion.domain.medicine import product_options
from companion.services.medicines import all_medicines, find_medicine, options_for, search_medicines


def rows() -> list[dict[str, str]]:
    text = resources.files("companion").joinpath("content", "medicines.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_row_is_read() -> None:
    assert sorted(row["inn"] for row in rows()) == [medicine.inn for medicine in all_medicines()]
    assert len(all_medicines()) == 26


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["inn"])
def test_nothing_with_a_question_mark_comes_out_as_confirmed(row: dict[str, str]) -> None:
    medicine = find_medicine(row["inn"])
    assert medicine is not None
    parts = [part for part in row["strengths_mg"].split(";") if part]
    assert [strength.confirmed for strength in medicine.strengths] == ["?" not in part for part in parts]
    options = product_options(medicine)
    assert len(options) == len(parts)
    assert all(option.check for option, part in zip(options, parts, strict=True) if "?" in part)
    assert medicine.check_with_pharmacist or "?" not in row["strengths_mg"]
    assert medicine.check_with_pharmacist or not row["scored"].startswith(("unknown", "mixed"))


def test_capsules_and_retard_and_melting_tablets_are_never_divided() -> None:
    whole = {
        (medicine.inn, option.strength, option.kind)
        for medicine in all_medicines()
        for option in product_options(medicine)
        if option.never_divide
    }
    assert whole == {
        *(("alprazolam", strength, "retard") for strength in ("0.5", "1", "2", "3")),
        *(("clorazepate", strength, "capsule") for strength in ("5", "10")),
        *(("lorazepam", strength, "orodispersible") for strength in ("1", "2.5")),
        *(("temazepam", strength, "capsule") for strength in ("10", "20")),
        *(("zolpidem", strength, "sublingual") for strength in ("5", "10")),
    }


def test_no_option_says_milligrams_in_a_drop() -> None:
    drops = [option for medicine in all_medicines() for option in product_options(medicine) if option.form == "drops"]
    assert drops
    assert all(option.strength is None and option.check for option in drops)


@pytest.mark.parametrize(
    "name", ["tetrazepam", "chlordiazepoxide", "ketazolam", "flunitrazepam", "temazepam", "cloxazolam"]
)
def test_older_medicines_are_recognised_and_marked(name: str) -> None:
    medicine = find_medicine(name)
    assert medicine is not None
    assert medicine.older
    assert medicine.check_with_pharmacist


def test_only_those_six_are_older() -> None:
    assert sum(medicine.older for medicine in all_medicines()) == 6


@pytest.mark.parametrize(
    ("typed", "inn"),
    [
        ("Lormetazepam", "lormetazepam"),
        ("lormétazépam", "lormetazepam"),
        ("LORAMET", "lormetazepam"),
        ("zopiclon", "zopiclone"),
        ("dikaliumclorazepaat", "clorazepate"),
        ("Loflazepate d'ethyle", "ethyl loflazepate"),
        (" temesta  expidet ", "lorazepam"),
        ("Normison", "temazepam"),
    ],
)
def test_a_medicine_is_found_by_any_of_its_names(typed: str, inn: str) -> None:
    medicine = find_medicine(typed)
    assert medicine is not None
    assert medicine.inn == inn


@pytest.mark.parametrize("typed", ["", "  ", "lorazepm", "loraz", "valeriaan"])
def test_a_name_that_is_not_exactly_ours_is_the_persons_own(typed: str) -> None:
    assert find_medicine(typed) is None
    assert options_for(typed) == ()


def test_no_name_belongs_to_two_medicines() -> None:
    for medicine in all_medicines():
        for name in (medicine.inn, medicine.nl, medicine.fr, *(brand.name for brand in medicine.brands)):
            assert find_medicine(name) is medicine


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("zol", "zolpidem"),
        ("loraz", "lorazepam"),
        ("témesta", "lorazepam"),
        ("valuim", "diazepam"),
        ("xanac", "alprazolam"),
        ("Rivotryl", "clonazepam"),
        ("lorazepm", "lorazepam"),
        ("stilnokt", "zolpidem"),
        ("clorazepaat", "clorazepate"),
        ("Zopiclone EG 7,5 mg", "zopiclone"),
    ],
)
def test_search_forgives_accents_capitals_and_a_slip(typed: str, first: str) -> None:
    assert search_medicines(typed)[0].inn == first


def test_search_puts_names_that_start_so_before_names_that_hold_it() -> None:
    found = [medicine.inn for medicine in search_medicines("lor")]
    assert found[:2] == ["lorazepam", "lormetazepam"]
    assert "clorazepate" in found[2:]


def test_look_alikes_are_not_offered_beside_a_name_that_fits() -> None:
    assert [medicine.inn for medicine in search_medicines("nordazepam")] == ["nordazepam"]


@pytest.mark.parametrize("typed", ["valeriaan", "melatonine", "xyz", "q"])
def test_search_finds_nothing_for_what_we_do_not_know(typed: str) -> None:
    assert search_medicines(typed) == []


def test_search_for_nothing_yet_offers_everything() -> None:
    assert search_medicines(" ") == list(all_medicines())


def test_options_for_a_brand_are_those_of_its_substance() -> None:
    assert [option.strength for option in options_for("Valium")] == ["2", "5", "10"]
