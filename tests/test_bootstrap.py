"""The keys and names that push services know us by: made once, read once, and refused at start when they cannot be."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from companion.bootstrap import NO_CONTACT, House, build, check_key
from companion.notify.vapid import is_subject, new_private_key
from companion.services.demo import make_demo
from companion.services.erase_person import find_person
from companion.services.push_key import check_push_key
from companion.settings import BadSetting, Settings, read_settings
from companion.storage import subscriptions
from tests.build import Clock, open_house, settings_in


def settings(folder: Path, **environment: str) -> Settings:
    return read_settings({"INSTANCE": str(folder), "SECRET_KEY": "s" * 20, "DATA_KEY": "d" * 20} | environment)


def built(settings: Settings) -> House:
    house = build(settings)
    house.store.engine.dispose()
    return house


def test_the_key_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    first, again = built(settings(tmp_path)), built(settings(tmp_path))
    assert first.vapid.public == again.vapid.public
    assert stat.S_IMODE((tmp_path / "vapid.key").stat().st_mode) == 0o600


def test_a_key_from_the_environment_is_used_and_none_is_made(tmp_path: Path) -> None:
    key = new_private_key()
    assert (
        built(settings(tmp_path, VAPID_PRIVATE_KEY=key)).vapid.public
        == built(settings(tmp_path, VAPID_PRIVATE_KEY=key + "\n")).vapid.public
    )
    assert not (tmp_path / "vapid.key").exists()


@pytest.mark.parametrize("text", ["", "x", "A" * 43])
def test_a_damaged_key_stops_the_start_and_stays_as_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / "vapid.key").write_text(text)
    with pytest.raises(BadSetting, match=r"vapid\.key"):
        built(settings(tmp_path))
    assert (tmp_path / "vapid.key").read_text() == text
    with pytest.raises(BadSetting, match="VAPID_PRIVATE_KEY"):
        built(settings(tmp_path, VAPID_PRIVATE_KEY=text or "no key"))


@pytest.mark.parametrize(
    ("environment", "subject"),
    [
        ({}, NO_CONTACT),
        ({"VAPID_SUBJECT": "mailto:lena@example.org"}, "mailto:lena@example.org"),
        ({"HOST_CONTACT": "lena@example.org"}, "mailto:lena@example.org"),
        ({"HOST_CONTACT": "https://example.org/contact"}, "https://example.org/contact"),
        ({"HOST_CONTACT": "Lena, 02 123 45 67", "BASE_URL": "https://a.example.org/"}, "https://a.example.org"),
        ({"HOST_CONTACT": "lena@localhost", "BASE_URL": "http://127.0.0.1:8000"}, NO_CONTACT),
    ],
)
def test_push_services_get_the_contact_that_is_there(tmp_path: Path, environment: dict[str, str], subject: str) -> None:
    assert built(settings(tmp_path, **environment)).vapid.subject == subject
    assert is_subject(subject)


@pytest.mark.parametrize(
    "subject", ["mailto:lena@localhost", "mailto:a b@example.org", "lena@example.org", "https://x"]
)
def test_a_subject_at_which_nobody_can_be_reached_stops_the_start(tmp_path: Path, subject: str) -> None:
    with pytest.raises(BadSetting, match="VAPID_SUBJECT"):
        built(settings(tmp_path, VAPID_SUBJECT=subject))


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("", ()),
        ("push.example.org", ("push.example.org",)),
        ("127.0.0.1:9000, Push.example.org *.example.net", ("127.0.0.1:9000", "push.example.org", "*.example.net")),
        ("http://127.0.0.1:9000/", ("127.0.0.1:9000",)),
        ("[::1]:9000", ("[::1]:9000",)),
    ],
)
def test_push_hosts_are_names(tmp_path: Path, text: str, hosts: tuple[str, ...]) -> None:
    assert settings(tmp_path, PUSH_HOSTS=text).push_hosts == hosts


@pytest.mark.parametrize("text", ["*", "*.", "a/b", "user@a", "a:b", "-"])
def test_push_hosts_that_are_no_names_stop_the_start(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadSetting, match="PUSH_HOSTS"):
        settings(tmp_path, PUSH_HOSTS=text)


# A key that changed


def with_a_browser(house: House) -> None:
    make_demo(house.store, 0, 1, force=False)
    person = find_person(house.store, "alice")
    assert person
    kept = subscriptions.Subscription(
        "s", "https://x", "https://x/y", "k", "a", house.vapid.name, "", house.now(), house.now()
    )
    with house.store.write() as unit:
        subscriptions.keep(unit, person.id, kept)


def test_another_key_than_browsers_subscribed_with_stops_the_start_until_it_is_meant(
    tmp_path: Path, clock: Clock, empty_database: Path
) -> None:
    with open_house(tmp_path, clock, empty_database) as house:
        check_key(house)
        with_a_browser(house)
        check_key(house)
    (tmp_path / "vapid.key").unlink()
    with open_house(tmp_path, clock) as house:
        for _ in range(2):
            with pytest.raises(BadSetting, match="1 browsers"):
                check_key(house)
    meant = build(settings_in(tmp_path, vapid_new_key=True), clock)
    check_key(meant)
    assert check_push_key(meant.store, meant.vapid.name, clock()) == 0
    meant.store.engine.dispose()
