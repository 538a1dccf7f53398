"""Both catalogues say everything, say it now, and break nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.house.reading import LANGUAGES, ROOT
from tests.house.typography import findings

POT = ROOT / "translations" / "messages.pot"
PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])")
BARE_PERCENT = re.compile(r"%(?!\(\w+\)[sd]|%)")


def po(language: str) -> Path:
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


@cache
def catalogue(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(the source forms, the translated forms) of every message."""
    for message in catalogue(po(language), language):
        if message.id:
            yield forms(message.id), forms(message.string)


def forms(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@cache
def extracted() -> set[tuple[str, ...]]:
    """What the code says today, as `make texts` finds it."""
    with (ROOT / "translations" / "babel.ini").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {"N_": None, "_": None, "translate": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(ROOT / "companion", methods, options, keywords=keywords)
    return {forms(message) for _file, _line, message, _comments, _context in found if message}


def test_the_template_of_the_catalogues_is_fresh() -> None:
    known = {forms(message.id) for message in catalogue(POT) if message.id}
    assert extracted() - known == set(), "run `make texts`"
    assert known - extracted() == set(), "run `make texts`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    ids = {source for source, _ in messages(language)}
    assert ids == {forms(message.id) for message in catalogue(POT) if message.id}
    assert [source[0] for source, said in messages(language) if not all(said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in catalogue(po(language), language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_of_the_source_stands_in_every_form(language: str) -> None:
    wrong = []
    for source, said in messages(language):
        wanted = set(PLACEHOLDER.findall(source[-1]))
        for form in said:
            if form and set(PLACEHOLDER.findall(form)) != wanted:
                wrong.append((source[0], form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_percent_sign_breaks_no_formatting(language: str) -> None:
    """Every text is formatted with % (Jinja's newstyle gettext): a percent sign is written twice."""
    values = {name: 1 for source, _ in messages(language) for form in source for name, _ in PLACEHOLDER.findall(form)}
    for source, said in messages(language):
        for form in (*source, *said):
            assert not BARE_PERCENT.search(form), form
            assert form % (values | {"num": 2}) if form else True


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_is_well_set(language: str) -> None:
    texts = [form for _, said in messages(language) for form in said]
    assert [(text, finding.rule) for text in texts for finding in findings(text, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_spaces_and_marks_at_the_ends_are_those_of_the_source(language: str) -> None:
    wrong = []
    for source, said in messages(language):
        for form in said:
            if form and (form.strip() != form or (source[0].endswith(".") != form.endswith("."))):
                wrong.append((source[0], form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_the_same(language: str) -> None:
    with po(language).with_suffix(".mo").open("rb") as file:
        compiled = {forms(each.id): forms(each.string) for each in read_mo(file) if each.id}
    assert compiled == {source: said for source, said in messages(language) if all(said)}, "run `make catalogues`"
