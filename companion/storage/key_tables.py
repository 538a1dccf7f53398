"""The tables of keys and of erasures. `companion backup` leaves person_key and erased out (docs/adr/0011)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from companion.storage.tables import Base, of_person


class PersonKeyRow(Base, table=True):
    """The key of one person's words, wrapped. `wrapped_with` names the DATA_KEY that opens it."""

    __tablename__ = "person_key"
    person_id: str = of_person()
    wrapped: str
    wrapped_with: str = Field(max_length=16, index=True)
    made_at: datetime


class HouseKeyRow(Base, table=True):
    """The key of marks (keyed digests), wrapped. `legacy`: words of before there were keys of people may be there."""

    __tablename__ = "house_key"
    name: str = Field(primary_key=True, max_length=16)
    wrapped: str
    wrapped_with: str = Field(max_length=16)
    legacy: bool = False
    made_at: datetime


class ErasedRow(Base, table=True):
    """Someone was erased: a digest of their random id, and when. Older copies give nothing of them back."""

    __tablename__ = "erased"
    digest: str = Field(primary_key=True, max_length=64)
    at: datetime


class BackupRow(Base, table=True):
    """`taken`: when this copy was made, in the copy itself. `scheduled`: when the last one of the clock was, and until
    when a clock is busy with the next."""

    __tablename__ = "backup"
    name: str = Field(primary_key=True, max_length=16)
    at: datetime | None = None
    busy_until: datetime | None = None
