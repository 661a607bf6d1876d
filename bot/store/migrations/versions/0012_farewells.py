"""Accounts that may go with their last access."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """The table `farewells`."""
    op.create_table(
        "farewells",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("person_id", "tenant_id")),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("person_id", name="pk_farewells"),
    )
    op.create_index("ix_farewells_look", "farewells", ["tenant_id", "look_at"])
