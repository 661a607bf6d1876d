"""The card about a sponsor who left, to the manager and to administrators, open and over."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.leaving import Alone, Left, LeftState, SponsorBook
from bot.domain.outcomes import SponsorLeft
from cards import sponsor_left
from tests.cards.sample import Sample

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALONE = tuple(
    Alone(f"55555555-5555-4555-8555-55555555555{number}", name, f"{name.split()[0].lower()}@fabrikam.com")
    for number, name in enumerate(["Ana Silva", "Ben Ortiz", "Carla Diaz", "Dan Kim"], 1)
)
LEFT = Left(NOW, ALONE, deleted=True, asked_id="adele", asked_name="Adele Vance", asked_at=NOW)
BOOK = SponsorBook("44444444-4444-4444-8444-444444444443", "Lee Gu", "adele", (), 2, LEFT)
OUTCOMES = {
    "asked": SponsorLeft(BOOK),
    "administrator": SponsorLeft(BOOK, administrator=True),
    "blocked": SponsorLeft(
        replace(BOOK, left=replace(LEFT, deleted=False, guests=ALONE[:1], asked_name="")), administrator=True
    ),
    "adopted": SponsorLeft(replace(BOOK, left=replace(LEFT, adopted_by="Adele Vance"))),
    "done": SponsorLeft(replace(BOOK, left=replace(LEFT, state=LeftState.DONE))),
    "back": SponsorLeft(replace(BOOK, left=replace(LEFT, state=LeftState.BACK))),
}
SAMPLES = {
    f"sponsor-left-{name}": Sample(sponsor_left.card, sponsor_left.text, outcome) for name, outcome in OUTCOMES.items()
}
