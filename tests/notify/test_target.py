"""Every way of cheating with a subscription: none of them leads our server anywhere but to a push service."""

from __future__ import annotations

import asyncio
from socket import AddressFamily
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from companion.domain.codes import Refused
from companion.notify.doors import Doors, is_public
from companion.notify.target import Target, origin_of, read_subscription
from tests.push_service import PushService, encoded

GOOD = PushService(lambda: None).subscribe("key").json()  # type: ignore[arg-type,return-value]
KEYS: dict[str, str] = GOOD["keys"]
FCM = "https://fcm.googleapis.com/fcm/send/abc:APA91b"
MOZILLA = "https://updates.push.services.mozilla.com/wpush/v2/gAAA"
APPLE = "https://web.push.apple.com/QMk"
WINDOWS = "https://wns2-par02p.notify.windows.com/w/?token=BQYA%2b%2f"


def subscription(endpoint: object = FCM, **keys: object) -> dict[str, Any]:
    return {"endpoint": endpoint, "expirationTime": None, "keys": KEYS | keys}


@pytest.mark.parametrize("endpoint", [FCM, MOZILLA, APPLE, WINDOWS, "https://fcm.googleapis.com:443/x"])
def test_what_browsers_give_is_taken_as_it_is(endpoint: str) -> None:
    found = read_subscription(subscription(endpoint), ())
    assert isinstance(found, Target)
    assert (found.endpoint, found.p256dh, found.auth) == (endpoint, KEYS["p256dh"], KEYS["auth"])
    assert str(URL(endpoint, encoded=True).origin()) == found.origin


def test_padding_of_older_browsers_is_left_out() -> None:
    found = read_subscription(subscription(p256dh=KEYS["p256dh"] + "=", auth=KEYS["auth"] + "=="), ())
    assert isinstance(found, Target)
    assert (found.p256dh, found.auth) == (KEYS["p256dh"], KEYS["auth"])


ELSEWHERE = [
    "",
    "x",
    "https://evil.example/x",
    "http://fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "javascript://fcm.googleapis.com/x",
    "https:fcm.googleapis.com/x",
    "https:///fcm.googleapis.com/x",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com/",
    "https://fcm.googleapis.com?x",
    "https://fcm.googleapis.com/x#y",
    "https://FCM.googleapis.com/x",
    "HTTPS://fcm.googleapis.com/x",
    "https://fcm.googleapis.com./x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:0443/x",
    "https://fcm.googleapis.com:/x",
    "https://fcm.googleapis.com:99999/x",
    "https://fcm.googleapis.com:443:22/x",
    "https://user@fcm.googleapis.com/x",
    "https://user:pass@fcm.googleapis.com/x",
    "https://fcm.googleapis.com@evil.example/x",
    "https://fcm.googleapis.com\\@evil.example/x",
    "https://evil.example\\.fcm.googleapis.com/x",
    "https://evil.example/fcm.googleapis.com/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://x.fcm.googleapis.com/x",
    "https://push.services.mozilla.com/x",
    "https://.push.services.mozilla.com/x",
    "https://evilpush.services.mozilla.com/x",
    "https://a..push.services.mozilla.com/x",
    "https://-.push.apple.com/x",
    "https://a_b.push.apple.com/x",
    "https://xn--fcm-.googleapis.com/x",
    "https://fcm.googleapis。com/x",
    "https://fcm.googleapis.com\uff0fx",
    "https://fcm.googleapis.com\u2024evil.example/x",
    "https://fcm.googleapis.com／x",
    "https://fсm.googleapis.com/x",
    "https://fcm%2egoogleapis.com/x",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x\n",
    "https://fcm.googleapis.com/\r\nHost: evil.example",
    "https://fcm.goo\tgleapis.com/x",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x\x00",
    "https://fcm.googleapis.com/é",
    "https://fcm.googleapis.com/" + "x" * 2048,
    "https://127.0.0.1/x",
    "http://127.0.0.1:8000/account/erase",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://0177.0.0.1/x",
    "https://127.1/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://localhost/x",
    "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/x",
    "https://metadata.google.internal/x",
    "file:///etc/passwd",
    "unix:///var/run/docker.sock",
]


@pytest.mark.parametrize("endpoint", [*ELSEWHERE, None, 1, True, ["x"], {"x": 1}])
def test_another_place_is_refused(endpoint: object) -> None:
    refused = read_subscription(subscription(endpoint), ())
    assert isinstance(refused, Refused)
    assert [(each.field, each.code) for each in refused.reasons] == [("endpoint", "push_endpoint")]


