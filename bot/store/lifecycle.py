"""The tables of the life of access: who answers for it, who is asked and told, how it ends. A test compares them with the migrations."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.columns import JSON, Moment, metadata, text

# `document` holds the whole book.
sponsor_books = sa.Table(
    "sponsor_books",
    metadata,
    text("sponsor_id", primary_key=True),
    text("tenant_id", primary_key=True),
    sa.Column("document", JSON, nullable=False),
)

# `document` holds the whole run.
guest_runs = sa.Table(
    "guest_runs",
    metadata,
    text("id", primary_key=True),
    text("tenant_id"),
    text("kind"),
    sa.Column("begun_at", Moment(), nullable=False),
    sa.Column("document", JSON, nullable=False),
    sa.Index("ix_guest_runs_kind", "tenant_id", "kind", "begun_at"),
)

# `document` holds the whole change.
end_changes = sa.Table(
    "end_changes",
    metadata,
    text("id", primary_key=True),
    text("tenant_id"),
    text("key", index=True),
    sa.Column("begun_at", Moment(), nullable=False),
    sa.Column("document", JSON, nullable=False),
)

# A row for each tenant: the sweep that is under way or was the last (`document`), the last that came to its end
# (`finished`), and who is at it until when.
sweeps = sa.Table(
    "sweeps",
    metadata,
    text("tenant_id", primary_key=True),
    text("holder"),
    sa.Column("held_until", Moment()),
    sa.Column("document", JSON),
    sa.Column("finished", JSON),
)

# `document` holds the whole case; it is known by the id of its request.
approval_cases = sa.Table(
    "approval_cases",
    metadata,
    text("id", primary_key=True),
    text("tenant_id"),
    text("person_id"),
    sa.Column("open", sa.Boolean(), nullable=False),
    sa.Column("deadline", Moment(), nullable=False),
    sa.Column("document", JSON, nullable=False),
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
    text("person_id", primary_key=True),
    text("tenant_id"),
    sa.Column("ends_at", Moment(), nullable=False),
    sa.Column("look_at", Moment()),
    sa.Index("ix_farewells_look", "tenant_id", "look_at"),
)

# `document` holds the whole question.
extension_asks = sa.Table(
    "extension_asks",
    metadata,
    text("id", primary_key=True),
    text("tenant_id"),
    sa.Column("asked_at", Moment(), nullable=False),
    sa.Column("document", JSON, nullable=False),
)

# `document` holds the whole campaign. `slot` is what only one may have at a time.
campaigns = sa.Table(
    "campaigns",
    metadata,
    text("id", primary_key=True),
    text("tenant_id"),
    text("slot"),
    text("key", index=True),
    text("package_id"),
    sa.Column("over", sa.Boolean(), nullable=False),
    sa.Column("begun_at", Moment(), nullable=False),
    sa.Column("next_look_at", Moment()),
    sa.Column("document", JSON, nullable=False),
    sa.Index("uq_campaigns_slot", "tenant_id", "slot", unique=True),
    sa.Index("ix_campaigns_due", "tenant_id", "next_look_at"),
    sa.Index("ix_campaigns_package", "tenant_id", "package_id"),
)

# The end that each assignment has; `look_at` is when somebody may have to be told of it.
endings = sa.Table(
    "endings",
    metadata,
    text("assignment_id", primary_key=True),
    text("tenant_id"),
    text("person_id"),
    text("package_id"),
    text("package_name"),
    text("person_name"),
    text("person_address"),
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
    text("assignment_id", primary_key=True),
    sa.Column("ends_at", Moment(), primary_key=True),
    sa.Column("mark", sa.Integer(), primary_key=True, autoincrement=False),
    text("person_id", primary_key=True),
    text("tenant_id"),
    text("audience"),
    sa.Column("open", sa.Boolean(), nullable=False),
    text("slot"),
    sa.Column("claimed_at", Moment(), nullable=False),
    sa.Index("ix_notices_person", "tenant_id", "person_id", "audience"),
    sa.Index("ix_notices_end", "ends_at"),
)

# `choice` null: nothing chosen. `sent`: the slots of the last digests.
digests = sa.Table(
    "digests",
    metadata,
    text("person_id", primary_key=True),
    text("tenant_id"),
    sa.Column("everything", sa.Boolean(), nullable=False),
    sa.Column("choice", JSON),
    sa.Column("sent", JSON, nullable=False),
)

notice_schedules = sa.Table(
    "notice_schedules",
    metadata,
    text("package_id", primary_key=True),
    text("tenant_id"),
    text("marks"),
)

# `document` holds the whole turn that waits for a sign-in.
kept_turns = sa.Table(
    "kept_turns",
    metadata,
    text("id", primary_key=True),
    text("tenant_id"),
    text("person_id", index=True),
    sa.Column("kept_at", Moment(), nullable=False),
    sa.Column("document", JSON, nullable=False),
)

# Exchanges of a Teams sign-in, each made once however many clients ask for it. No token is kept.
exchanges = sa.Table(
    "exchanges",
    metadata,
    text("person_id", primary_key=True),
    text("exchange_id", primary_key=True),
    sa.Column("claimed_at", Moment(), nullable=False),
)
