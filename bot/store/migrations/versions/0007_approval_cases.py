"""Requests that wait, or waited, for approval."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """The table `approval_cases`."""
    op.create_table(
        "approval_cases",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "tenant_id", "person_id")),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_approval_cases"),
    )
    op.create_index("ix_approval_cases_person", "approval_cases", ["tenant_id", "person_id"])
    op.create_index(
        "ix_approval_cases_open",
        "approval_cases",
        ["tenant_id", "deadline"],
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )
