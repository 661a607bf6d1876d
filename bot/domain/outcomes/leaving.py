"""What is shown of a sponsor who left."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.leaving import SponsorBook


@dataclass(frozen=True, slots=True)
class SponsorLeft:
    """Asks whoever reads it to see that somebody answers for these guests; follows it until somebody does.

    `book.left` is there. `administrator`: asked because there is no manager, or the manager did not answer.
    """

    book: SponsorBook
    administrator: bool = False
