"""examples: people who are made up, and when each is over"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("example_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_index(op.f("ix_person_example_until"), "person", ["example_until"])


def downgrade() -> None:
    op.drop_index(op.f("ix_person_example_until"), table_name="person")
    op.drop_column("person", "example_until")
