"""What was withdrawn, stopped or given another address after a copy was made stays so when that copy is put back."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from companion.bootstrap import House
from companion.domain.consent import Purpose
from companion.domain.person import Person
from companion.domain.reminder import Kind
from companion.domain.share import USUAL, Back, Choices
from companion.domain.supporter import Chosen, Shows
from companion.services import consent
from companion.services.back_up import back_up, keep_key_copies, restore
from companion.services.calendar_feed import make_feed, read_feed
from companion.services.change_share import change_share, renew_share, stop_share
from companion.services.change_supporter import stop_supporter
from companion.services.erase_person import find_person
from companion.services.look_share import find_share
from companion.services.look_supporter import find_supporter
from companion.services.open_share import open_share
from companion.services.open_supporter import open_supporter
from companion.services.set_reminders import turn_on
from companion.services.tidy import tidy
from companion.storage import key_copies, reminders
from tests.build import Clock
from tests.services.conftest import Elsewhere
from tests.services.test_back_up import come

EVERYTHING = frozenset(Purpose)
CHOICES = Choices("huisarts", USUAL, Back.THREE, 30)


@pytest.fixture
def ann(house: House, clock: Clock) -> Person:
    """Ann, who said yes to everything, with reminders, a private calendar and two links."""
    ann = come(house, "Ann", clock)
    consent.choose(house.store, ann, EVERYTHING, "nl", clock())
    for kind, key in ((Kind.DOSE, "bedtime"), (Kind.DIARY, "")):
        assert turn_on(house.store, ann, kind, key, clock()) is None
    make_feed(house.store, ann, clock())
    clock.forward(hours=1)
    return ann


def copied(house: House, clock: Clock, folder: Path, name: str = "copy") -> Path:
    path = folder / name
    back_up(house.store, path, house.now())
    clock.forward(hours=1)
    return path


def standing(house: House) -> set[Purpose]:
    return set(consent.standing(house.store, again(house)))


def again(house: House) -> Person:
    person = find_person(house.store, "Ann")
    assert person
    return person


def reminding(house: House) -> set[Kind]:
    with house.store.read() as unit:
        return {each.kind for each in reminders.of_person(unit, again(house).id)}


def test_a_withdrawn_consent_stays_withdrawn_with_all_it_ended(
    house: House, ann: Person, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    address = open_share(house.store, ann, CHOICES, str(uuid4()), clock()).token
    close = open_supporter(house.store, ann, Chosen("zus", tuple(Shows), 30), str(uuid4()), clock()).token
    copy = copied(house, clock, tmp_path)
    consent.choose(house.store, ann, {Purpose.DIARY}, "nl", clock())
    withdrawn_at = clock()
    clock.forward(hours=1)
    for other in (elsewhere(), house):  # on another machine, and here in place of everything
        done = restore(other.store, copy, None, force=True)
        assert (done.ended.consents, standing(other)) == (2, {Purpose.DIARY})
        assert reminding(other) == {Kind.DIARY}
        assert read_feed(other.store, ann) is None
        assert find_share(other.store, address, clock()) is None
        assert find_supporter(other.store, close, clock()) is None
        with other.store.read() as unit:
            given = consent.people.consents(unit, ann.id)
        assert {each.withdrawn_at for each in given} == {None, withdrawn_at}
        assert sum(each.withdrawn_at is None for each in given) == 1


def test_nothing_ends_that_nobody_ended(
    house: House, ann: Person, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    address = open_share(house.store, ann, CHOICES, str(uuid4()), clock()).token
    copy = copied(house, clock, tmp_path)
    other = elsewhere()
    done = restore(other.store, copy, None)
    assert (done.ended.consents, done.ended.links) == (0, 0)
    assert standing(other) == EVERYTHING
    assert reminding(other) == {Kind.DOSE, Kind.DIARY}
    assert read_feed(other.store, ann)
    assert find_share(other.store, address, clock())


def test_who_said_yes_again_before_the_copy_keeps_it_and_after_the_copy_is_asked_again(
    house: House, ann: Person, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    before = copied(house, clock, tmp_path, "before")
    consent.choose(house.store, ann, {Purpose.PLAN}, "nl", clock())
    clock.forward(hours=1)
    consent.choose(house.store, ann, EVERYTHING, "nl", clock())
    clock.forward(hours=1)
    after = copied(house, clock, tmp_path, "after")
    other = elsewhere()
    assert restore(other.store, after, None).ended.consents == 0
    assert standing(other) == EVERYTHING
    assert restore(other.store, before, None, force=True).ended.consents == 2
    assert standing(other) == {Purpose.PLAN}


def test_links_that_were_stopped_narrowed_or_renewed_do_not_work_again(
    house: House, ann: Person, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    stopped, narrowed, renewed, kept = (open_share(house.store, ann, CHOICES, str(uuid4()), clock()) for _ in range(4))
    close = open_supporter(house.store, ann, Chosen("zus", tuple(Shows), 30), str(uuid4()), clock())
    clock.forward(hours=1)
    copy = copied(house, clock, tmp_path)
    stop_share(house.store, ann, stopped.share.id, clock())
    change_share(house.store, ann, narrowed.share.id, Choices("huisarts", USUAL[:1], Back.ONE, 1), clock())
    renew_share(house.store, ann, renewed.share.id, renewed.share.changed_at.isoformat(), clock())
    stop_supporter(house.store, ann, close.supporter.id, clock())
    other = elsewhere()
    assert restore(other.store, copy, None).ended.links == 4
    for each in (stopped, narrowed, renewed):
        assert find_share(other.store, each.token, clock()) is None
    assert find_supporter(other.store, close.token, clock()) is None
    assert find_share(other.store, kept.token, clock())
    assert standing(other) == EVERYTHING


def test_what_is_remembered_is_ids_a_purpose_and_an_instant_for_thirty_days(
    house: House, ann: Person, clock: Clock, tmp_path: Path, engine: str
) -> None:
    link = open_share(house.store, ann, CHOICES, str(uuid4()), clock()).share
    copied(house, clock, tmp_path)
    at = clock().isoformat()
    consent.choose(house.store, ann, {Purpose.PLAN, Purpose.OUTCOMES}, "nl", clock())
    [path] = tmp_path.glob("*.keys")
    said = json.loads(path.read_text())
    assert said["withdrawn"] == [[ann.id, "diary", at]]
    assert said["links"] == [[ann.id, link.id, at]]
    clock.forward(days=29)
    tidy(house.store, clock())
    assert json.loads(path.read_text())["withdrawn"]
    clock.forward(days=2)
    tidy(house.store, clock())
    said = json.loads(path.read_text())
    assert (said["withdrawn"], said["links"]) == ([], [])


def test_a_file_of_before_this_was_remembered_is_still_read(
    house: House, ann: Person, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    copy = copied(house, clock, tmp_path)
    [path] = tmp_path.glob("*.keys")
    said = json.loads(path.read_text())
    path.write_text(json.dumps({name: said[name] for name in ("format", "house", "keys", "erased")}))
    assert key_copies.read(path).ended.consents == {}
    other = elsewhere()
    assert restore(other.store, copy, None).people == 1
    assert standing(other) == EVERYTHING
    keep_key_copies(house.store)
    assert json.loads(path.read_text())["withdrawn"] == []


def test_a_consent_to_a_newer_text_withdraws_nothing(
    house: House, ann: Person, clock: Clock, tmp_path: Path, elsewhere: Elsewhere, engine: str
) -> None:
    """The older text ends in the instant in which the newer one is agreed to."""
    with house.store.write(ann.id) as unit:
        consent.people.withdraw_consent(unit, ann.id, Purpose.PLAN, clock() - timedelta(minutes=1))
        consent.people.add_consent(unit, ann.id, consent.Consent(Purpose.PLAN, "2020-01-01", "nl", clock()))
    clock.forward(hours=1)
    copy = copied(house, clock, tmp_path)
    consent.choose(house.store, ann, EVERYTHING, "nl", clock())
    other = elsewhere()
    assert restore(other.store, copy, None).ended.consents == 0
    assert reminding(other) == {Kind.DOSE, Kind.DIARY}
