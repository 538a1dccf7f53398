"""Our key and the tokens it signs; read the way py_vapid, the reference, reads them."""

from __future__ import annotations

import py_vapid
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from companion.notify.vapid import Vapid, is_subject, new_private_key
from tests.build import Clock
from tests.push_checks import check_vapid

ORIGIN = "https://fcm.googleapis.com"
SUBJECT = "mailto:lena@example.org"


def test_a_token_is_signed_for_one_push_service(clock: Clock) -> None:
    vapid = Vapid(new_private_key(), SUBJECT)
    header = vapid.authorization(ORIGIN, clock())
    check_vapid({"Authorization": header}, ORIGIN, vapid.public, clock())
    assert py_vapid.Vapid02.verify(header)


def test_a_token_is_used_again_for_twelve_hours_and_never_past_its_end(clock: Clock) -> None:
    vapid = Vapid(new_private_key(), SUBJECT)
    first = vapid.authorization(ORIGIN, clock())
    assert vapid.authorization("https://web.push.apple.com", clock()) != first
    clock.forward(hours=11, minutes=59)
    assert vapid.authorization(ORIGIN, clock()) == first
    check_vapid({"Authorization": first}, ORIGIN, vapid.public, clock())
    clock.forward(minutes=2)
    second = vapid.authorization(ORIGIN, clock())
    assert second != first
    check_vapid({"Authorization": second}, ORIGIN, vapid.public, clock())


def test_a_clock_that_was_set_back_makes_a_new_token(clock: Clock) -> None:
    vapid = Vapid(new_private_key(), SUBJECT)
    clock.forward(days=30)
    vapid.authorization(ORIGIN, clock())
    clock.forward(days=-30)
    check_vapid({"Authorization": vapid.authorization(ORIGIN, clock())}, ORIGIN, vapid.public, clock())


def pem(curve: SECP256R1 | SECP384R1) -> str:
    key = generate_private_key(curve)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_a_key_is_read_as_base64url_and_as_pem_also_on_one_line() -> None:
    text = pem(SECP256R1())
    assert Vapid(text, SUBJECT).name == Vapid(text.replace("\n", "\\n"), SUBJECT).name
    raw = new_private_key()
    assert Vapid(raw, SUBJECT).public == Vapid(raw + "=\n", SUBJECT).public
    assert Vapid(raw, SUBJECT).name != Vapid(text, SUBJECT).name


DAMAGED = [
    "",
    "x",
    "é" * 43,
    "A" * 43,  # zero
    "_" * 43,  # above the order of the curve
    new_private_key()[:-1],
    new_private_key() + "AA",
    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    pem(SECP384R1()),
]


@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"it is|PEM"):
        Vapid(text, SUBJECT)


@pytest.mark.parametrize(
    ("subject", "real"),
    [
        ("mailto:lena@example.org", True),
        ("mailto:lena+push@mail.example.org", True),
        ("https://andante.example.org", True),
        ("https://andante.example.org/contact", True),
        ("https://andante.example.org:8443", True),
        ("", False),
        ("lena@example.org", False),
        ("mailto:", False),
        ("mailto:lena", False),
        ("mailto:lena@", False),
        ("mailto:lena@localhost", False),
        ("mailto:lena@mail.localhost", False),
        ("mailto:lena@example.invalid", False),
        ("mailto:lena@box.local", False),
        ("mailto:lena@127.0.0.1", False),
        ("mailto:lena @example.org", False),
        ("mailto: lena@example.org", False),
        ("mailto:lena@exam ple.org", False),
        ("mailto:lena@example..org", False),
        ("mailto:lena@example.org\n", False),
        ("mailto:<lena@example.org>", False),
        ("http://andante.example.org", False),
        ("https://localhost", False),
        ("https://localhost:8000", False),
        ("https://127.0.0.1:8000", False),
        ("https://andante.invalid", False),
        ("https://", False),
    ],
)
def test_a_subject_is_an_address_at_which_someone_can_be_reached(subject: str, real: bool) -> None:
    assert is_subject(subject) is real
