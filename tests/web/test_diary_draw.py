"""Drawing a night, without a script: a list of parts, and the fields that the painted row is sent in."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from companion.bootstrap import House
from tests.build import Clock, kept
from tests.web.fetcher import Browser, Page
from tests.web.test_diary import WORKED, facts, filled, nights

DAY = "2026-11-21"
DRAW = f"/diary/{DAY}/draw"
TYPED = WORKED | {"up": "06:45"}


def place(wall: str) -> str:
    """The number of a quarter in a row of 24 hours from noon."""
    hours, minutes = (int(part) for part in wall.split(":"))
    return str((hours * 60 + minutes - 12 * 60) % (24 * 60) // 15)


def parts(*told: tuple[str, str, str]) -> dict[str, str]:
    fields = {}
    for n, (start, end, letter) in enumerate(told):
        fields |= {f"part-{n}-from": place(start), f"part-{n}-to": place(end), f"part-{n}-as": letter}
    return fields


NIGHT = (
    ("22:30", "23:00", "b"),
    ("23:00", "23:30", "w"),
    ("23:30", "01:00", "s"),
    ("01:00", "01:15", "w"),
    ("01:15", "03:00", "s"),
    ("03:00", "03:15", "u"),
    ("03:15", "04:30", "s"),
    ("04:30", "04:45", "w"),
    ("04:45", "06:00", "s"),
    ("06:00", "06:15", "w"),
    ("06:15", "06:45", "b"),
)


def row(*told: tuple[str, str, str]) -> str:
    letters = ["."] * 96
    for start, end, letter in told:
        first, last = int(place(start)), int(place(end))
        letters[first:last] = letter * (last - first)
    return "".join(letters)


ROW = row(*NIGHT)


def paint(browser: Browser, drawn: str = ROW, marks: str = "", expect: int = 200, **more: str) -> Page:
    """Send what the script would send."""
    answer = browser.post(
        DRAW,
        {"by": "grid", "drawn": drawn, "marks": marks, "do": "save", "entry_id": str(uuid4())} | more,
        expect=303 if expect == 200 else expect,
    )
    return browser.follow(answer, DRAW, expect)


def data(house: House) -> list[dict[str, Any]]:
    """What stands of the nights, the newest version."""
    return [json.loads(each["data"]) for each in nights(house) if not each["superseded"]]


def test_a_night_filled_in_as_a_list_is_the_same_night_typed(house: House, clock: Clock, alice: Browser) -> None:
    page = alice.open(DRAW)
    for _ in range(len(NIGHT)):
        if f"part-{len(NIGHT) - 1}-from" in page.values(action=DRAW):
            break
        page = page.send(button="add-part", action=DRAW)
    page = page.send(parts(*NIGHT), button="save", action=DRAW)
    assert page.address == f"/diary/{DAY}"
    drawn = data(house)[0]
    shown = facts(page)
    clock.forward(minutes=1)
    filled(alice, "2026-11-20", TYPED)
    typed = data(house)[1]
    assert {name: drawn[name] for name in TYPED} == {name: typed[name] for name in TYPED}
    assert shown == facts(alice.open("/diary/2026-11-20")) == ["8 u 15", "5 u 45", "69,7%"]
    assert drawn["drawn"] == ROW


def test_a_painted_row_and_the_list_make_the_same_record(house: House, alice: Browser) -> None:
    paint(alice, marks="medicine 22:40, coffee 16:00")
    painted = data(house)[0]
    page = alice.open(DRAW)
    assert page.values(action=DRAW)["drawn"] == [ROW]
    listed = page.send(button="list", action=DRAW)
    assert listed.values(action=DRAW)["part-0-from"] == [place("22:30")]
    assert listed.values(action=DRAW)["mark-0-kind"] == ["coffee"]
    listed.send(button="save", action=DRAW)
    assert data(house) == [painted]
    assert painted["marks"] == [{"kind": "coffee", "at": "16:00"}, {"kind": "medicine", "at": "22:40"}]


def test_what_it_means_is_shown_before_it_is_kept(house: House, alice: Browser) -> None:
    page = alice.open(DRAW).send(parts(("23:00", "23:30", "w"), ("23:30", "06:00", "s")), button="preview", action=DRAW)
    assert "In bed van 23:00 tot 06:00" in page.text
    assert "6 u 30" in page.text
    assert page.values(action=DRAW)["part-1-to"] == [place("06:00")]
    assert nights(house) == []


def test_the_part_that_changes_is_sent_alone(alice: Browser) -> None:
    fields = {"by": "grid", "drawn": ROW, "do": "preview", "part": "yes"}
    answer = alice.post(DRAW, fields, expect=200).get_data(as_text=True)
    assert "<html" not in answer
    assert "5 u 45" in " ".join(answer.split())
    gap = fields | {"drawn": row(("23:00", "02:00", "s"), ("03:00", "06:00", "s"))}
    assert "02:00" in alice.post(DRAW, gap, expect=200).get_data(as_text=True)


REFUSED = [
    ({"part-0-from": "40"}, "part-0"),
    ({"part-0-from": "44", "part-0-to": "40", "part-0-as": "s"}, "part-0"),
    ({"part-0-from": "x", "part-0-to": "40", "part-0-as": "s"}, "part-0"),
    (parts(("23:00", "06:00", "s"), ("05:00", "07:00", "b")), "part-1"),
    (parts(("23:00", "06:00", "s")) | {"mark-0-kind": "coffee"}, "mark-0"),
    (parts(("23:00", "06:00", "s")) | {"mark-0-kind": "tea", "mark-0-at": "16:00"}, "mark-0"),
]


@pytest.mark.parametrize(("wrong", "field"), REFUSED)
def test_a_part_that_is_not_right_is_refused_with_everything_kept(
    house: House, alice: Browser, wrong: dict[str, str], field: str
) -> None:
    before = kept(house)
    fields = {"by": "list", "do": "save", "begins": "12:00"} | wrong
    page = alice.follow(alice.post(DRAW, fields, expect=422), DRAW, expect=422)
    assert page.by_id(f"e-{field}") is not None
    assert page.summary()
    again = page.values(action=DRAW)
    for name, value in wrong.items():
        if value not in {"x", "tea"}:  # nothing that the page ever offered
            assert again[name] == [value]
    assert kept(house) == before


@pytest.mark.parametrize(
    "drawn",
    [
        "",
        "." * 96,
        "x" * 96,
        "s" * 95,
        row(("23:00", "02:00", "s"), ("03:00", "06:00", "s")),
        row(("14:00", "20:00", "s")),
    ],
)
def test_a_drawing_that_is_no_night_is_refused(house: House, alice: Browser, drawn: str) -> None:
    before = kept(house)
    page = paint(alice, drawn, expect=422)
    assert page.summary()
    assert kept(house) == before
    if "s" in drawn and len(drawn) == 96:
        assert page.values(action=DRAW)["drawn"] == [drawn]


@pytest.mark.parametrize("painted", [ROW[:-4], ROW + "...."])
def test_a_row_for_a_day_of_another_length_is_refused_and_stays_painted(
    house: House, alice: Browser, painted: str
) -> None:
    """As after moving, with the page still open."""
    page = paint(alice, painted, expect=422)
    assert page.values(action=DRAW)["drawn"] == [ROW]
    assert nights(house) == []


def test_the_future_cannot_be_drawn(house: House, clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 08:00")
    paint(alice, row(("23:00", "09:00", "s")), expect=422)
    paint(alice, row(("23:00", "08:15", "s")))
    assert len(nights(house)) == 1
    for address in ("/diary/2026-11-22/draw", "/diary/2026-11-22/usual", "/diary/x/draw"):
        alice.get(address, expect=404)
        alice.post(address, {"by": "grid", "drawn": ROW}, expect=404)


def test_a_typed_time_that_is_still_to_come_is_refused(house: House, clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 06:00")
    page = filled(alice, DAY, {"in_bed": "23:00", "up": "06:30"}, expect=422)
    assert page.errors("up")
    filled(alice, DAY, {"in_bed": "23:00", "up": "06:10"})


def test_marks_alone_are_kept(house: House, alice: Browser) -> None:
    page = paint(alice, "", "coffee 16:00")
    assert data(house)[0]["marks"] == [{"kind": "coffee", "at": "16:00"}]
    assert "16:00" in page.text


def test_drawing_twice_with_the_same_id_is_one_night(house: House, alice: Browser) -> None:
    same = str(uuid4())
    paint(alice, entry_id=same)
    paint(alice, entry_id=same)
    assert len(nights(house)) == 1


# One record


def test_painting_over_a_typed_night_asks_which_counts(house: House, clock: Clock, alice: Browser) -> None:
    filled(alice, DAY, WORKED | {"up": "08:00", "naps_min": "20", "note": "zacht"})
    clock.forward(minutes=1)
    before = kept(house)
    page = paint(alice, marks="coffee 16:00", expect=422)
    assert kept(house) == before
    assert page.has("Drawn and typed are not the same")
    assert "06:45" in page.text
    assert "08:00" in page.text
    assert page.values(action=DRAW)["drawn"] == [ROW]
    assert page.values(action=DRAW)["marks"] == ["coffee 16:00"]

    night = page.send({"counts": "drawn", "by": "grid"}, button="save", action=DRAW)
    assert "zacht" in night.text
    stands = data(house)[0]
    assert (stands["up"], stands["naps_min"]) == ("06:45", 20)
    assert stands["drawn"] == ROW
    assert sorted(each["superseded"] for each in nights(house)) == [False, True]


def test_what_was_typed_can_count_too(house: House, clock: Clock, alice: Browser) -> None:
    filled(alice, DAY, WORKED | {"up": "08:00"})
    clock.forward(minutes=1)
    paint(alice, marks="coffee 16:00", expect=422).send({"counts": "typed", "by": "grid"}, button="save", action=DRAW)
    stands = data(house)[0]
    assert (stands["up"], stands["drawn"]) == ("08:00", None)
    assert stands["marks"] == [{"kind": "coffee", "at": "16:00"}]


def test_typing_over_a_painted_night_asks_which_counts(house: House, clock: Clock, alice: Browser) -> None:
    paint(alice, marks="coffee 16:00")
    clock.forward(minutes=1)
    before = kept(house)
    page = alice.open(f"/diary/{DAY}?edit=1").send({"up": "08:00", "sol_min": "", "quality": "2"}, expect=422)
    assert kept(house) == before
    assert page.values()["up"] == ["08:00"]
    assert "06:45" in page.text
    assert page.has("not filled in")  # the answer that was taken out

    drawn = page.send({"counts": "drawn"})
    assert facts(drawn)[0] == "8 u 15"
    assert (data(house)[0]["sol_min"], data(house)[0]["quality"]) == (30, 2)
    clock.forward(minutes=1)
    alice.open(f"/diary/{DAY}?edit=1").send({"up": "08:00"}, expect=422).send({"counts": "typed"})
    stands = data(house)[0]
    assert (stands["up"], stands["drawn"]) == ("08:00", None)
    assert stands["marks"] == [{"kind": "coffee", "at": "16:00"}]
    assert len(nights(house)) == 3


def test_what_agrees_to_a_quarter_is_one_night_without_a_question(house: House, clock: Clock, alice: Browser) -> None:
    filled(alice, DAY, TYPED | {"in_bed": "22:36", "sol_min": "25"})
    clock.forward(minutes=1)
    paint(alice)
    assert (data(house)[0]["in_bed"], data(house)[0]["sol_min"], data(house)[0]["drawn"]) == ("22:36", 25, ROW)
    clock.forward(minutes=1)
    alice.open(f"/diary/{DAY}?edit=1").send({"note": "zacht"})
    assert data(house)[0]["drawn"] == ROW


def test_a_night_drawn_again_is_the_new_drawing(house: House, clock: Clock, alice: Browser) -> None:
    paint(alice)
    clock.forward(minutes=1)
    paint(alice, row(("23:00", "07:00", "s")))
    assert (data(house)[0]["in_bed"], data(house)[0]["up"], data(house)[0]["waso_min"]) == ("23:00", "07:00", 0)


def test_a_typed_night_opens_as_the_row_it_looks_like(alice: Browser) -> None:
    filled(alice, DAY, TYPED)
    drawn = alice.open(DRAW).values(action=DRAW)["drawn"][0]
    assert drawn.count("s") * 15 == 345
    assert drawn.strip(".").startswith("bbww")


def test_someone_who_sleeps_by_day_can_draw_it(house: House, clock: Clock, alice: Browser) -> None:
    page = alice.open(f"{DRAW}?begins=18:00")
    first = (14 * 60 + 30) // 15  # 8:30 is fourteen hours and a half after 18:00
    told = {"part-0-from": str(first), "part-0-to": str(first + 26), "part-0-as": "s"}
    page = page.send(told, button="save", action=DRAW)
    assert facts(page)[1] == "6 u 30"
    assert data(house)[0]["drawn"].startswith("18:00 ")
    assert alice.open(DRAW).values(action=DRAW)["begins"] == ["18:00"]


def test_a_night_that_no_row_holds_says_so(alice: Browser) -> None:
    filled(alice, DAY, {"in_bed": "10:00", "up": "09:00"})
    page = alice.open(DRAW)
    assert page.has(
        "This night does not fit in one row of 24 hours. It is kept as you typed it; leave it so, or draw another one."
    )


@pytest.mark.parametrize(("day", "cells"), [("2026-03-29", 92), ("2026-10-25", 100), (DAY, 96)])
def test_the_row_is_as_long_as_its_day(alice: Browser, day: str, cells: int) -> None:
    assert len(alice.open(f"/diary/{day}/draw").all("span", class_="draw-cell")) == cells


def test_your_own_estimate_stands_beside_the_sum(house: House, alice: Browser) -> None:
    page = filled(alice, DAY, WORKED | {"felt_asleep_min": "240"})
    assert page.has("Time asleep, as it felt")
    assert "4 u 00" in page.text
    assert facts(page) == ["8 u 10", "5 u 45", "70,4%"]
    assert data(house)[0]["felt_asleep_min"] == 240