POINT = bytes(range(256))[:65]
KEY_LIES = [
    ("p256dh", ""),
    ("p256dh", None),
    ("p256dh", 1),
    ("p256dh", "é" * 87),
    ("p256dh", KEYS["p256dh"][:-2]),
    ("p256dh", KEYS["p256dh"] + "AA"),
    ("p256dh", KEYS["p256dh"] + " "),
    ("p256dh", encoded(b"\4" + bytes(64))),
    ("p256dh", encoded(b"\4" + b"\xff" * 64)),
    ("p256dh", encoded(b"\4" + POINT[1:])),
    ("p256dh", encoded(b"\2" + POINT[1:33])),
    ("p256dh", encoded(bytes(1))),
    ("auth", ""),
    ("auth", None),
    ("auth", encoded(bytes(8))),
    ("auth", encoded(bytes(15))),
    ("auth", encoded(bytes(17))),
    ("auth", "+/" * 11),
    ("auth", "A" * 10000),
]


@pytest.mark.parametrize(("name", "value"), KEY_LIES, ids=range(len(KEY_LIES)))
def test_keys_that_are_none_are_refused(name: str, value: object) -> None:
    refused = read_subscription(subscription(**{name: value}), ())
    assert isinstance(refused, Refused)
    assert [(each.field, each.code) for each in refused.reasons] == [(f"keys.{name}", "push_keys")]


@pytest.mark.parametrize("given", [None, 1, "x", [], {}, {"endpoint": FCM}, {"endpoint": FCM, "keys": []}])
def test_what_is_no_subscription_is_refused(given: object) -> None:
    assert isinstance(read_subscription(given, ()), Refused)


# Hosts of the host's own


@pytest.mark.parametrize(
    ("endpoint", "hosts", "origin"),
    [
        ("https://push.example.org/x", ("push.example.org",), "https://push.example.org"),
        ("https://push.example.org:8443/x", ("push.example.org",), "https://push.example.org:8443"),
        ("https://a.example.org/x", ("*.example.org",), "https://a.example.org"),
        ("https://example.org/x", ("*.example.org",), ""),
        ("http://push.example.org/x", ("push.example.org",), ""),
        ("http://127.0.0.1:9000/x", ("127.0.0.1",), "http://127.0.0.1:9000"),
        ("http://127.0.0.1:9000/x", ("127.0.0.1:9000",), "http://127.0.0.1:9000"),
        ("http://127.0.0.1:9001/x", ("127.0.0.1:9000",), ""),
        ("http://127.0.0.2:9000/x", ("127.0.0.1:9000",), ""),
        ("http://localhost:9000/x", ("localhost",), "http://localhost:9000"),
        ("http://localhost.evil.example/x", ("localhost",), ""),
        ("http://[::1]:9000/x", ("[::1]:9000",), "http://[::1]:9000"),
        ("http://10.0.0.1/x", ("10.0.0.1",), ""),
        ("https://10.0.0.1/x", ("10.0.0.1",), "https://10.0.0.1"),
        ("https://user@push.example.org/x", ("push.example.org",), ""),
    ],
)
def test_push_hosts_adds_hosts_and_only_this_machine_goes_without_tls(
    endpoint: str, hosts: tuple[str, ...], origin: str
) -> None:
    assert origin_of(endpoint, hosts) == origin


@given(st.text(max_size=60), st.sampled_from([FCM, MOZILLA, WINDOWS]), st.integers(0, 60))
def test_whatever_is_pushed_into_an_address_it_stays_with_that_push_service(text: str, good: str, at: int) -> None:
    endpoint = good[:at] + text + good[at:]
    if origin := origin_of(endpoint, ()):
        assert URL(endpoint, encoded=True).host == URL(origin).host
        assert URL(origin).host in {"fcm.googleapis.com"} or str(URL(origin).host).endswith(
            (".push.services.mozilla.com", ".notify.windows.com")
        )
        assert URL(endpoint, encoded=True).user is None


# What a name leads to


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("142.250.1.1", True),
        ("2a00:1450:4001::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:142.250.1.1", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::8efa:101", True),
    ],
)
def test_only_addresses_of_the_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


class Names(AbstractResolver):
    """Answers each question with the next of these addresses."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in self.answers.pop(0)
        ]

    async def close(self) -> None: ...


def resolved(names: Names, host: str, hosts: tuple[str, ...] = ()) -> list[str]:
    return [each["host"] for each in asyncio.run(Doors(hosts, names).resolve(host, 443))]


def test_a_known_name_that_leads_into_the_house_is_not_connected_to() -> None:
    names = Names(["142.250.1.1"], ["127.0.0.1"], ["10.0.0.1", "142.250.1.1"])
    assert resolved(names, "fcm.googleapis.com") == ["142.250.1.1"]
    with pytest.raises(OSError, match="public"):
        resolved(names, "fcm.googleapis.com")
    assert resolved(names, "fcm.googleapis.com") == ["142.250.1.1"]


def test_a_host_of_the_hosts_own_may_be_inside() -> None:
    assert resolved(Names(["10.0.0.1"]), "push.example.org", ("push.example.org",)) == ["10.0.0.1"]
