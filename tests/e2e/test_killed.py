"""A dose, an extra, a list and how it is: written without network, the browser killed, back: one copy of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from companion.services.demo import PEOPLE
from tests.e2e.hands import sign_in
from tests.e2e.kept import eventually, person_of, settled, signed_in
from tests.e2e.phones import entries, kill, opened, says_kept, tap, waits, write_check_in, write_extra, write_list
from tests.e2e.server import Server, serving

pytestmark = pytest.mark.browser

KINDS = ("doses", "symptoms", "check_ins")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("killed"), demo=True, by_day=True) as server:
        yield server


def test_every_kind_outlives_a_killed_browser(site: Server, browser: Browser, tmp_path: Path) -> None:
    alice = person_of(site, "alice")
    before = {kind: {each["id"] for each in entries(site, alice, kind)} for kind in KINDS}
    profile = tmp_path / "profile"
    page = opened(site, browser, profile).new_page()
    signed_in(page, site, "alice")
    with site.away():
        settled(page)
        tap(page, 'form[data-outbox="taken"] button')
        says_kept(page)
        said = page.locator('[data-slot^="dose "] [data-slot-kept] .taken')
        expect(said).to_have_text(
            re.compile(r"^Genomen · [0-9]{2}:[0-9]{2} · bewaard op deze telefoon$"), use_inner_text=True
        )
        write_extra(page, "0,25")
        write_list(page, "1", 2)
        write_check_in(page, 4)
        expect(page.locator("#how [data-slot-kept]")).to_have_text("Genoteerd · bewaard op deze telefoon")
        kill(str(profile))
        page = opened(site, browser, profile).new_page()
        settled(page)
        expect(page.locator("[data-waiting]")).to_contain_text("4 notities")
        expect(page.locator('[data-slot^="dose "] [data-slot-kept]')).to_be_visible()
    settled(page)
    if page.locator("[name=passphrase]").count():  # a killed browser may have lost the newest cookie
        sign_in(page, "alice", PEOPLE["alice"][0])
    eventually(page, lambda: waits(page) == 0, "the phone still holds something")
    for _ in range(2):
        settled(page)
    new = {kind: [e["data"] for e in entries(site, alice, kind) if e["id"] not in before[kind]] for kind in KINDS}
    assert sorted((each["taken"], bool(each.get("extra"))) for each in new["doses"]) == [(True, False), (True, True)]
    assert [each["answers"]["1"] for each in new["symptoms"]] == [2]
    assert [each["level"] for each in new["check_ins"]] == [4]
    expect(page.locator("#how [data-slot-open]").first).to_contain_text("verstuurd")
    page.context.close()
