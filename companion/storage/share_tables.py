"""The tables of showing it to others: links for a doctor or pharmacist, links for someone close, and their words."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from companion.storage.tables import Base, of_person


class ShareRow(Base, table=True):
    """A read-only link. Only a digest of its token is kept; `whom` is sealed.

    `sections` is a JSON list; `from_day` None: from the beginning. `pin_hash` "": without a PIN. `audience` is
    "care" (doctor, pharmacist) or "close" (someone around the person); `options` is JSON and says what a link of
    someone close shows and whether own words may be sent.
    """

    __tablename__ = "share"
    person_id: str = of_person()
    id: str = Field(primary_key=True, max_length=36)
    digest: str = Field(index=True, max_length=64)
    audience: str
    whom: str = ""
    sections: str = "[]"
    options: str = "{}"
    from_day: date | None = None
    language: str = Field(default="", max_length=2)
    pin_hash: str = ""
    pin_tries: int = 0
    locked_until: datetime | None = None
    made_at: datetime
    changed_at: datetime
    ends_at: datetime
    stopped_at: datetime | None = None


class ShareViewRow(Base, table=True):
    """A link was opened, or what is behind it was really looked at (`what`: "opened" or "looked")."""

    __tablename__ = "share_view"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "share_id"], ["share.person_id", "share.id"], ondelete="CASCADE"),
    )
    person_id: str = Field(primary_key=True, max_length=36)
    share_id: str = Field(primary_key=True, max_length=36)
    id: str = Field(primary_key=True, max_length=36)
    what: str
    at: datetime


class KindWordRow(Base, table=True):
    """What someone close sent: the code of a prepared message, or their own words, sealed."""

    __tablename__ = "kind_word"
    __table_args__ = (
        ForeignKeyConstraint(["person_id", "share_id"], ["share.person_id", "share.id"], ondelete="CASCADE"),
    )
    person_id: str = Field(primary_key=True, max_length=36)
    share_id: str = Field(primary_key=True, max_length=36)
    id: str = Field(primary_key=True, max_length=36)
    code: str = ""
    words: str = ""
    sent_at: datetime
    seen_at: datetime | None = None
