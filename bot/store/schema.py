"""Every table of the ledger, for whoever needs all of them."""

from __future__ import annotations

from bot.store import lifecycle, tables
from bot.store.columns import metadata

__all__ = ["lifecycle", "metadata", "tables"]
