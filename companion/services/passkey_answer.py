"""What a browser answers about a passkey. All of it is untrusted: whatever is wrong with it, it is no answer."""

from __future__ import annotations

import json
import logging
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import Final

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.registration.verify_registration_response import VerifiedRegistration

from companion.storage.passkeys import Passkey
from companion.storage.unit_of_work import Unit

log = logging.getLogger("companion.passkeys")
LONGEST_ANSWER: Final = 16 * 1024
"""Characters of what a browser answers; an answer without attestation is about a kibibyte."""
ALGORITHMS: Final = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]


@dataclass(frozen=True)
class Site:
    """Where a passkey belongs: the host (its “relying party id”), the origin of pages, and what the site is called."""

    host: str
    origin: str
    name: str


def handle_of(unit: Unit, person_id: str) -> bytes:
    """The name of a person among passkeys: random to everyone else, and the same for each of theirs."""
    return bytes.fromhex(unit.seal.mark("passkeys of " + person_id))


def _part(answer: str, *names: str) -> str:
    """A text in the answer; "" where there is none."""
    if len(answer) > LONGEST_ANSWER:
        return ""
    try:
        found = json.loads(answer)
        for name in names:
            found = found[name]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def challenge_in(answer: str) -> bytes:
    said = _bytes(_part(answer, "response", "clientDataJSON"))
    return _bytes(_part(said.decode(errors="replace"), "challenge"))


def credential_in(answer: str) -> str:
    return bytes_to_base64url(_bytes(_part(answer, "rawId")))


def handle_in(answer: str) -> bytes:
    return _bytes(_part(answer, "response", "userHandle"))


def read_new(site: Site, answer: str, challenge: bytes) -> VerifiedRegistration | None:
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
    except Exception as error:  # whatever it stumbles over: it was no answer to what we asked
        log.info("a new passkey was refused: %s", type(error).__name__)
        return None


def read_signed(site: Site, answer: str, challenge: bytes, passkey: Passkey) -> VerifiedAuthentication | None:
    """None also where the counter did not go up: then there are two of the same key."""
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.signs,
            require_user_verification=True,
        )
    except Exception as error:  # whatever it stumbles over: it was no answer to what we asked
        log.info("a passkey was refused: %s", type(error).__name__)
        return None
