"""Prove to an operator that the database answers, and that nobody has changed the audit trail."""

from __future__ import annotations

from datetime import datetime

from bot.domain.chain import Fault, Proof
from bot.domain.checks import Finding
from bot.errors import UsherError
from bot.store.database import Database
from bot.store.migrate import HEAD, stored_version
from bot.store.proof import prove


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


async def check_audit(url: str) -> tuple[bool, str]:
    """Whether the audit trail is as it was written, and what is to be said about it; nothing is changed.

    Raises Transient when the database is not there.
    """
    if await stored_version(url) != HEAD:
        return False, "The database is not that of this version of Usher: start Usher once, then check again."
    database = Database(url)
    try:
        proof = await prove(database)
    finally:
        await database.close()
    if proof.fault:
        return False, _broken(proof, proof.fault)
    if not proof.entries:
        return True, "The audit trail is empty."
    counted = "1 entry" if proof.entries == 1 else f"{proof.entries:,} entries"
    return True, (
        f"The audit trail is whole: {counted} from {_at(proof.first_at)} to {_at(proof.last_at)}.\n"
        f"Newest entry: number {proof.number}, digest {proof.digest}"
    )


def _broken(proof: Proof, fault: Fault) -> str:
    at = f" of {_at(fault.at)}" if fault.at else ""
    sound = "1 entry before is" if proof.entries == 1 else f"{proof.entries:,} entries before are"
    return f"The audit trail is broken at entry {fault.number}{at}: {fault.what}.\nThe {sound} in order."


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else "?"
