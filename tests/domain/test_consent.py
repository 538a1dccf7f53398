"""Consent stands for the text that was read, until it is withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from companion.domain.consent import TEXT_VERSION, Consent, Purpose

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
GIVEN = Consent(Purpose.PLAN, TEXT_VERSION, "nl", NOON)


def test_consent_stands_until_it_is_withdrawn() -> None:
    assert GIVEN.stands
    assert not replace(GIVEN, withdrawn_at=NOON).stands


def test_consent_to_another_text_does_not_stand() -> None:
    assert not replace(GIVEN, text_version="2020-01-01").stands
    assert not replace(GIVEN, text_version="2020-01-01", withdrawn_at=NOON).stands
