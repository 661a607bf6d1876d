"""Questions of guests who want to keep an access."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """The table `extension_asks`."""
    op.create_table(
        "extension_asks",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "tenant_id")),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_extension_asks"),
    )
