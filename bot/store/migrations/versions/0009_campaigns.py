"""Access reviews that Usher follows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """The table `campaigns`."""
    op.create_table(
        "campaigns",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "tenant_id", "slot", "key", "package_id")),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_look_at", sa.DateTime(timezone=True)),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
    )
    op.create_index("uq_campaigns_slot", "campaigns", ["tenant_id", "slot"], unique=True)
    op.create_index("ix_campaigns_key", "campaigns", ["key"])
    op.create_index("ix_campaigns_due", "campaigns", ["tenant_id", "next_look_at"])
    op.create_index("ix_campaigns_package", "campaigns", ["tenant_id", "package_id"])
