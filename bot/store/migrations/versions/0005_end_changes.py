"""Changes of the end of access."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """The table `end_changes`."""
    op.create_table(
        "end_changes",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "tenant_id", "key")),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_end_changes"),
    )
    op.create_index("ix_end_changes_key", "end_changes", ["key"])
