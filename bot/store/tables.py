"""The tables of the ledger. The migrations must come to the same; a test compares them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class Moment(sa.types.TypeDecorator[datetime]):
    """Aware UTC on both sides; SQLite, which has no zones, keeps it naive."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuses naive datetimes: their zone could only be guessed."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(sa.types.TypeDecorator[str]):
    """Text as people and other systems send it, without what PostgreSQL cannot store: NUL and half characters."""

    impl = sa.Text()
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """The same text where it can be stored, on both databases alike."""
        return None if value is None else as_stored(value)


def as_stored(text: str) -> str:
    """`text` as `Words` keeps it."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


# Not JSONB, which refuses the escaped NUL that an untrusted text may hold. Nothing searches inside.
_json = sa.JSON()
_naming = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}

metadata = sa.MetaData(naming_convention=_naming)


def _text(name: str, **given: Any) -> sa.Column[str]:
    return sa.Column(name, Words(), nullable=False, **given)


# `document` holds the whole invite; the columns beside it are what is searched for.
invites = sa.Table(
    "invites",
    metadata,
    _text("id", primary_key=True),
    _text("tenant_id"),
    _text("address"),
    _text("package_id"),
    _text("guest_id"),
    sa.Column("open", sa.Boolean(), nullable=False),
    sa.Column("next_look_at", Moment()),
    sa.Column("created_at", Moment(), nullable=False),
    sa.Column("document", _json, nullable=False),
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
    _text("conversation_id", primary_key=True),
    _text("activity_id", primary_key=True),
    _text("invite_id", index=True),
    _text("place"),
    _text("reference"),
    _text("audience"),
    _text("digest"),
)

contacts = sa.Table(
    "contacts",
    metadata,
    _text("person_id", primary_key=True),
    _text("teams_id"),
    sa.Column("conversation", _json),
    _text("reach"),
    _text("code"),
    _text("name"),
    _text("locale"),
    _text("time_zone"),
    sa.Column("updated_at", Moment()),
)

teams = sa.Table(
    "teams",
    metadata,
    _text("id", primary_key=True),
    _text("place"),
    _text("reference"),
)

receipts = sa.Table(
    "receipts",
    metadata,
    _text("key", primary_key=True),
    _text("invite_id"),
    _text("address", index=True),
    _text("rung"),
    _text("occasion"),
    _text("state"),
    sa.Column("at", Moment(), nullable=False),
    _text("code"),
    _text("detail"),
)

slots = sa.Table(
    "slots",
    metadata,
    _text("key", primary_key=True),
    _text("activity_id"),
    sa.Column("kept_at", Moment(), nullable=False, server_default=sa.func.current_timestamp(), index=True),
)

# A chain: `digest` covers the entry and `previous`, the digest of the entry before.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=True), primary_key=True),
    sa.Column("at", Moment(), nullable=False, index=True),
    _text("actor"),
    _text("act"),
    _text("target", index=True),
    _text("package", index=True),
    _text("result"),
    _text("key", index=True),
    _text("detail"),
    _text("message"),
    _text("conversation"),
    _text("previous"),
    _text("digest"),
    sa.Index("ix_audit_actor_at", "actor", "at"),
)

HEAD_ROW = 1

# The newest entry, in one row: locked by whoever appends, and the proof that no entry was removed at the end.
audit_head = sa.Table(
    "audit_head",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger(), nullable=False),
    _text("digest"),
)

state = sa.Table(
    "state",
    metadata,
    _text("key", primary_key=True),
    _text("etag"),
    sa.Column("value", _json, nullable=False),
    sa.Column("written_at", Moment(), nullable=False, server_default=sa.func.current_timestamp(), index=True),
)

# `document` holds the whole build.
builds = sa.Table(
    "builds",
    metadata,
    _text("id", primary_key=True),
    _text("tenant_id"),
    _text("owner_id"),
    sa.Column("created_at", Moment(), nullable=False),
    sa.Column("document", _json, nullable=False),
)

# Which build made a package, said once.
makers = sa.Table(
    "makers",
    metadata,
    _text("package_id", primary_key=True),
    _text("build_id"),
)

# `document` holds the whole book.
sponsor_books = sa.Table(
    "sponsor_books",
    metadata,
    _text("sponsor_id", primary_key=True),
    _text("tenant_id", primary_key=True),
    sa.Column("document", _json, nullable=False),
)

# `document` holds the whole run.
guest_runs = sa.Table(
    "guest_runs",
    metadata,
    _text("id", primary_key=True),
    _text("tenant_id"),
    _text("kind"),
    sa.Column("begun_at", Moment(), nullable=False),
    sa.Column("document", _json, nullable=False),
    sa.Index("ix_guest_runs_kind", "tenant_id", "kind", "begun_at"),
)

# `document` holds the whole change.
end_changes = sa.Table(
    "end_changes",
    metadata,
    _text("id", primary_key=True),
    _text("tenant_id"),
    _text("key", index=True),
    sa.Column("begun_at", Moment(), nullable=False),
    sa.Column("document", _json, nullable=False),
)

# A row for each tenant: the sweep that is under way or was the last (`document`), the last that came to its end
# (`finished`), and who is at it until when.
sweeps = sa.Table(
    "sweeps",
    metadata,
    _text("tenant_id", primary_key=True),
    _text("holder"),
    sa.Column("held_until", Moment()),
    sa.Column("document", _json),
    sa.Column("finished", _json),
)

# `document` holds the whole case; it is known by the id of its request.
approval_cases = sa.Table(
    "approval_cases",
    metadata,
    _text("id", primary_key=True),
    _text("tenant_id"),
    _text("person_id"),
    sa.Column("open", sa.Boolean(), nullable=False),
    sa.Column("deadline", Moment(), nullable=False),
    sa.Column("document", _json, nullable=False),
    sa.Index("ix_approval_cases_person", "tenant_id", "person_id"),
    sa.Index(
        "ix_approval_cases_open",
        "tenant_id",
        "deadline",
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    ),
)

# A row for each guest whose last access ends or has ended.
farewells = sa.Table(
    "farewells",
    metadata,
    _text("person_id", primary_key=True),
    _text("tenant_id"),
    sa.Column("ends_at", Moment(), nullable=False),
    sa.Column("look_at", Moment()),
    sa.Index("ix_farewells_look", "tenant_id", "look_at"),
)

# `document` holds the whole question.
extension_asks = sa.Table(
    "extension_asks",
    metadata,
    _text("id", primary_key=True),
    _text("tenant_id"),
    sa.Column("asked_at", Moment(), nullable=False),
    sa.Column("document", _json, nullable=False),
)

# `document` holds the whole campaign. `slot` is what only one may have at a time.
campaigns = sa.Table(
    "campaigns",
    metadata,
    _text("id", primary_key=True),
    _text("tenant_id"),
    _text("slot"),
    _text("key", index=True),
    _text("package_id"),
    sa.Column("over", sa.Boolean(), nullable=False),
    sa.Column("begun_at", Moment(), nullable=False),
    sa.Column("next_look_at", Moment()),
    sa.Column("document", _json, nullable=False),
    sa.Index("uq_campaigns_slot", "tenant_id", "slot", unique=True),
    sa.Index("ix_campaigns_due", "tenant_id", "next_look_at"),
    sa.Index("ix_campaigns_package", "tenant_id", "package_id"),
)

# The end that each assignment has; `look_at` is when somebody may have to be told of it.
endings = sa.Table(
    "endings",
    metadata,
    _text("assignment_id", primary_key=True),
    _text("tenant_id"),
    _text("person_id"),
    _text("package_id"),
    _text("package_name"),
    _text("person_name"),
    _text("person_address"),
    sa.Column("ends_at", Moment(), nullable=False),
    sa.Column("since", Moment()),
    sa.Column("look_at", Moment()),
    sa.Index("ix_endings_look", "tenant_id", "look_at"),
    sa.Index("ix_endings_end", "tenant_id", "ends_at"),
)

# Who was told of which end at which mark; `slot` names the digest it stands in.
notices = sa.Table(
    "notices",
    metadata,
    _text("assignment_id", primary_key=True),
    sa.Column("ends_at", Moment(), primary_key=True),
    sa.Column("mark", sa.Integer(), primary_key=True, autoincrement=False),
    _text("person_id", primary_key=True),
    _text("tenant_id"),
    _text("audience"),
    sa.Column("open", sa.Boolean(), nullable=False),
    _text("slot"),
    sa.Column("claimed_at", Moment(), nullable=False),
    sa.Index("ix_notices_person", "tenant_id", "person_id", "audience"),
    sa.Index("ix_notices_end", "ends_at"),
)

# `choice` null: nothing chosen. `sent`: the slots of the last digests.
digests = sa.Table(
    "digests",
    metadata,
    _text("person_id", primary_key=True),
    _text("tenant_id"),
    sa.Column("everything", sa.Boolean(), nullable=False),
    sa.Column("choice", _json),
    sa.Column("sent", _json, nullable=False),
)

notice_schedules = sa.Table(
    "notice_schedules",
    metadata,
    _text("package_id", primary_key=True),
    _text("tenant_id"),
    _text("marks"),
)

# `document` holds the whole turn that waits for a sign-in.
kept_turns = sa.Table(
    "kept_turns",
    metadata,
    _text("id", primary_key=True),
    _text("tenant_id"),
    _text("person_id", index=True),
    sa.Column("kept_at", Moment(), nullable=False),
    sa.Column("document", _json, nullable=False),
)

# Exchanges of a Teams sign-in, each made once however many clients ask for it. No token is kept.
exchanges = sa.Table(
    "exchanges",
    metadata,
    _text("person_id", primary_key=True),
    _text("exchange_id", primary_key=True),
    sa.Column("claimed_at", Moment(), nullable=False),
)

replicas = sa.Table(
    "replicas",
    metadata,
    _text("name", primary_key=True),
    sa.Column("beats", sa.BigInteger(), nullable=False),
)
