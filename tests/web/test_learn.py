"""Reading: the clover, reading on within a leaf, and looking for a text without script."""

import pytest

from companion.domain.article import LEAVES
from companion.services.articles import in_leaves
from tests.web.fetcher import Browser
from tests.web.plans import confirm, typed_rows


def test_the_page_is_laid_out_as_the_clover(visitor: Browser) -> None:
    page = visitor.open("/learn")
    assert [link for link in page.links() if link.startswith("#")][-5:] == [f"#{leaf}" for leaf in LEAVES]
    assert all(page.by_id(leaf) is not None for leaf in LEAVES)
    leaves = page.by_id("texts")
    assert leaves is not None
    texts = [each.get("href", "") for each in leaves.iter("a")]
    assert texts == [f"/learn/{known.slug}" for known in in_leaves("nl")]


def test_one_reads_on_to_the_next_text_of_the_leaf(visitor: Browser) -> None:
    first, second, third = [known for known in in_leaves("nl") if known.leaf == "soil"]
    page = visitor.open(f"/learn/{second.slug}")
    links = page.links()
    assert f"/learn/{first.slug}" in links
    assert f"/learn/{third.slug}" in links
    assert f"/learn/{third.slug}" not in visitor.open(f"/learn/{first.slug}").links()


@pytest.mark.parametrize(("typed", "slug"), [("ik lig waker", "a-bad-night"), ("Mag ik rijden?", "driving")])
def test_a_search_answers_without_script(visitor: Browser, typed: str, slug: str) -> None:
    page = visitor.open("/learn/search?q=" + typed.replace(" ", "+"))
    texts = [link for link in page.links() if link.startswith("/learn/")]
    assert texts[0] == f"/learn/{slug}"
    assert [field.get("value") for field in page.all("input", name="q")] == [typed]


def test_a_search_that_finds_nothing_says_so_and_shows_the_way_on(visitor: Browser) -> None:
    page = visitor.open("/learn/search?q=%3Cb%3Exyzzy")
    assert "<b>xyzzy" in page.text
    assert {"/learn", "/help"} <= set(page.links())
    assert visitor.open("/learn/search").status == 200


def test_words_that_may_be_urgent_show_help_first(visitor: Browser) -> None:
    assert visitor.open("/learn/search?q=zelfmoord").has("Who I can call")
    assert not visitor.open("/learn/search?q=koffie").has("Who I can call")


def test_a_search_is_never_kept_on_the_phone(alice: Browser) -> None:
    assert "Kept-As" in alice.get("/learn").headers
    assert "Kept-As" not in alice.get("/learn/search?q=alcohol").headers


def test_the_leaves_say_gently_what_is_there_and_count_nothing(visitor: Browser, alice: Browser) -> None:
    assert not visitor.open("/learn").has("your plan is here")
    before = alice.open("/learn")
    assert not before.has("your plan is here")
    typed_rows(alice, [({"bedtime": "7"}, "14"), ({"bedtime": "5"}, "14")], start="2026-11-21")
    confirm(alice)
    after = alice.open("/learn")
    assert after.has("your plan is here")
    assert not after.has("you keep your nights")


def test_where_one_reads_is_for_the_phone_alone_to_remember(visitor: Browser) -> None:
    page = visitor.open("/learn/naps")
    assert [each.get("data-read-here") for each in page.all("article")] == ["other"]
    assert all(
        each.get("hidden") is not None for each in visitor.open("/learn").all("small") if each.get("data-read-leaf")
    )
