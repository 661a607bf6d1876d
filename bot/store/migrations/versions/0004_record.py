"""The audit trail becomes a chain: what was written before is chained as it stands, and its end is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.domain.audit import AuditEntry
from bot.domain.chain import START, digest

revision = "0004"
down_revision = "0003"

_KEPT = ("actor", "act", "target", "result", "detail", "key")
_PAGE = 1000


def upgrade() -> None:
    """A new table takes the old one's entries, page by page; both tables then refuse changes again."""
    on_postgres = op.get_context().dialect.name == "postgresql"
    _put_aside(on_postgres=on_postgres)
    _make()
    number, last = _chain()
    op.execute(sa.text("INSERT INTO audit_head (id, number, digest) VALUES (1, :n, :d)").bindparams(n=number, d=last))
    op.drop_table("audit_unchained")
    _guard_on_postgres() if on_postgres else _guard_on_sqlite()


def _put_aside(*, on_postgres: bool) -> None:
    if on_postgres:
        op.execute("DROP TRIGGER audit_append_only ON audit")
    else:
        op.execute("DROP TRIGGER audit_append_only_update")
        op.execute("DROP TRIGGER audit_append_only_delete")
    op.drop_index("ix_audit_at", "audit")
    op.drop_index("ix_audit_target", "audit")
    op.rename_table("audit", "audit_unchained")
    if on_postgres:
        op.execute("ALTER INDEX pk_audit RENAME TO pk_audit_unchained")


def _make() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    names = ("actor", "act", "target", "package", "result", "key", "detail", "message", "conversation")
    op.create_table(
        "audit",
        sa.Column("id", number, sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*names, "previous", "digest")),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    for name in ("at", "target", "package", "key"):
        op.create_index(f"ix_audit_{name}", "audit", [name])
    op.create_index("ix_audit_actor_at", "audit", ["actor", "at"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


def _chain() -> tuple[int, str]:
    """Number and digest of the newest entry."""
    connection, after, number, last = op.get_bind(), 0, 0, START
    columns = [sa.column("id"), sa.column("at", sa.DateTime(timezone=True)), *map(sa.column, _KEPT)]
    page = sa.select(*columns).select_from(sa.table("audit_unchained")).order_by(sa.column("id")).limit(_PAGE)
    new = sa.table("audit", sa.column("at", sa.DateTime(timezone=True)), *map(sa.column, [*_KEPT, *_NEW]))
    while True:
        rows = connection.execute(page.where(sa.column("id") > after)).mappings().all()
        if not rows:
            return number, last
        written: list[dict[str, Any]] = []
        for row in rows:
            said = {name: row[name] for name in _KEPT}
            at: datetime = row["at"].replace(tzinfo=UTC) if row["at"].tzinfo is None else row["at"]
            previous, last = last, digest(last, AuditEntry(at=at, **said))
            empty = {"package": "", "message": "", "conversation": ""}
            written.append({**said, **empty, "at": row["at"], "previous": previous, "digest": last})
        connection.execute(sa.insert(new), written)
        after = rows[-1]["id"]
        number = connection.scalar(sa.text("SELECT max(id) FROM audit")) or 0


_NEW = ("package", "message", "conversation", "previous", "digest")


def _guard_on_postgres() -> None:
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION usher_append_only()"
    )
    op.execute(
        "CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head "
        "FOR EACH STATEMENT EXECUTE FUNCTION usher_append_only()"
    )
    op.execute(
        "CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head "
        "FOR EACH ROW WHEN (NEW.number <= OLD.number) EXECUTE FUNCTION usher_append_only()"
    )


def _guard_on_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER audit_append_only_{verb.lower()} BEFORE {verb} ON audit {refuse}")
    # INSERT OR REPLACE deletes without a delete trigger.
    for table in ("audit", "audit_head"):
        taken = f"WHEN NEW.id IN (SELECT id FROM {table})"  # noqa: S608, two names of ours
        op.execute(f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} {taken} {refuse}")
    op.execute(f"CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head {refuse}")
    op.execute(f"CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head WHEN NEW.number <= OLD.number {refuse}")
