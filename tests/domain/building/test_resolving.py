"""A draft becomes a whole package, or every problem is said beside its field."""

from __future__ import annotations

from bot.domain.building.resolving import resolve
from bot.domain.building.sentence import read
from tests.domain.building.contoso import ARTICLE, FOUND, NOW, SENTENCE, ZONE


def test_the_articles_sentence_is_the_articles_package() -> None:
    resolution = resolve(read(SENTENCE).draft, FOUND, now=NOW, zone=ZONE)

    assert resolution.problems == {}
    assert resolution.blueprint == ARTICLE
