"""Encryption against the example of RFC 8291 §5 and against the reference implementation."""

from __future__ import annotations

import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from companion.notify.encrypt import encrypt
from companion.notify.parcel import LONGEST
from tests.push_checks import check_body, decoded, opened
from tests.push_service import encoded

# RFC 8291 §5 and its Appendix A
TEXT = b"When I grow up, I want to be a watermelon"
SERVER_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER_KEY = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
BROWSER_POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(text: str) -> object:
    return derive_private_key(int.from_bytes(decoded(text), "big"), SECP256R1())


def test_the_example_of_the_rfc_comes_out_to_the_byte() -> None:
    key, salt = private(SERVER_KEY), decoded(SALT)
    body = encrypt(TEXT, decoded(BROWSER_POINT), decoded(SECRET), key=key, salt=salt, step=0)  # type: ignore[arg-type]
    assert encoded(body) == BODY


def test_the_example_of_the_rfc_opens_to_its_text() -> None:
    assert opened(decoded(BODY), private(BROWSER_KEY), decoded(SECRET)) == TEXT  # type: ignore[arg-type]


@given(st.binary(max_size=LONGEST))
def test_the_reference_reads_every_text(text: bytes) -> None:
    key, secret = generate_private_key(SECP256R1()), os.urandom(16)
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    body = encrypt(text, point, secret)
    check_body(body)
    assert opened(body, key, secret) == text


def test_the_length_says_nothing_of_what_is_in_it() -> None:
    point = decoded(BROWSER_POINT)
    assert len({len(encrypt(b"x" * size, point, bytes(16))) for size in range(500)}) == 1


def test_no_two_messages_share_a_key_or_salt() -> None:
    bodies = [encrypt(TEXT, decoded(BROWSER_POINT), bytes(16)) for _ in range(20)]
    assert len({body[:16] for body in bodies}) == len({body[21:86] for body in bodies}) == 20


@pytest.mark.parametrize("point", [b"", bytes(65), b"\4" + bytes(64)])
def test_a_point_off_the_curve_is_refused(point: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        encrypt(TEXT, point, bytes(16))


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        encrypt(b"x" * (LONGEST + 1), decoded(BROWSER_POINT), bytes(16))
