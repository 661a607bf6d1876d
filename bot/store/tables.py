"""The tables of invites, conversations, builds and the record. The migrations must come to the same; a test compares them."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.columns import JSON, Moment, metadata, text

# `document` holds the whole invite; the columns beside it are what is searched for.
invites = sa.Table(
    "invites",
    metadata,
    text("id", primary_key=True),
    text("tenant_id"),
    text("address"),
    text("package_id"),
    text("guest_id"),
    sa.Column("open", sa.Boolean(), nullable=False),
    sa.Column("next_look_at", Moment()),
    sa.Column("created_at", Moment(), nullable=False),
    sa.Column("document", JSON, nullable=False),
    sa.Index(
        "uq_invites_open",
        "tenant_id",
        "address",
        "package_id",
        unique=True,
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    ),
    sa.Index("ix_invites_address", "tenant_id", "address"),
    sa.Index("ix_invites_guest", "tenant_id", "guest_id"),
    sa.Index(
        "ix_invites_due",
        "tenant_id",
        "next_look_at",
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    ),
)

cards = sa.Table(
    "cards",
    metadata,
    text("conversation_id", primary_key=True),
    text("activity_id", primary_key=True),
    text("invite_id", index=True),
    text("place"),
    text("reference"),
    text("audience"),
    text("digest"),
)

contacts = sa.Table(
    "contacts",
    metadata,
    text("person_id", primary_key=True),
    text("teams_id"),
    sa.Column("conversation", JSON),
    text("reach"),
    text("code"),
    text("name"),
    text("locale"),
    text("time_zone"),
    sa.Column("updated_at", Moment()),
)

teams = sa.Table(
    "teams",
    metadata,
    text("id", primary_key=True),
    text("place"),
    text("reference"),
)

receipts = sa.Table(
    "receipts",
    metadata,
    text("key", primary_key=True),
    text("invite_id"),
    text("address", index=True),
    text("rung"),
    text("occasion"),
    text("state"),
    sa.Column("at", Moment(), nullable=False),
    text("code"),
    text("detail"),
)

slots = sa.Table(
    "slots",
    metadata,
    text("key", primary_key=True),
    text("activity_id"),
    sa.Column("kept_at", Moment(), nullable=False, server_default=sa.func.current_timestamp(), index=True),
)

# A chain: `digest` covers the entry and `previous`, the digest of the entry before.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=True), primary_key=True),
    sa.Column("at", Moment(), nullable=False, index=True),
    text("actor"),
    text("act"),
    text("target", index=True),
    text("package", index=True),
    text("result"),
    text("key", index=True),
    text("detail"),
    text("message"),
    text("conversation"),
    text("previous"),
    text("digest"),
    sa.Index("ix_audit_actor_at", "actor", "at"),
)

HEAD_ROW = 1

# The newest entry, in one row: locked by whoever appends, and the proof that no entry was removed at the end.
audit_head = sa.Table(
    "audit_head",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger(), nullable=False),
    text("digest"),
)

state = sa.Table(
    "state",
    metadata,
    text("key", primary_key=True),
    text("etag"),
    sa.Column("value", JSON, nullable=False),
    sa.Column("written_at", Moment(), nullable=False, server_default=sa.func.current_timestamp(), index=True),
)

# `document` holds the whole build.
builds = sa.Table(
    "builds",
    metadata,
    text("id", primary_key=True),
    text("tenant_id"),
    text("owner_id"),
    sa.Column("created_at", Moment(), nullable=False),
    sa.Column("document", JSON, nullable=False),
)

# Which build made a package, said once.
makers = sa.Table(
    "makers",
    metadata,
    text("package_id", primary_key=True),
    text("build_id"),
)

replicas = sa.Table(
    "replicas",
    metadata,
    text("name", primary_key=True),
    sa.Column("beats", sa.BigInteger(), nullable=False),
)
