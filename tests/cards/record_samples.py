"""Cards of the record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.domain.outcomes import Press, RecordPage, RecordRow, ReportShown, Tone
from bot.domain.report import Report
from cards import record, report
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
    "report": Sample(
        report.card,
        report.text,
        ReportShown(
            Report(
                {"accepted": 12, "pending": 3, "blocked": 1, "deleted": 0},
                (("Invited users package", 11), ("Partner *project*", 2), ("Staff handbook", 0)),
                4,
                tuple((date(2026, 11, 23) + timedelta(weeks=week), week % 4) for week in range(8)),
                timedelta(hours=5),
                9,
                12,
            ),
            90,
            _AT,
            "Europe/Berlin",
            limited=True,
        ),
    ),
    "report_of_many": Sample(
        report.card,
        report.text,
        ReportShown(
            Report({"accepted": 90_000}, (("Invited users package", 98_765),), 0, (), None, 0, 98_765),
            90,
            _AT,
            counted_at=_AT - timedelta(minutes=12),
        ),
    ),
    "report_of_nothing": Sample(
        report.card,
        report.text,
        ReportShown(Report({}, (), 0, (), None, 0, 0), 90, _AT),
    ),
    "record_empty": Sample(record.card, record.text, RecordPage("What you did, last day", ())),
}
