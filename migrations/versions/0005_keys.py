"""keys of people, and who was erased"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_key",
        sa.Column("person_id", sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
        sa.Column("wrapped", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("wrapped_with", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_key_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_key")),
    )
    op.create_index(op.f("ix_person_key_wrapped_with"), "person_key", ["wrapped_with"])
    op.create_table(
        "house_key",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("wrapped", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("wrapped_with", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("legacy", sa.Boolean(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_house_key")),
    )
    op.create_table(
        "erased",
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_erased")),
    )
    op.create_table(
        "backup",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("busy_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_backup")),
    )


def downgrade() -> None:
    """Refused where keys are in use: without them nobody's words could be read again."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM person_key LIMIT 1")).first():
        raise RuntimeError("There are keys of people: going below 0005 would make their words unreadable.")
    for name in ("backup", "erased", "house_key", "person_key"):
        op.drop_table(name)
