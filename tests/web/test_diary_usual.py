"""As usual: shown before it is kept, counted apart, and never filled in by itself. And the weeks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept
from tests.web.fetcher import Browser
from tests.web.test_diary import WORKED, facts, filled, nights


def told(alice: Browser, *days: int, **more: str) -> None:
    for day in days:
        filled(alice, f"2026-11-{day:02}", WORKED | more)


def usual_nights(house: House) -> list[dict[str, Any]]:
    found = [json.loads(each["data"]) for each in nights(house) if not each["superseded"]]
    return [each for each in found if each["as_usual"]]


def test_as_usual_is_shown_and_then_kept_apart(house: House, clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 08:00")
    told(alice, 17, 18)
    assert "/diary/2026-11-21/usual" not in alice.open("/today").links()
    alice.get("/diary/2026-11-21/usual", expect=404)
    told(alice, 19, in_bed="22:50", sol_min="60", waso_min="60")
    assert "/diary/2026-11-21/usual" in alice.open("/today").links()
    page = alice.open("/diary/2026-11-21/usual")
    assert "22:30" in page.text
    assert usual_nights(house) == []  # looking keeps nothing
    night = page.send()
    assert night.address == "/diary/2026-11-21"
    assert night.has("As usual")
    [stands] = usual_nights(house)
    assert {name: str(stands[name]) for name in WORKED} == WORKED
    assert (stands["quality"], stands["naps_min"]) == (None, None)
    assert alice.open("/today").has("as usual")


def test_nights_as_usual_are_counted_apart_and_enter_no_mean(house: House, clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 08:00")
    told(alice, 17, 18, 19)
    alice.open("/diary/2026-11-21/usual").send()
    told(alice, 20, waso_min="285")
    page = alice.open("/diary")
    assert "5 nachten ingevuld, waarvan 1 zoals gewoonlijk" in page.text
    assert facts(page)[0] == "4 u 45"  # (3 × 345 + 105) : 4
    assert "(4 nachten)" in page.text


def test_only_nights_that_were_told_make_the_usual(house: House, clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 08:00")
    told(alice, 15, 16, 17)
    alice.open("/diary/2026-11-20/usual").send()
    alice.open("/diary/2026-11-15?edit=1").send({"in_bed": "21:00"})
    alice.open("/diary/2026-11-16?edit=1").send({"in_bed": "21:10"})
    assert "21:10" in alice.open("/diary/2026-11-21/usual").text  # of 21:00, 21:10 and 22:30; not of four


def test_a_night_that_is_told_already_stays(house: House, clock: Clock, alice: Browser) -> None:
    told(alice, 17, 18, 19)
    page = alice.open("/diary/2026-11-21/usual")
    told(alice, 21, up="07:30")
    before = kept(house)
    assert page.send().address == "/diary/2026-11-21"
    assert kept(house) == before
    assert alice.get("/diary/2026-11-21/usual", expect=303).headers["Location"] == "/diary/2026-11-21"


def test_pressing_it_twice_is_one_night(house: House, alice: Browser) -> None:
    told(alice, 17, 18, 19)
    page = alice.open("/diary/2026-11-21/usual")
    page.send()
    page.send()
    assert len(nights(house)) == 4


def test_before_getting_up_time_it_is_refused_with_a_sentence(house: House, clock: Clock, alice: Browser) -> None:
    told(alice, 17, 18, 19)
    clock.set("2026-11-21 05:30")
    page = alice.open("/diary/2026-11-21/usual").send(expect=422)
    assert page.has("This time is still to come. Fill it in when it is over.")
    assert usual_nights(house) == []
    alice.post("/diary/2026-11-21/usual", {"in_bed": "late"}, expect=400)


def test_changing_an_answer_makes_it_a_told_night_and_changing_words_does_not(
    house: House, clock: Clock, alice: Browser
) -> None:
    told(alice, 17, 18, 19)
    alice.open("/diary/2026-11-21/usual").send()
    clock.forward(minutes=1)
    alice.open("/diary/2026-11-21?edit=1").send({"note": "zacht", "quality": "3"})
    assert len(usual_nights(house)) == 1
    clock.forward(minutes=1)
    alice.open("/diary/2026-11-21?edit=1").send({"up": "07:30"})
    assert usual_nights(house) == []


@pytest.mark.parametrize(("before", "shown"), [((8, 9, 10, 11), True), ((8, 9, 10), False)])
def test_two_weeks_stand_side_by_side_from_four_nights_in_both(
    clock: Clock, alice: Browser, before: tuple[int, ...], shown: bool
) -> None:
    told(alice, *before, waso_min="15")
    told(alice, 15, 16, 17, 18)
    page = alice.open("/diary")
    assert page.has("The seven nights before: time asleep, mean") is shown
    assert facts(page) == ["5 u 45"]
    assert ("6 u 15" in page.text.split("Twee weken")[0]) is shown
