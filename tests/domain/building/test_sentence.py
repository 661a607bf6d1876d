"""Sentences about packages are read as people type them, and nothing that is typed breaks the reading."""

from __future__ import annotations

from bot.domain.building.drafts import PackageDraft, ResourceWish, ReviewWish
from bot.domain.building.sentence import read
from tests.domain.building.contoso import SENTENCE

ARTICLE = PackageDraft(
    name="Invited users package",
    resources=(ResourceWish("app", "App4Guest", "Default access"),),
    audience="all-users",
    approve="no",
    requests="yes",
    ends="days",
    length="14",
    timeline="yes",
    review=ReviewWish("no"),
)


def test_the_articles_sentence_is_read_whole() -> None:
    reading = read(SENTENCE)

    assert reading.draft == ARTICLE
    assert not reading.unknown
    assert not reading.corrected
