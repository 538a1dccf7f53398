"""More than one medicine: a plan each, one Today, extra amounts and history by medicine."""

from __future__ import annotations

from tests.build import Clock
from tests.web.fetcher import Browser
from tests.web.plans import have, typed_rows


def two_plans(clock: Clock, alice: Browser) -> None:
    clock.set("2026-11-21 07:00")
    both = {"morning": "5", "bedtime": "5"}
    typed_rows(alice, [(both, "14")], start="2026-11-21", daily={"morning": "10", "bedtime": "10"})
    clock.forward(minutes=5)
    typed_rows(
        alice,
        [({"bedtime": "1"}, "14")],
        start="2026-11-21",
        medicine="lormetazepam",
        products=have("lormetazepam", "1", "2"),
        daily={"bedtime": "2"},
    )
    page = alice.open("/plan")
    for form in [each.get("action", "") for each in page.forms() if each.get("action", "").endswith("/confirm")]:
        alice.open("/plan").send({"rows": ["1"], "agreed_with": "not_yet"}, action=form)


def test_one_today_in_the_order_of_the_day_with_each_medicine_named(clock: Clock, alice: Browser) -> None:
    two_plans(clock, alice)
    page = alice.open("/today")
    tops = [" ".join("".join(each.itertext()).split()) for each in page.all("div", class_="card-top")]
    doses = [top for top in tops if "·" in top]
    assert [("diazepam" in top, "lormetazepam" in top) for top in doses] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    assert len(page.all("button", class_="button-do")) == 1


def test_something_extra_is_of_one_medicine_and_named(clock: Clock, alice: Browser) -> None:
    two_plans(clock, alice)
    page = alice.open("/today/extra")
    plans = [each.get("value", "") for each in page.all("input", name="plan")]
    assert len(plans) == 2
    today = page.send({"mg": "1", "plan": plans[1]}, expect=422).send({})
    [entry] = today.all("button", class_="button-small", name="entry")
    assert entry is not None
    assert "1 mg lormetazepam" in today.text


def test_waiting_with_one_medicine_leaves_the_other(clock: Clock, alice: Browser) -> None:
    two_plans(clock, alice)
    first = next(link for link in alice.open("/plan").links() if link.endswith("/hospital?open=1")).split("/")[2]
    alice.open(f"/plan/{first}/hospital?open=1").send(containing="version", action=f"/plan/{first}/hospital")
    page = alice.open("/today")
    assert len(page.all("h2", class_="dose-words")) == 1
    assert len(page.all("button", class_="button-do")) + len(page.all("a", class_="button-do")) == 1


def test_history_shows_one_medicine_at_a_time(clock: Clock, alice: Browser) -> None:
    two_plans(clock, alice)
    page = alice.open("/history")
    others = [link for link in page.links() if "plan=" in link and "window=all" in link]
    assert len({link.split("plan=")[1] for link in others}) == 2
