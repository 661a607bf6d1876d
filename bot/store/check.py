"""Prove to an operator that the database answers."""

from __future__ import annotations

from bot.domain.checks import Finding
from bot.errors import UsherError
from bot.store.database import Database


async def check_ledger(url: str) -> Finding:
    """Whether the database answers; no table is made or changed. Never raises for what a database can do."""
    how = "Look at DATABASE_URL, and whether this machine and account may reach and write it."
    try:
        database = Database(url)
        try:
            await database.ping()
        finally:
            await database.close()
    except (UsherError, OSError) as fault:
        return Finding(False, f"Database: {fault}", how)
    return Finding(True, "Database")
