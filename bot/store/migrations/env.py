"""Run Alembic on the connection that `bot.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from bot.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite rolls schema changes back as well as PostgreSQL does, once the driver leaves transactions alone.
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
