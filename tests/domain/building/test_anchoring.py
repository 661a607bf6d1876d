"""Words such as "me" and "tomorrow" mean what they mean where their speaker stands."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.building.anchoring import anchored
from bot.domain.building.drafts import PackageDraft, ReviewWish, StageWish
from bot.domain.building.sentence import read

WEDNESDAY = date(2026, 7, 1)


def said(words: str) -> PackageDraft:
    return anchored(read(f'"P" {words}'), speaker_id="u-1", today=WEDNESDAY).draft


@pytest.mark.parametrize(
    ("words", "draft"),
    [
        ("approver:me", PackageDraft(name="P", stages=(StageWish(("u-1",)),))),
        ("approval:me", PackageDraft(name="P", stages=(StageWish(("u-1",)),))),
        (
            "approver:manager fallback:me alternate:Myself",
            PackageDraft(name="P", stages=(StageWish(("manager",), ("u-1",), ("u-1",)),)),
        ),
        ("reviewer:me", PackageDraft(name="P", review=ReviewWish(reviewers=("u-1",)))),
        ("users:me", PackageDraft(name="P", audience="specific", targets=("u-1",))),
        ("for:me", PackageDraft(name="P", audience="specific", targets=("u-1",))),
        ("org:Me", PackageDraft(name="P", audience="specific-organizations", targets=("Me",))),
        ("until:tomorrow", PackageDraft(name="P", ends="date", until="2026-07-02")),
        ("until:2027-12-24", PackageDraft(name="P", ends="date", until="2027-12-24")),
        ("until:soon", PackageDraft(name="P", ends="date", until="soon")),
        ("review-start:next monday", PackageDraft(name="P", review=ReviewWish(starts="2026-07-06"))),
    ],
)
def test_the_speaker_and_their_day_are_meant(words: str, draft: PackageDraft) -> None:
    assert said(words) == draft


def test_what_is_taken_away_is_read_from_the_same_place() -> None:
    reading = anchored(read("-approver:me", named=True), speaker_id="u-1", today=WEDNESDAY)

    assert reading.dropped.stages == (StageWish(("u-1",)),)
