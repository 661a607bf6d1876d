"""What the tables of the ledger are made of: moments, texts and documents that both databases keep alike."""

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
JSON = sa.JSON()
_naming = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}

metadata = sa.MetaData(naming_convention=_naming)


def text(name: str, **given: Any) -> sa.Column[str]:
    """A column of text that is never null."""
    return sa.Column(name, Words(), nullable=False, **given)
