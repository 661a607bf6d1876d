"""What is remembered of sponsors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """The table `sponsor_books`."""
    op.create_table(
        "sponsor_books",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("sponsor_id", "tenant_id")),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("sponsor_id", "tenant_id", name="pk_sponsor_books"),
    )
