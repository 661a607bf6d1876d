"""A review as CSV that spreadsheets open without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import tzinfo

from bot.domain.record_csv import harmless
from bot.domain.reviews.facts import Decision, Item

HEADERS = ("access package", "person", "person (id)", "decision", "reason", "decided by", "decided at", "result")
WORDS = {
    Decision.KEEP: "keep",
    Decision.REMOVE: "remove",
    Decision.DONT_KNOW: "don't know",
    Decision.OPEN: "not decided",
}
_MARK = "\ufeff"


def written(items: Iterable[Item], package: str, zone: tzinfo) -> str:
    """With byte order mark, every field quoted; times in this zone with their offset."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADERS)
    for one in items:
        at = one.at.astimezone(zone).isoformat(timespec="seconds") if one.at else ""
        applied = "" if one.applied == "New" else one.applied
        row = (package, one.person_name, one.person_id, WORDS[one.decision], one.reason, one.by_name, at, applied)
        writer.writerow(map(harmless, row))
    return _MARK + out.getvalue()
