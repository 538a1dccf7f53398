"""The tables of passkeys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from companion.storage.tables import Base, of_person


class PasskeyRow(Base, table=True):
    """A passkey of someone. `mark` is a keyed digest of its credential id, by which it is found, and which one person
    only has (`services/passkeys.py`); that id, its public key and its name are sealed. `site`: the host it was
    made for. `signs`: its counter when it was last used."""

    __tablename__ = "passkey"
    person_id: str = of_person()
    id: str = Field(primary_key=True, max_length=36)
    mark: str = Field(index=True, max_length=64)
    credential: str
    public_key: str
    site: str
    signs: int = Field(sa_type=BigInteger)
    name: str
    made_at: datetime
    used_at: datetime | None = None


class SpentChallengeRow(Base, table=True):
    """A challenge that was answered: never a second time. It goes once it would be too old anyway."""

    __tablename__ = "spent_challenge"
    person_id: str = of_person()
    digest: str = Field(primary_key=True, max_length=64)
    at: datetime = Field(index=True)
