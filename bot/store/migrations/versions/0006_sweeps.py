"""How far the reading of everybody's access is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """The table `sweeps`."""
    op.create_table(
        "sweeps",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.Column("document", sa.JSON()),
        sa.Column("finished", sa.JSON()),
        sa.PrimaryKeyConstraint("tenant_id", name="pk_sweeps"),
    )
