"""Forget dialogs and answered turns that nobody will come back to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.jobs import notices
from bot.ports import Deps

NAME = "tidy"
INTERVAL_SECONDS = 86_400.0
KEPT = timedelta(days=30)


async def tidy(payload: dict[str, Any], deps: Deps) -> None:
    """What is older than a month is gone; the audit trail and the invites stay."""
    await deps.ledger.tidy(deps.clock.now() - KEPT)
    await notices.tidy(deps)
    await deps.kept_turns.tidy(deps.clock.now() - KEPT)
