"""Say why something that is under way waits, since when, and until when Usher goes on by itself."""

from __future__ import annotations

from bot.domain.outcomes import Holdup, Tone, Waiting
from cards import when
from cards.elements import CardElement, box, words
from cards.tones import MARKS

_WORDS = {
    Holdup.SILENT: "Microsoft 365 has not answered since {since}. I keep trying until {until}; nothing is lost.",
    Holdup.SLOWED: "Microsoft 365 has asked me to slow down since {since}. I keep trying until {until}; nothing is lost.",
    Holdup.CUT: "The answer to what I wrote at {since} did not arrive. I look for what came of it until {until}, and only "
    "then write it once more, so that nothing is made twice.",
}


def rows(waiting: Waiting | None) -> list[CardElement]:
    """A box for a card; nothing where nothing waits."""
    return (
        [box([words(said, bold=True) for said in lines(waiting)], style="warning", spacing="Medium")] if waiting else []
    )


def lines(waiting: Waiting | None) -> list[str]:
    """The same for a text twin."""
    if waiting is None:
        return []
    since, until = (when.moment(at, waiting.time_zone) for at in (waiting.since, waiting.until))
    return [f"{MARKS[Tone.WARNING].icon} Waiting: {_WORDS[waiting.holdup].format(since=since, until=until)}"]
