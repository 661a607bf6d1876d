"""Ends of access that come near, who was told of them, and who wants which digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """The tables `endings`, `notices`, `digests` and `notice_schedules`."""
    op.create_table(
        "endings",
        *_texts("assignment_id", "tenant_id", "person_id", "package_id"),
        *_texts("package_name", "person_name", "person_address"),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("look_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("assignment_id", name="pk_endings"),
    )
    op.create_index("ix_endings_look", "endings", ["tenant_id", "look_at"])
    op.create_index("ix_endings_end", "endings", ["tenant_id", "ends_at"])
    op.create_table(
        "notices",
        *_texts("assignment_id"),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        *_texts("person_id", "tenant_id", "audience"),
        sa.Column("open", sa.Boolean(), nullable=False),
        *_texts("slot"),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("assignment_id", "ends_at", "mark", "person_id", name="pk_notices"),
    )
    op.create_index("ix_notices_person", "notices", ["tenant_id", "person_id", "audience"])
    op.create_index("ix_notices_end", "notices", ["ends_at"])
    op.create_table(
        "digests",
        *_texts("person_id", "tenant_id"),
        sa.Column("everything", sa.Boolean(), nullable=False),
        sa.Column("choice", sa.JSON()),
        sa.Column("sent", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_digests"),
    )
    op.create_table(
        "notice_schedules",
        *_texts("package_id", "tenant_id", "marks"),
        sa.PrimaryKeyConstraint("package_id", name="pk_notice_schedules"),
    )
