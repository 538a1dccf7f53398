"""The tables. Constraint names are fixed so that migrations can name them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, MetaData
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel):
    """Every rule that makes rows of a person unique leads with the person's id: PostgreSQL can keep it within one part
    (docs/operations.md). Random tokens are not unique by rule: nobody makes the same one twice."""

    metadata = MetaData(naming_convention=NAMES)


def of_person(primary: bool = True) -> str:
    field: str = Field(primary_key=primary, foreign_key="person.id", ondelete="CASCADE", max_length=36)
    return field


class PersonRow(Base, table=True):
    __tablename__ = "person"
    id: str = Field(primary_key=True, max_length=36)
    name: str
    name_key: str = Field(unique=True)
    passphrase_hash: str
    language: str = Field(max_length=2)
    zone: str
    day_turn: str = Field(max_length=5)
    adult_at: datetime
    made_at: datetime
    demo: bool = False
    example_until: datetime | None = Field(default=None, index=True)


class RecoveryCodeRow(Base, table=True):
    __tablename__ = "recovery_code"
    person_id: str = of_person()
    digest: str = Field(primary_key=True, max_length=64)
    made_at: datetime
    used_at: datetime | None = None


class SessionRow(Base, table=True):
    __tablename__ = "session"
    person_id: str = of_person()
    digest: str = Field(primary_key=True, max_length=64, index=True)
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    device: str = ""
    once: str = ""
    phone: str | None = None


class ConsentRow(Base, table=True):
    __tablename__ = "consent"
    person_id: str = of_person()
    id: str = Field(primary_key=True, max_length=36)
    purpose: str
    text_version: str
    language: str = Field(max_length=2)
    given_at: datetime
    withdrawn_at: datetime | None = None


class AttemptRow(Base, table=True):
    """A sign-in that did not succeed: keyed digests of the name and the address, gone after an hour."""

    __tablename__ = "attempt"
    key: str = Field(primary_key=True, max_length=64)
    id: str = Field(primary_key=True, max_length=36)
    at: datetime = Field(index=True)


class EntryRow(Base, table=True):
    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_person_id_kind_day", "person_id", "kind", "day"),)
    person_id: str = of_person()
    id: str = Field(primary_key=True, max_length=36)
    kind: str
    day: date
    recorded_at: datetime
    stored_at: datetime
    data: str
    words: str = ""
    superseded: bool = False


class PlanHead(Base, table=True):
    __tablename__ = "plan"
    person_id: str = of_person()
    id: str = Field(primary_key=True, max_length=36)
    made_at: datetime
    version: int
    agreed_with: str = ""
    agreed_at: datetime | None = None
    ended_on: date | None = None


class PlanVersionRow(Base, table=True):
    __tablename__ = "plan_version"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "plan_id"], ["plan.person_id", "plan.id"], ondelete="CASCADE"),
    )
    person_id: str = Field(primary_key=True, max_length=36)
    plan_id: str = Field(primary_key=True, max_length=36)
    version: int = Field(primary_key=True)
    document: str
    reason: str
    made_at: datetime


class ConfirmationRow(Base, table=True):
    """Row `n` of a version stands confirmed until and with `until` (9999-12-31 for an open row)."""

    __tablename__ = "confirmation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["person_id", "plan_id", "version"],
            ["plan_version.person_id", "plan_version.plan_id", "plan_version.version"],
            ondelete="CASCADE",
        ),
    )
    person_id: str = Field(primary_key=True, max_length=36)
    plan_id: str = Field(primary_key=True, max_length=36)
    version: int = Field(primary_key=True)
    n: int = Field(primary_key=True)
    until: date
    confirmed_at: datetime


class PlanDraftRow(Base, table=True):
    """What someone has answered so far while laying out a plan: one a person."""

    __tablename__ = "plan_draft"
    person_id: str = of_person()
    data: str
    changed_at: datetime


class SupplyRow(Base, table=True):
    """What someone has of one strength for one plan, as they last counted it. Amounts are canonical texts."""

    __tablename__ = "supply"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "plan_id"], ["plan.person_id", "plan.id"], ondelete="CASCADE"),
    )
    person_id: str = Field(primary_key=True, max_length=36)
    plan_id: str = Field(primary_key=True, max_length=36)
    form: str = Field(primary_key=True)
    strength: str = Field(primary_key=True)
    count: str
    counted_on: date
    recorded_at: datetime
