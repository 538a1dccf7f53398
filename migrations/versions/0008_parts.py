"""what is unique is so for one person, never for everyone: tables can be split by person"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FOUND_BY = {"subscription": "mark", "delivery": "token", "feed": "digest", "passkey": "mark", "share": "digest"}
OF_A_LINK = ("share_view", "kind_word")


def upgrade() -> None:
    for table, column in FOUND_BY.items():
        with _changed(table) as batch:
            batch.drop_constraint(f"uq_{table}_{column}", "unique")
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in FOUND_BY.items():
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        with _changed(table) as batch:
            batch.create_unique_constraint(f"uq_{table}_{column}", [column])


@contextmanager
def _changed(table: str) -> Iterator[BatchOperations]:
    """SQLite writes the table anew; what hangs on a link would go with the old table, and is put aside meanwhile."""
    aside = OF_A_LINK if table == "share" and op.get_bind().dialect.name == "sqlite" else ()
    for each in aside:
        op.execute(sa.text(f"CREATE TEMP TABLE aside_{each} AS SELECT * FROM {each}"))  # noqa: S608  # our own words
    with op.batch_alter_table(table) as batch:
        yield batch
    for each in aside:
        op.execute(sa.text(f"INSERT INTO {each} SELECT * FROM aside_{each}"))  # noqa: S608  # our own words
        op.execute(sa.text(f"DROP TABLE aside_{each}"))
