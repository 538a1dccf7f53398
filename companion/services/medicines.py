"""The medicines the plan form knows, read once from `content/medicines.csv`."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from companion.domain import medicine_names
from companion.domain.medicine import Medicine, ProductOption, product_options
from companion.domain.medicine_row import medicine_from_row


@cache
def all_medicines() -> tuple[Medicine, ...]:
    """Every medicine we know, by substance name; raises ValueError when the content is not in its grammar."""
    text = resources.files("companion").joinpath("content", "medicines.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(sorted(map(medicine_from_row, rows), key=lambda medicine: medicine.inn))


def search_medicines(text: str) -> list[Medicine]:
    """What to offer for what has been typed so far; every medicine when nothing has."""
    return medicine_names.search(all_medicines(), text)


def find_medicine(text: str) -> Medicine | None:
    """The medicine of exactly this name, or None: a name of the person's own, which is allowed."""
    return medicine_names.find(all_medicines(), text)


def options_for(text: str) -> tuple[ProductOption, ...]:
    """The products to offer for a medicine by name; none for a name of the person's own."""
    return product_options(find_medicine(text))


def name_in(text: str, language: str) -> str:
    """The name of a substance in another language; a name on a box, or one that we do not know, as it was typed."""
    medicine, same = find_medicine(text), medicine_names.folded
    if medicine is None or same(text) not in {same(medicine.inn), same(medicine.nl), same(medicine.fr)}:
        return text
    return medicine.name(language)
