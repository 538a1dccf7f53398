"""Every table leads with the person it is about, so that PostgreSQL can be split by them (docs/operations.md)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import inspect, text
from sqlalchemy.exc import NotSupportedError, ProgrammingError

from companion.bootstrap import House
from companion.storage.tables import Base

OF_THE_HOUSE: Final = {"person", "attempt", "push_service", "clock_round", "house_key", "erased", "backup"}
"""The people themselves, and what is about nobody: small, and the same on every part."""

UNIQUE_IN_THE_HOUSE: Final = {"subscription", "delivery", "feed", "passkey", "share"}
"""Found by a random token or a digest that no two people may share. PostgreSQL 15 keeps such a rule within one part
only: they stay whole, beside the tables that grow."""

LARGE: Final = {"entry", "plan_version", "confirmation", "reminder", "session", "consent"}


def test_every_table_leads_with_the_person(house: House) -> None:
    found = inspect(house.store.engine)
    others = {
        name for name in Base.metadata.tables if found.get_pk_constraint(name)["constrained_columns"][0] != "person_id"
    }
    assert others == OF_THE_HOUSE


def test_every_index_for_the_rows_of_someone_leads_with_the_person(house: House) -> None:
    """The others are for what a clock or a token looks up; the table that grows has none of these."""
    indexes = inspect(house.store.engine).get_indexes("entry")
    assert [each["column_names"][0] for each in indexes] == ["person_id"]


def test_postgresql_splits_each_of_them_by_person(house: House) -> None:
    refused = set()
    for name in Base.metadata.tables:
        if name in OF_THE_HOUSE:
            continue
        with house.store.engine.connect() as connection:
            like = f"(LIKE {name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)"
            try:
                connection.execute(text(f"CREATE TABLE part_of_{name} {like} PARTITION BY HASH (person_id)"))
                for part in range(2):
                    values = f"FOR VALUES WITH (MODULUS 2, REMAINDER {part})"
                    connection.execute(text(f"CREATE TABLE part_of_{name}_{part} PARTITION OF part_of_{name} {values}"))
                connection.execute(
                    text(
                        f"ALTER TABLE part_of_{name} ADD FOREIGN KEY (person_id) REFERENCES person (id) "
                        "ON DELETE CASCADE"
                    )
                )
            except (NotSupportedError, ProgrammingError):
                refused.add(name)
            connection.rollback()
    assert refused == UNIQUE_IN_THE_HOUSE
    assert not refused & LARGE
    assert set(Base.metadata.tables) >= LARGE
