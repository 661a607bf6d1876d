"""Access packages that are being described, made or changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The table `builds`."""
    op.create_table(
        "builds",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "tenant_id", "owner_id")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_builds"),
    )
