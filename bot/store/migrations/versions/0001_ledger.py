"""The ledger's first tables, and an audit trail that the database itself keeps append-only."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_OPEN: dict[str, Any] = {"sqlite_where": sa.text("open"), "postgresql_where": sa.text("open")}


def upgrade() -> None:
    """Tables, indexes, triggers."""
    _invites()
    _cards()
    _people()
    _receipts()
    _audit()
    _state()
    op.create_table(
        "replicas", *_texts("name"), sa.Column("beats", sa.BigInteger(), nullable=False), _key("replicas", "name")
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _touched(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("CURRENT_TIMESTAMP"), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _invites() -> None:
    op.create_table(
        "invites",
        *_texts("id", "tenant_id", "address", "package_id", "guest_id"),
        sa.Column("open", sa.Boolean(), nullable=False),
        _moment("next_look_at", nullable=True),
        _moment("created_at"),
        sa.Column("document", sa.JSON(), nullable=False),
        _key("invites", "id"),
    )
    op.create_index("uq_invites_open", "invites", ["tenant_id", "address", "package_id"], unique=True, **_OPEN)
    op.create_index("ix_invites_address", "invites", ["tenant_id", "address"])
    op.create_index("ix_invites_guest", "invites", ["tenant_id", "guest_id"])
    op.create_index("ix_invites_due", "invites", ["tenant_id", "next_look_at"], **_OPEN)


def _cards() -> None:
    op.create_table(
        "cards",
        *_texts("conversation_id", "activity_id", "invite_id", "place", "reference", "audience", "digest"),
        _key("cards", "conversation_id", "activity_id"),
    )
    op.create_index("ix_cards_invite_id", "cards", ["invite_id"])
    op.create_table("slots", *_texts("key", "activity_id"), _touched("kept_at"), _key("slots", "key"))
    op.create_index("ix_slots_kept_at", "slots", ["kept_at"])


def _people() -> None:
    op.create_table(
        "contacts",
        *_texts("person_id", "teams_id"),
        sa.Column("conversation", sa.JSON(), nullable=True),
        *_texts("reach", "code", "name", "locale", "time_zone"),
        _moment("updated_at", nullable=True),
        _key("contacts", "person_id"),
    )
    op.create_table("teams", *_texts("id", "place", "reference"), _key("teams", "id"))


def _receipts() -> None:
    op.create_table(
        "receipts",
        *_texts("key", "invite_id", "address", "rung", "occasion", "state"),
        _moment("at"),
        *_texts("code", "detail"),
        _key("receipts", "key"),
    )
    op.create_index("ix_receipts_address", "receipts", ["address"])


def _audit() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit",
        sa.Column("id", number, sa.Identity(always=True), nullable=False),
        _moment("at"),
        *_texts("actor", "act", "target", "result", "key", "detail"),
        _key("audit", "id"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_target", "audit", ["target"])
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION usher_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION usher_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_append_only_{verb.lower()} BEFORE {verb} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )


def _state() -> None:
    op.create_table(
        "state",
        *_texts("key", "etag"),
        sa.Column("value", sa.JSON(), nullable=False),
        _touched("written_at"),
        _key("state", "key"),
    )
    op.create_index("ix_state_written_at", "state", ["written_at"])
