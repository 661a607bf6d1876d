"""Cards of the record."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.outcomes import Press, RecordPage, RecordRow, Tone
from cards import record
from tests.cards.sample import Sample

_AT = datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)
_INVITED = "ana@fabrikam.com, Invited users package"

SAMPLES = {
    "record": Sample(
        record.card,
        record.text,
        RecordPage(
            "ana@fabrikam.com, last 30 days",
            (
                RecordRow(_AT, "Alex Wilber", "revoke", _INVITED, "started", Tone.WORKING, "", "1700000000002"),
                RecordRow(_AT, "Usher", "tell by mail", _INVITED, "sent", Tone.GOOD, "invitation", "1700000000001"),
                RecordRow(_AT, "Megan Bowen", "restore", "ana@fabrikam.com", "refused", Tone.BAD, "Forbidden"),
            ),
            "Only what concerns your catalogs, and what you did yourself.",
            "Europe/Berlin",
            (Press("Older", "audit.page", {"before": 7}), Press("As CSV", "audit.csv")),
        ),
    ),
    "record_empty": Sample(record.card, record.text, RecordPage("What you did, last day", ())),
}
