"""What a sentence says from where its speaker stands: "me" is a person, "tomorrow" a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain import upcoming
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.referring import Kind, referring
from bot.domain.building.sentence import Reading

ME = frozenset(["me", "myself"])


def anchored(reading: Reading, *, speaker_id: str, today: date) -> Reading:
    """The reading with the speaker's object id for "me", and with dates for days said from `today` on."""

    def said(kind: Kind, ref: str) -> str:
        return speaker_id if kind is Kind.PERSON and ref.strip().casefold() in ME else ref

    def fixed(draft: PackageDraft) -> PackageDraft:
        named = referring(draft, said, lambda wish: wish)
        review = replace(named.review, starts=_iso(named.review.starts, today))
        return replace(named, until=_iso(named.until, today), review=review)

    return replace(reading, draft=fixed(reading.draft), dropped=fixed(reading.dropped))


def _iso(text: str, today: date) -> str:
    day = upcoming.read(text, today)
    return day.isoformat() if day else text
