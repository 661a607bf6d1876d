"""What waits for a sign-in, and which exchange of a token was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """The tables `kept_turns` and `exchanges`."""
    op.create_table(
        "kept_turns",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "tenant_id", "person_id")),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_turns"),
    )
    op.create_index("ix_kept_turns_person_id", "kept_turns", ["person_id"])
    op.create_table(
        "exchanges",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("person_id", "exchange_id")),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "exchange_id", name="pk_exchanges"),
    )
