"""Papers to take along: filled in from a plan or empty, in either language, with nothing of it sent."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from companion.bootstrap import House
from companion.services.plan_view import LivePlan
from companion.web.papers import PAPERS
from tests.build import Clock, kept
from tests.confirmed import HALVES, PROGRAMME, Doc, confirmed_plan, person_named, rows_plan, tablet
from tests.web.fetcher import Browser, Page
from tests.web.page_checks import words


def plan_for(house: House, name: str, document: Doc, clock: Clock, rows: list[int] | None = None) -> LivePlan:
    return confirmed_plan(house, person_named(house, name), document, clock(), rows)


def sheets(page: Page) -> list[Element]:
    return page.all("article", class_="paper")


def typed(sheet: Element) -> list[str]:
    """What is filled in on the lines of a sheet."""
    return [each.get("value", "") for each in sheet.iter("input") if each.get("type") == "text" and each.get("value")]


def ticked(sheet: Element) -> list[str]:
    boxes = [label for label in sheet.iter("label") if "paper-box" in label.get("class", "")]
    return [words(box) for box in boxes if any("checked" in each.attrib for each in box.iter("input"))]


def table(sheet: Element) -> list[list[str]]:
    [body] = sheet.iter("tbody")
    return [[words(cell) for cell in row.iter("td")] for row in body.iter("tr")]


# For everyone


def test_the_papers_are_listed_for_everyone_and_from_where_they_are_needed(visitor: Browser, alice: Browser) -> None:
    for browser in (visitor, alice):
        page = browser.open("/papers")
        assert {f"/papers/{paper}" for paper in PAPERS} <= set(page.links())
    assert "/papers" in visitor.open("/learn/talking-to-your-doctor").links()
    assert "/papers" not in visitor.open("/learn/a-bad-night").links()
    assert "/papers" in alice.open("/account").links()


def test_the_plan_leads_to_the_papers(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES, clock)
    assert "/papers" in alice.open("/plan").links()


@pytest.mark.parametrize("paper", PAPERS)
def test_without_a_plan_a_paper_is_empty_and_whole(visitor: Browser, alice: Browser, paper: str) -> None:
    for browser in (visitor, alice):
        [sheet] = sheets(browser.open(f"/papers/{paper}"))
        assert sheet.get("lang") == "nl"
        assert not typed(sheet)
        assert not ticked(sheet)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_in_the_language_asked_whatever_that_of_the_person(
    house: House, alice: Browser, clock: Clock, paper: str
) -> None:
    plan_for(house, "alice", PROGRAMME, clock, [1, 2])
    titles = []
    for language, found in (("nl", ["nl"]), ("fr", ["fr"]), ("both", ["nl", "fr"])):
        made = sheets(alice.open(f"/papers/{paper}?language={language}"))
        assert [each.get("lang") for each in made] == found
        titles.append([words(next(each.iter("h2"))) for each in made])
    assert titles[0][0] != titles[1][0]
    assert titles[2] == [titles[0][0], titles[1][0]]
    french = sheets(alice.open(f"/papers/{paper}?language=fr"))[0]
    assert "lormétazépam" in typed(french)


@pytest.mark.parametrize("query", ["language=de", "plan=nobody", "language=&plan=x"])
def test_a_choice_that_is_not_offered_is_refused_with_a_sentence(alice: Browser, query: str) -> None:
    page = alice.open(f"/papers/letter?{query}", expect=422)
    assert page.summary()
    assert not sheets(page)


def test_nothing_on_a_paper_can_be_sent(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES, clock)
    before = kept(house)
    for paper in PAPERS:
        page = alice.open(f"/papers/{paper}")
        [sheet] = sheets(page)
        assert not list(sheet.iter("form")) + list(sheet.iter("button"))
        for form in page.forms():
            assert sheet not in list(form.iter())
        assert not [each for each in sheet.iter() if each.get("name") or each.get("form")]
        assert "alice" not in words(sheet)
    assert kept(house) == before


# Filled in


def test_the_letter_and_the_agreement_say_what_stands_in_the_plan(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES, clock)
    [letter] = sheets(alice.open("/papers/letter"))
    assert typed(letter) == ["diazepam", "1,5\u00a0mg"]
    assert ticked(letter) == ["op termijn stoppen, stap voor stap"]
    [agreement] = sheets(alice.open("/papers/agreement"))
    assert typed(agreement) == ["diazepam", "1,5\u00a0mg", "1,5\u00a0mg", "21 november 2026"]
    assert ticked(agreement) == ["stoppen, stap voor stap"]


@pytest.mark.parametrize(
    ("goal", "letter", "agreement"),
    [
        ({"kind": "stabilise"}, "stabiel blijven op de dosis die ik nu neem", "stabiel blijven"),
        ({"kind": "reduce", "target": "0.5"}, "minderen, stap voor stap", "minderen tot 0,5 mg per dag"),
    ],
)
def test_every_goal_is_a_goal(
    house: House, alice: Browser, clock: Clock, goal: dict[str, str], letter: str, agreement: str
) -> None:
    document = HALVES | {"goal": goal}
    if goal["kind"] == "stabilise":
        document = {key: value for key, value in document.items() if key != "pace"}
    else:
        rows = [{"daily": {"bedtime": mg}} | ({"days": 14} if mg != "0.5" else {}) for mg in ("1", "0.5")]
        document |= {"daily": {"bedtime": "1.5"}, "pace": {"kind": "rows", "rows": rows}}
    plan_for(house, "alice", document, clock)
    assert ticked(sheets(alice.open("/papers/letter"))[0]) == [letter]
    assert ticked(sheets(alice.open("/papers/agreement"))[0]) == [agreement]


def test_what_to_discuss_has_no_verdict_and_ticks_nothing(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", PROGRAMME, clock, [1, 2])
    [sheet] = sheets(alice.open("/papers/discuss"))
    assert typed(sheet) == ["lormetazepam", "2\u00a0mg", "1"]
    assert not ticked(sheet)
    assert "10 stappen van 30 dagen" in words(sheet)
    boxes = [words(each) for each in sheet.iter("label") if "paper-box" in each.get("class", "")]
    assert len(boxes) >= 15
    assert all(box.endswith("?") for box in boxes)


def test_the_list_for_capsules_has_every_confirmed_day_from_today_once_with_exact_sums(
    house: House, alice: Browser, clock: Clock
) -> None:
    plan_for(house, "alice", HALVES, clock)
    [sheet] = sheets(alice.open("/papers/capsules"))
    rows = [row[:5] for row in table(sheet)]
    assert rows == [
        ["21 november 2026", "29 november 2026", "1,5 mg", "9", "9 × 1,5 mg = 13,5 mg"],
        ["30 november 2026", "13 december 2026", "1 mg", "14", "14 × 1 mg = 14 mg"],
        ["14 december 2026", "27 december 2026", "0,5 mg", "14", "14 × 0,5 mg = 7 mg"],
    ]
    [foot] = sheet.iter("tfoot")
    assert [words(cell) for cell in foot.iter("td")] == ["37", "34,5 mg"]
    assert "Te controleren" in words(sheet)
    assert "28 december 2026" in words(sheet)
    french = sheets(alice.open("/papers/capsules?language=fr"))[0]
    assert "À vérifier" in words(french)


def test_a_capsule_for_each_moment(house: House, alice: Browser, clock: Clock) -> None:
    document = rows_plan([({"morning": "1", "bedtime": "1.5"}, 10)], [tablet("1")], "2026-11-21")
    plan_for(house, "alice", document, clock)
    [sheet] = sheets(alice.open("/papers/capsules"))
    assert [(row[2], row[3], row[5]) for row in table(sheet)] == [
        ("Ochtend", "1 mg", "10 × 1 mg = 10 mg"),
        ("Voor het slapen", "1,5 mg", "10 × 1,5 mg = 15 mg"),
    ]


def test_a_step_without_an_end_is_counted_by_thirty_days_and_not_in_the_sum(
    house: House, alice: Browser, clock: Clock
) -> None:
    steady = {key: value for key, value in HALVES.items() if key != "pace"} | {"goal": {"kind": "stabilise"}}
    plan_for(house, "alice", steady, clock)
    [sheet] = sheets(alice.open("/papers/capsules"))
    [row] = table(sheet)
    assert row[1:5] == ["geen einde; voor 30 dagen:", "1,5 mg", "30", "30 × 1,5 mg = 45 mg"]
    assert not list(sheet.iter("tfoot"))


def test_only_confirmed_steps_are_on_the_list_and_it_says_so(house: House, alice: Browser, clock: Clock) -> None:
    plan_for(house, "alice", HALVES, clock, [1])
    [sheet] = sheets(alice.open("/papers/capsules"))
    assert len(table(sheet)) == 1
    assert alice.say("More steps follow that are not confirmed yet; they are not on this list.") in words(sheet)


def test_a_plan_without_a_confirmed_step_gives_empty_lines_to_write_on(
    house: House, alice: Browser, clock: Clock
) -> None:
    plan_for(house, "alice", HALVES, clock, [])
    [sheet] = sheets(alice.open("/papers/capsules"))
    assert len(table(sheet)) == 10
    assert not any("".join(row) for row in table(sheet))
    assert typed(sheets(alice.open("/papers/letter"))[0]) == ["diazepam"]


def test_of_two_plans_one_is_chosen_and_empty_can_be_chosen_too(house: House, alice: Browser, clock: Clock) -> None:
    first = plan_for(house, "alice", HALVES | {"medicine": "lorazepam"}, clock)
    clock.forward(minutes=1)
    plan_for(house, "alice", HALVES | {"medicine": "zolpidem"}, clock)
    assert typed(sheets(alice.open("/papers/letter"))[0])[0] == "zolpidem"
    assert typed(sheets(alice.open(f"/papers/letter?plan={first.id}"))[0])[0] == "lorazepam"
    assert not typed(sheets(alice.open("/papers/letter?plan=empty"))[0])


def test_a_plan_of_another_is_on_no_paper(house: House, alice: Browser, charlie: Browser, clock: Clock) -> None:
    plan = plan_for(house, "alice", HALVES, clock)
    page = charlie.open(f"/papers/letter?plan={plan.id}", expect=422)
    assert "diazepam" not in page.markup


def test_a_hostile_name_of_a_medicine_is_text(house: House, alice: Browser, clock: Clock) -> None:
    nasty = '"><script>alert(1)</script>'
    plan_for(house, "alice", HALVES | {"medicine": nasty}, clock)
    for paper in PAPERS:
        [sheet] = sheets(alice.open(f"/papers/{paper}?language=fr"))
        assert nasty in typed(sheet)
