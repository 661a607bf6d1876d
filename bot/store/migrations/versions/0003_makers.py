"""Which build made which access package."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """The table `makers`."""
    op.create_table(
        "makers",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("package_id", "build_id")),
        sa.PrimaryKeyConstraint("package_id", name="pk_makers"),
    )
