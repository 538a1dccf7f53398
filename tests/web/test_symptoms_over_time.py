"""What came, what went and what stayed; sums with an honest sentence; nothing that judges or advises."""

from __future__ import annotations

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept
from tests.web.fetcher import Browser, Page

NONE = {f"answers[{n}]": "0" for n in range(1, 21)}


def fill_in(browser: Browser, clock: Clock, day: str, **answers: str) -> None:
    """A whole list of a day; `i3="2"` answers item 3."""
    clock.set(f"{day} 20:00")
    given = NONE | {f"answers[{key[1:]}]": value for key, value in answers.items()}
    browser.open("/symptoms/new").send({name: value for name, value in given.items() if value})


def group(page: Page, change: str, card: int = 0) -> list[str]:
    """The items under "what came" (or went, stayed) of the first or second comparison."""
    found = page.all("div", class_=f"change-{change}")[card]
    return [" ".join("".join(each.itertext()).split()) for each in found.iter("li")]


def strip(page: Page, item: str) -> list[str]:
    """What a screen reader says of one symptom, list by list."""
    row = next(row for row in page.root.iter("tr") if any(item in "".join(th.itertext()) for th in row.iter("th")))
    return [" ".join("".join(cell.itertext()).split()) for cell in row.iter("td")]


def test_before_the_first_list_and_with_one_list(clock: Clock, alice: Browser) -> None:
    assert alice.open("/symptoms").has("No list yet. One list is a beginning; from two on you see here what changed.")
    fill_in(alice, clock, "2026-11-01")
    page = alice.open("/symptoms")
    assert "1 november 2026" in page.text
    assert page.has("In these lists no symptom was there.")
    assert not page.all("div", class_="change")


def test_what_came_what_went_and_what_stayed_since_the_list_before_and_since_the_first(
    clock: Clock, alice: Browser
) -> None:
    fill_in(alice, clock, "2026-11-01", i7="1", i11="2")
    fill_in(alice, clock, "2026-11-08", i7="2", i11="2", i13="1")
    fill_in(alice, clock, "2026-11-15", i7="2", i11="1", i20="1")
    page = alice.open("/symptoms")
    assert [each[:12] for each in group(page, "came")] == ["Minder eetlu"]
    assert [each[:12] for each in group(page, "went")] == ["Je voelt je "]
    assert group(page, "stayed") == [
        "Spierpijn nog altijd: erg",
        "Je voelt je duizelig eerst: erg · nu: een beetje",
    ]
    assert group(page, "came", 1) == ["Minder eetlust eerst: nee · nu: een beetje"]
    assert group(page, "went", 1) == []
    assert group(page, "stayed", 1)[0] == "Spierpijn eerst: een beetje · nu: erg"
    assert strip(page, "Spierpijn") == ["een beetje", "erg", "erg"]
    assert strip(page, "Minder eetlust") == ["nee", "nee", "een beetje"]


def test_what_was_left_open_is_neither_gone_nor_there(clock: Clock, alice: Browser) -> None:
    fill_in(alice, clock, "2026-11-01", i7="1")
    fill_in(alice, clock, "2026-11-08", i7="")
    page = alice.open("/symptoms")
    assert [group(page, change) for change in ("came", "went", "stayed")] == [[], [], []]
    assert strip(page, "Spierpijn") == ["een beetje", "opengelaten"]
    assert page.has("no sum: something was left open")


def test_the_sums_stand_with_the_honest_sentence_and_no_judgement(clock: Clock, alice: Browser) -> None:
    fill_in(alice, clock, "2026-11-01", i7="2", i11="2")
    fill_in(alice, clock, "2026-11-08", i7="1")
    page = alice.open("/symptoms")
    assert page.has("A few points more or less say little.")
    for word in ("beter", "slechter", "ernstig", "licht", "matig", "normaal"):
        assert word not in page.text.casefold().replace("van zwaar tot licht", ""), word
    facts = [" ".join("".join(each.itertext()).split()) for each in page.all("dd")]
    assert facts == ["4", "1"]


def test_a_phone_shows_the_first_and_the_latest_lists_and_leads_to_all(clock: Clock, alice: Browser) -> None:
    for day in range(1, 15, 2):
        fill_in(alice, clock, f"2026-11-{day:02}", i7="1")
    page = alice.open("/symptoms")
    assert len(strip(page, "Spierpijn")) == 5
    lists = [link for link in page.links() if link.startswith("/symptoms/") and link.count("-") == 4]
    assert len(lists) == 7
    assert alice.open(lists[-1]).heading.endswith("1 november 2026")


def test_it_says_whose_words_these_are(clock: Clock, alice: Browser) -> None:
    for address in ("/symptoms", "/symptoms/list/sds", "/symptoms/new", "/symptoms/new/sds"):
        text = alice.open(address).text
        assert "Eigen bewoording" in text, address
        assert "niet gevalideerd" in text, address


def test_looking_back_shows_answers_in_words_and_judges_nothing(clock: Clock, bob: Browser) -> None:
    for day, level in (("2026-11-01", "3"), ("2027-02-01", "1")):
        clock.set(f"{day} 20:00")
        bob.open("/symptoms/new/sds").send({f"answers[{n}]": level for n in range(1, 6)})
    page = bob.open("/symptoms/list/sds")
    assert "avant : toujours ou presque · maintenant : parfois" in page.text
    assert "avant : impossible · maintenant : assez difficile" in page.text
    assert not page.all("div", class_="change")
    assert bob.say("from 0 to %(top)s") % {"top": 15} in page.text
    for word in ("dépendan", "seuil", "score"):
        assert word not in page.text.casefold()


def test_reading_needs_no_consent_and_nobody_sees_another_ones_lists(
    house: House, clock: Clock, alice: Browser, charlie: Browser
) -> None:
    fill_in(alice, clock, "2026-11-01", i7="1")
    alice.open("/consent").send({"purpose": []})
    before = kept(house)
    assert "1 november 2026" in alice.open("/symptoms").text
    assert "november 2026" not in charlie.open("/symptoms").text
    assert kept(house) == before


@pytest.mark.parametrize("instrument", ["bwsq", "sds"])
def test_the_one_picture_and_other_lists_do_not_mix(clock: Clock, alice: Browser, instrument: str) -> None:
    clock.set("2026-11-01 20:00")
    alice.open("/symptoms/new/sds").send({f"answers[{n}]": "3" for n in range(1, 6)})
    page = alice.open(f"/symptoms/list/{instrument}" if instrument == "sds" else "/symptoms")
    assert ("1 november 2026" in page.text) == (instrument == "sds")
    empty = "Nothing noted in these days. Your plan, nights and lists come together here."
    assert alice.open("/history?window=month").has(empty)
