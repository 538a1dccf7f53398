"""Whatever two phones write, wherever the network is cut, once both are back they agree (hypothesis, real browsers)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from playwright.sync_api import Error, Page, Route

from companion.domain.person import Person
from tests.e2e.browser import shut
from tests.e2e.hands import sign_in
from tests.e2e.kept import Pages, eventually, kept, settled
from tests.e2e.phones import PASSPHRASE, entries, newcomer, tap, waits, write_night
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser

WHICH = st.integers(0, 1)
NIGHTS = 3
EXPORTED = {"nights": "note", "symptoms": "new", "check_ins": "words", "doses": "mg"}
"""Where each kind stands in the export, and the part of its data that says which version it is."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("two"), by_day=True) as server:
        yield server


@dataclass
class World:
    """Two phones of one person, and what was written on them: the newest of each thing comes last."""

    site: Server
    person: Person
    phones: list[Page]
    day: date
    written: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def remember(self, kind: str, about: object) -> str:
        """A text, or for an extra an amount, that no other version has."""
        number = 1 + sum(map(len, self.written.values()))
        word = f"0.{number:03}".rstrip("0") if kind == "doses" else f"versie {number}"
        self.written.setdefault((kind, str(about)), []).append(word)
        return word


def once(page: Page, answered: Any) -> None:
    """The next time something is sent, this becomes of it."""
    page.context.route("**/sync", answered, times=1)


def lose(route: Route) -> None:
    route.fetch()  # it arrives, and nobody hears of it
    with suppress(Error):  # the end of a world waits for nobody
        route.abort("connectionreset")


class TwoPhones(RuleBasedStateMachine):
    world: World

    def __init__(self) -> None:
        super().__init__()
        self.cut = [False, False]
        self.away = False

    @rule(which=WHICH, back=st.integers(0, NIGHTS - 1))
    def night(self, which: int, back: int) -> None:
        day = self.world.day - timedelta(days=back)
        write_night(self.world.phones[which], f"/diary/{day}?edit=1", self.world.remember("nights", day))

    @rule(which=WHICH, level=st.integers(0, 2))
    def symptoms(self, which: int, level: int) -> None:
        page = self.world.phones[which]
        page.goto("/symptoms/new")
        page.check(f'[name="answers[1]"][value="{level}"]')
        page.fill("[name=new]", self.world.remember("symptoms", "today"))
        tap(page, "main .button-do")

    @rule(which=WHICH, level=st.integers(1, 5))
    def check_in(self, which: int, level: int) -> None:
        page = self.world.phones[which]
        page.goto("/today/check-in")
        page.check(f'[name=level][value="{level}"]')
        page.fill("[name=words]", self.world.remember("check_ins", "today"))
        tap(page, "main .button-do")

    @rule(which=WHICH)
    def extra(self, which: int) -> None:
        page = self.world.phones[which]
        page.goto("/today/extra")
        page.fill("[name=mg]", self.world.remember("doses", len(self.world.written)))
        tap(page, "main .button-do")

    @rule(which=WHICH)
    def network(self, which: int) -> None:
        """Cut through the browser's own protocol; or there again."""
        self.cut[which] = not self.cut[which]
        page = self.world.phones[which]
        page.context.set_offline(self.cut[which])
        if self.cut[which]:
            page.goto("/diary")
            assert page.locator("html").get_attribute("data-kept"), "the network is not really cut"

    @rule()
    def server(self) -> None:
        (self.world.site.start if self.away else self.world.site.stop)()
        self.away = not self.away

    @rule(which=WHICH)
    def the_answer_is_lost(self, which: int) -> None:
        once(self.world.phones[which], lose)

    @rule(which=WHICH, status=st.sampled_from([200, 401, 413, 429, 500]))
    def the_answer_is_rubbish(self, which: int, status: int) -> None:
        once(self.world.phones[which], lambda route: route.fulfill(status=status, body='{"results": [7'))

    @rule(which=WHICH)
    def closed_and_opened(self, which: int) -> None:
        page = self.world.phones[which]
        self.world.phones[which] = page.context.new_page()
        shut(page)

    @precondition(lambda self: not any(self.cut) and not self.away)
    @rule()
    def they_agree(self) -> None:
        agree(self.world)

    def teardown(self) -> None:
        for page in self.world.phones:
            page.context.set_offline(False)
            page.context.unroute_all(behavior="ignoreErrors")
        if self.away:
            self.world.site.start()
        agree(self.world)


def agree(world: World) -> None:
    """Everything is sent; each version is there once, the newest is the one that shows, on both phones."""
    for page in world.phones:
        settled(page)
        page.evaluate("dispatchEvent(new Event('online'))")
        eventually(page, lambda: waits(page) == 0, "a phone still holds something")  # noqa: B023
    for kind, says in EXPORTED.items():
        there = entries(world.site, world.person, kind)
        mine = {about: words for (of, about), words in world.written.items() if of == kind}
        assert Counter(each["data"][says] for each in there) == Counter(chain.from_iterable(mine.values()))
        shown = {each["data"][says] for each in there if not each["superseded"]}
        assert shown == {words[-1] for words in mine.values()}, kind
    for page in world.phones:
        looks(page, world)


def looks(page: Page, world: World) -> None:
    fields = {"symptoms": ("/symptoms/new", "new"), "check_ins": ("/today/check-in", "words")}
    for (kind, about), words in world.written.items():
        address, name = fields.get(kind, (f"/diary/{about}?edit=1", "note"))
        if kind == "doses":
            continue
        page.goto(address)
        assert page.input_value(f"[name={name}]") == words[-1], (kind, about)


def test_two_phones_always_agree_in_the_end(site: Server, new_page: Pages) -> None:
    person = newcomer(site)
    phones = [new_page(), new_page()]
    for each in phones:
        sign_in(each, person.name, PASSPHRASE)
        kept(each)
    TwoPhones.world = World(site, person, phones, person.day(site.clock.now))
    run_state_machine_as_test(
        TwoPhones,
        settings=settings(
            max_examples=4,
            stateful_step_count=11,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(TwoPhones.world.written) > 0
