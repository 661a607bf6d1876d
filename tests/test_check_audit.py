"""`python app.py check --audit` proves the audit trail, or names the first entry that is not as it was written."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def checked(file: Path) -> tuple[int, str]:
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{file}"}
    words = [sys.executable, "app.py", "check", "--audit"]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=50, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A ledger whose record has three entries."""
    file = tmp_path / "usher.db"
    asyncio.run(_recorded(f"sqlite:///{file}"))
    return file


async def _recorded(url: str) -> None:
    await migrate(url)
    database = Database(url)
    ledger = SqlLedger(database, tenant_id="tenant")
    for act in ("invite", "extend", "revoke"):
        await ledger.record(actor="alex", act=act, target="ana@fabrikam.com", result="done", key="k", at=NOW)
    await database.close()


def test_an_untouched_record_is_proven(record: Path) -> None:
    status, said = checked(record)

    assert status == 0
    assert "whole: 3 entries from 2026-03-01 12:00:00 UTC to 2026-03-01 12:00:00 UTC" in said
    assert "number 3, digest " in said


def test_the_first_changed_entry_is_named_without_its_content(record: Path) -> None:
    with sqlite3.connect(record) as connection:
        connection.execute("DROP TRIGGER audit_append_only_update")
        connection.execute("UPDATE audit SET result = 'refused' WHERE id > 1")

    status, said = checked(record)

    assert status == 1
    assert "broken at entry 2 of 2026-03-01 12:00:00 UTC: what it says was changed" in said
    assert "1 entry before is in order" in said
    assert "ana@" not in said


def test_a_database_nobody_has_used_is_told_apart(tmp_path: Path) -> None:
    status, said = checked(tmp_path / "none.db")

    assert status == 1
    assert "start Usher once" in said
