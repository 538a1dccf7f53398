"""Every source that an article names can be looked up, and nothing stands in the list that nobody uses."""

import re
from datetime import date

import pytest

from companion.services.articles import articles
from companion.services.booklet import booklet
from tests.house.reading import ROOT

_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| <([^>]+)> \| ([^|]+) \| (\d{4}-\d\d-\d\d) \|$", re.MULTILINE)
_ADDRESS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+/\S*|https://[a-z0-9-]+(\.[a-z0-9-]+)+")

ROWS = _ROW.findall((ROOT / "docs" / "sources.md").read_text(encoding="utf-8"))
USED = {source for language in ("nl", "fr") for known in articles(language) for source in known.sources}


def test_every_source_of_an_article_is_in_the_list_once_and_the_list_has_no_other() -> None:
    names = [name for name, *_ in ROWS]
    assert sorted(names, key=str.casefold) == sorted(USED, key=str.casefold)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_source_of_the_booklet_is_in_the_list(language: str) -> None:
    assert set(booklet(language).sources) <= {name for name, *_ in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_source_says_what_it_is_where_and_how_much_of_it_was_seen(row: tuple[str, str, str, str, str]) -> None:
    name, title, address, seen_as, seen_on = row
    assert name not in (title, "")
    assert len(title) > 10
    assert _ADDRESS.fullmatch(address)
    assert seen_as.strip()
    assert date(2026, 11, 1) <= date.fromisoformat(seen_on)
