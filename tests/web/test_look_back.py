"""Looking back: then and now on a page, and what goes on paper."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from companion.bootstrap import House
from tests.build import Clock, rows
from tests.web.fetcher import Browser
from tests.web.plans import confirm, plan_id, programme, typed_rows
from tests.web.read_back import note

NIGHT = {"in_bed": "22:30", "lights_out": "23:00", "final_wake": "06:00", "up": "06:40", "waso_min": "45"}
PAGE = "/history/look-back"


@pytest.fixture
def lived(clock: Clock, alice: Browser) -> Browser:
    """Three months of a plan, five nights at both ends, two lists, a note, and one day with more."""
    clock.set("2026-08-21 09:00")
    typed_rows(alice, [({"bedtime": "7"}, "60"), ({"bedtime": "5"}, "90")], start="2026-08-21")
    confirm(alice)
    plan = plan_id(alice)
    lists = {"2026-08-22": ("3", "5"), "2026-11-20": ("3", "9")}
    nights = [f"2026-08-{day}" for day in range(22, 27)] + [f"2026-11-{day}" for day in range(16, 21)]
    for day in nights:
        clock.set(f"{day} 20:00")
        words = {"note": "De maan was vol."} if day == "2026-11-16" else {}
        alice.open(f"/diary/{day}").send(NIGHT | {"sol_min": "60" if day < "2026-09" else "30"} | words)
        if day in lists:
            answers = {f"answers[{n}]": "1" if str(n) in lists[day] else "0" for n in range(1, 21)}
            alice.open("/symptoms/new").send(answers)
    clock.set("2026-11-18 22:00")
    note(alice.open(f"/today/dose/{plan}/bedtime"), {"mg": "7,5"})
    clock.set("2026-11-21 20:00")
    return alice


def cells(browser: Browser, address: str = PAGE) -> dict[str, list[str]]:
    """The table of then and now by the words of its rows."""
    [table] = browser.open(address).all("table", class_="then-now")
    texts = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")]
    return {row[0]: row[1:] for row in texts}


def test_then_and_now_stand_side_by_side(lived: Browser) -> None:
    told = cells(lived)
    assert told["Dosis per dag"] == ["10 mg voor de eerste stap", "5 mg"]
    assert told["Slaaptijd, gemiddeld"] == ["5 u 15 5 nachten", "5 u 45 5 nachten"]
    assert told["Tijd in bed, gemiddeld"] == ["8 u 10", "8 u 10"]
    assert told["Klachtenlijst (BWSQ)"] == ["2 van 40 22 aug", "2 van 40 20 nov"]
    page = lived.open(PAGE)
    assert page.has("A few points more or less say little.")
    assert "niet gevalideerd" in page.text
    text = page.text
    assert "7,5 mg" not in text
    assert "18 november 2026: 2,5 mg meer" in text


def test_symptoms_that_came_and_went_are_named(lived: Browser) -> None:
    [told] = lived.open(PAGE).all("dl", class_="came-and-went")
    parts = ["".join(each.itertext()).replace("\n", "") for each in told]
    assert parts == [
        "WegJe bent overgevoelig voor aanraking",
        "NieuwJe beeft of trilt",
        "Toen en nuJe bent overgevoelig voor licht",
    ]


def test_the_start_is_shown_first_and_another_time_can_be_chosen(lived: Browser) -> None:
    page = lived.open(PAGE)
    [chosen] = [each for each in page.root.iter("a") if each.get("aria-current") == "true"]
    assert "since=start" in chosen.get("href", "")
    assert cells(lived, f"{PAGE}?since=1")["Dosis per dag"] == ["5 mg", "5 mg"]
    for since in ("0", "12", "", "%00"):
        assert cells(lived, f"{PAGE}?since={since}") == cells(lived)


def test_with_few_nights_nothing_is_compared_and_it_says_so(lived: Browser) -> None:
    page = lived.open(f"{PAGE}?since=1")
    assert "Slaaptijd, gemiddeld" not in cells(lived, f"{PAGE}?since=1")
    assert "toen 0 ingevuld, nu 5" in page.text


def test_nothing_yet_is_a_calm_page(alice: Browser) -> None:
    page = alice.open(PAGE)
    assert page.heading == "Terugkijken"
    assert cells(alice)["Dosis per dag"] == ["–", "–"]


def test_own_words_stay_off_the_paper_until_someone_puts_them_on(lived: Browser) -> None:
    page = lived.open(PAGE)
    [part] = [each for each in page.root.iter("section") if "De maan was vol." in "".join(each.itertext())]
    assert "no-print" in part.get("class", "").split()
    link = next(each for each in page.links() if "print=words" in each)
    page = lived.open(link)
    [part] = [each for each in page.root.iter("section") if "De maan was vol." in "".join(each.itertext())]
    assert "no-print" not in part.get("class", "").split()


def test_questions_are_kept_and_go_on_the_paper(house: House, lived: Browser) -> None:
    page = lived.open(f"{PAGE}?since=3")
    page = page.send({"ticked": ["again", "stay"], "words": "Hoe zit het met mijn ogen?"})
    assert page.address == f"{PAGE}?since=3"
    assert page.has("Your questions are kept.")
    assert page.values()["ticked"] == ["stay", "again"]
    [paper] = page.all("section", class_="print-only")
    text = "".join(paper.itertext())
    assert "Hoe zit het met mijn ogen?" in text
    assert "Wanneer kijken we opnieuw terug?" in text
    assert "ogen" not in json.dumps([row["data"] for row in rows(house, "entry")])


def test_the_same_form_sent_twice_is_one_entry_and_clearing_it_is_an_answer(house: House, lived: Browser) -> None:
    before = len(rows(house, "entry"))
    form = {"entry_id": str(uuid4()), "ticked": ["stay"], "words": "een"}
    for _ in range(2):
        lived.post(PAGE, form)
    assert len(rows(house, "entry")) == before + 1
    page = lived.open(PAGE).send({"ticked": [], "words": ""})
    assert page.all("section", class_="print-only") == []


def test_too_long_a_text_comes_back_whole_with_a_sentence(house: House, lived: Browser) -> None:
    before = len(rows(house, "entry"))
    page = lived.open(PAGE).send({"ticked": ["stay"], "words": "a" * 4001}, expect=422)
    assert page.errors("words")
    assert page.values()["words"] == ["a" * 4001]
    assert page.values()["ticked"] == ["stay"]
    assert lived.post(PAGE, {"ticked": ["dose"], "words": ""}, expect=422)
    assert len(rows(house, "entry")) == before


def test_without_consent_nothing_is_kept(house: House, lived: Browser) -> None:
    lived.post("/consent", {"purpose": ["plan"]})
    before = len(rows(house, "entry"))
    lived.post(PAGE, {"ticked": ["stay"], "words": "x"})
    assert len(rows(house, "entry")) == before


def test_two_medicines_are_looked_back_on_one_at_a_time(clock: Clock, lived: Browser) -> None:
    programme(lived, start="2026-11-20")
    [other] = [each for each in lived.open(f"{PAGE}?since=1").root.iter("a") if each.text == "diazepam"]
    assert cells(lived, other.get("href", ""))["Dosis per dag"][1] == "5 mg"
    assert cells(lived, PAGE)["Dosis per dag"][1] == "–"


def test_somebody_elses_words_are_not_there(lived: Browser, charlie: Browser) -> None:
    lived.post(PAGE, {"ticked": ["stay"], "words": "mijn geheim"})
    text = charlie.open(f"{PAGE}?since=start&print=words").text
    assert "mijn geheim" not in text
    assert "De maan" not in text


@pytest.mark.parametrize(
    ("day", "offered"), [("2026-11-20", False), ("2026-11-21", True), ("2026-12-18", True), ("2026-12-19", False)]
)
def test_today_and_the_plan_offer_it_about_three_months_after_the_start(
    clock: Clock, lived: Browser, day: str, offered: bool
) -> None:
    clock.set(f"{day} 20:00")
    for page in ("/today", "/plan"):
        assert (PAGE in lived.open(page).links()) is offered


def test_the_history_leads_here(lived: Browser) -> None:
    assert PAGE in lived.open("/history").links()
