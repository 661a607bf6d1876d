"""Acts on many guests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """The table `guest_runs`."""
    op.create_table(
        "guest_runs",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "tenant_id", "kind")),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guest_runs"),
    )
    op.create_index("ix_guest_runs_kind", "guest_runs", ["tenant_id", "kind", "begun_at"])
