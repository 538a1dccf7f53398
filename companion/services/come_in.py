"""Come in with a passkey. Whatever is wrong, the answer is the same."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from webauthn import generate_authentication_options, options_to_json
from webauthn.helpers.structs import UserVerificationRequirement

from companion.domain.codes import Refused
from companion.services.challenge import PATIENCE, new_challenge, still_stands
from companion.services.passkey_answer import Site, challenge_in, credential_in, handle_in, handle_of, read_signed
from companion.services.sign_in import SignedIn, start_session
from companion.services.slow_down import Visit
from companion.services.tokens import digest
from companion.storage import passkeys, people
from companion.storage.unit_of_work import Store

_IN: Final = "come in"


def ask_to_come_in(store: Store, site: Site, now: datetime) -> str:
    """What the browser is asked, as JSON. No name is needed, so that nobody learns from it who has one."""
    with store.read() as unit:
        options = generate_authentication_options(
            rp_id=site.host,
            challenge=new_challenge(unit, _IN, now),
            timeout=PATIENCE,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    return options_to_json(options)


def come_in(store: Store, site: Site, answer: str, visit: Visit, now: datetime) -> SignedIn | Refused:
    """A session for whoever's passkey signed what we asked."""
    wrong = Refused.because("", "person_passkey")
    challenge, credential = challenge_in(answer), credential_in(answer)
    with store.read() as unit:
        found = passkeys.by_credential(unit, credential) if still_stands(unit, _IN, challenge, now) else None
    if found is None:
        return wrong
    with store.write(found.person_id) as unit:
        passkey = passkeys.by_credential(unit, credential)  # its counter may have moved since
        person = people.by_id(unit, found.person_id)
        if passkey is None or person is None or passkey.site != site.host:
            return wrong
        if handle_in(answer) != handle_of(unit, person.id):
            return wrong
        signed = read_signed(site, answer, challenge, passkey)
        if signed is None or not passkeys.spend(unit, person.id, digest(challenge.hex()), now):
            return wrong
        passkeys.used(unit, passkey, signed.new_sign_count, now)
        return SignedIn(person, start_session(unit, person.id, visit, now))
