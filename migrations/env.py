"""Alembic's door: the connection is handed in by companion.storage.migrate."""

from alembic import context

from companion.storage import (  # noqa: F401  # every table is known here
    key_tables,
    passkey_tables,
    reminder_tables,
    share_tables,
)
from companion.storage.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
