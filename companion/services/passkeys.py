"""Passkeys of a person (WebAuthn level 2): the phone or computer proves, after a finger, a face or its own code, that
it holds a key that belongs to someone here. Nothing secret is sent or kept, and a copied site gets nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import uuid4

from webauthn import generate_registration_options, options_to_json
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from companion.domain.codes import Refused
from companion.domain.person import Person
from companion.services.challenge import PATIENCE, new_challenge, still_stands
from companion.services.passkey_answer import ALGORITHMS, Site, challenge_in, handle_of, read_new
from companion.services.tokens import digest
from companion.storage import passkeys
from companion.storage.passkeys import Passkey
from companion.storage.unit_of_work import Store

MOST: Final = 10
"""Of one person."""
LONGEST_NAME: Final = 60


def passkeys_of(store: Store, person: Person) -> Sequence[Passkey]:
    with store.read() as unit:
        return passkeys.of_person(unit, person.id)


def remove_passkey(store: Store, person: Person, passkey_id: str) -> bool:
    """It opens nothing here any more. False when they have none with this id."""
    with store.write(person.id) as unit:
        return passkeys.remove(unit, person.id, passkey_id)


def ask_for_new(store: Store, person: Person, token: str, site: Site, now: datetime) -> str:
    """What the browser is asked for a new one, as JSON. It is good in this session only, for ten minutes."""
    with store.read() as unit:
        known = passkeys.of_person(unit, person.id)
        options = generate_registration_options(
            rp_id=site.host,
            rp_name=site.name,
            user_id=handle_of(unit, person.id),
            user_name=person.name,
            challenge=new_challenge(unit, _adding(person, token), now),
            timeout=PATIENCE,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential)) for each in known
            ],
            supported_pub_key_algs=ALGORITHMS,
        )
    return options_to_json(options)


def add_passkey(
    store: Store, person: Person, token: str, site: Site, answer: str, name: str, now: datetime
) -> Refused | None:
    """Keep the passkey that the browser made."""
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME or not name.isprintable():
        return Refused.because("name", "passkey_name")
    with store.write() as unit:  # alone in the house: nobody else adds the same one meanwhile
        challenge = challenge_in(answer)
        if not still_stands(unit, _adding(person, token), challenge, now):
            return Refused.because("", "passkey_not_made")
        made = read_new(site, answer, challenge)
        if made is None or not passkeys.spend(unit, person.id, digest(challenge.hex()), now):
            return Refused.because("", "passkey_not_made")
        credential = bytes_to_base64url(made.credential_id)
        if passkeys.by_credential(unit, credential):
            return Refused.because("", "passkey_there")
        if len(passkeys.of_person(unit, person.id)) >= MOST:
            return Refused.because("", "passkey_many", most=str(MOST))
        key = bytes_to_base64url(made.credential_public_key)
        kept = Passkey(person.id, str(uuid4()), credential, key, site.host, made.sign_count, name, now)
        passkeys.add(unit, kept)
    return None


def _adding(person: Person, token: str) -> str:
    return f"add {person.id} {digest(token)}"
