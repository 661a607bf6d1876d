"""The digest: on one card, whose access ends soon among the guests somebody answers for, and what to do with each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.digests import Noticed
from bot.domain.notices import Ending
from bot.domain.outcomes import Choice, Digest, Press, Style
from cards import chart, listing
from cards.access_ends import weekday
from cards.elements import CardElement, finished, heading, small, words
from cards.fields import one_of
from cards.literal import plain
from cards.presses import action, row
from cards.when import Say, english, relative
from cards.when import day as spelled_day

PICK = "pick"
_MOST_CHOICES = 30
_LONGEST_PICK = 360
_MOST_NAMES = 5
_CHARTED = 3


def card(outcome: Digest, say: Say = english) -> dict[str, Any]:
    """What is new first, everybody to choose from who fits; the buttons act on whoever is chosen."""
    entries = (_entry(one, outcome, say) for one in _sorted(outcome))
    choices = _choices(outcome)
    body: list[CardElement] = [
        heading(_title(outcome, say)),
        *(words(line) for line in _summary(outcome, say)),
        *chart.chart(_bars(outcome, say)),
        *listing.fitting(entries, total=len(outcome.lines), more=say("and {count} more")),
        *_picking(choices, say),
        *row(_actions(say, outcome, picking=bool(choices))),
        small(_less(say)),
    ]
    return finished(body, text(outcome, say), language=outcome.language or "en")


def text(outcome: Digest, say: Say = english) -> str:
    """The same in plain text."""
    lines = [f"{_who(one)}: {_ends(one, outcome, say)}" for one in _sorted(outcome)]
    shown = listing.lines(lines, total=len(lines), more=say("and {count} more"))
    bars = chart.lines(_bars(outcome, say))
    return "\n".join([_title(outcome, say), *_summary(outcome, say), *bars, *shown, _less(say)])


def _sorted(outcome: Digest) -> list[Noticed]:
    return sorted(outcome.lines, key=lambda one: (not one.fresh, one.ending.ends_at, one.ending.assignment_id))


def _title(outcome: Digest, say: Say) -> str:
    if outcome.everything:
        organisation = plain(outcome.organisation, 120) or say("our organisation")
        ends, waiting = (
            say("Access that ends soon at {organisation}"),
            say("Guests of {organisation} who have not accepted the invitation"),
        )
        return (ends if outcome.lines else waiting).format(organisation=organisation)
    if not outcome.lines:
        return say("Your guests who have not accepted the invitation")
    return say("Your guests whose access ends soon")


def _summary(outcome: Digest, say: Say) -> list[str]:
    """How many guests, who of them never accepted the invitation, and how much access ends."""
    said: list[str] = []
    if outcome.sponsored:
        phrase = say("You answer for 1 guest.") if outcome.sponsored == 1 else say("You answer for {count} guests.")
        said.append("👥 " + phrase.format(count=outcome.sponsored))
    if outcome.waiting.count:
        shown = [plain(one, 80) for one in outcome.waiting.names[:_MOST_NAMES]]
        names = ", ".join(shown if len(shown) == outcome.waiting.count else [*shown, "…"])
        phrase = say("Never accepted the invitation ({count}): {names}")
        said.append("○ " + phrase.format(count=outcome.waiting.count, names=names))
    near = [one for one in outcome.lines if one.ending.ends_at > outcome.now]
    if near:
        first = min(near, key=lambda one: one.ending.ends_at)
        when = relative(first.ending.ends_at, outcome.now, outcome.time_zone, say)
        said.append("⏳ " + say("Access that ends soon: {count}, the next {when}").format(count=len(near), when=when))
    return said


def _bars(outcome: Digest, say: Say) -> list[chart.Bar]:
    """Seen side by side where there is something to compare."""
    if len(outcome.lines) < _CHARTED:
        return []
    return [("⏳", _span(one.first, one.last, say), one.count, "accent") for one in outcome.weeks if one.count]


def _span(first: date, last: date, say: Say) -> str:
    return _day(first, say) if first == last else f"{_day(first, say)} – {_day(last, say)}"


def _day(day: date, say: Say) -> str:
    return spelled_day(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), "UTC", say)


def _entry(one: Noticed, outcome: Digest, say: Say) -> list[CardElement]:
    return [words(_who(one), bold=one.fresh, spacing="Small"), small(_ends(one, outcome, say))]


def _who(one: Noticed) -> str:
    name, address = plain(one.ending.person_name, 80), plain(one.ending.person_address, 120)
    return (f"{name} ({address})" if name and name != address else address or name) or "…"


def _ends(one: Noticed, outcome: Digest, say: Say) -> str:
    at, zone = one.ending.ends_at, outcome.time_zone
    date_ = f"{weekday(at, zone, say)}, {spelled_day(at, zone, say)}"
    when = f"{date_} ({relative(at, outcome.now, zone, say)})"
    phrase = say("{package}: ended on {when}") if at <= outcome.now else say("{package}: ends on {when}")
    said = phrase.format(package=plain(one.ending.package_name, 80) or "…", when=when)
    return f"● {say('new')} · {said}" if one.fresh else said


def _picking(choices: list[Choice], say: Say) -> list[CardElement]:
    """Nobody is chosen beforehand: a press must mean somebody."""
    if not choices:
        return []
    error, hint = say("Choose whose access."), say("Choose a guest")
    return [one_of(PICK, say("Whose access"), choices, "", error=error, placeholder=hint)]


def _choices(outcome: Digest) -> list[Choice]:
    """Those whom a command can name, with the very end they are shown with."""
    near = [one for one in _sorted(outcome) if one.ending.ends_at > outcome.now and one.ending.person_address]
    made = [
        Choice(f"{_who(one)}, {plain(one.ending.package_name, 60)}", _value(one.ending))
        for one in near[:_MOST_CHOICES]
        if " " not in one.ending.person_address
    ]
    return [one for one in made if len(one.value) <= _LONGEST_PICK]


def _value(one: Ending) -> str:
    """What a press sends: whose access of what, and the end that was shown."""
    at = int(one.ends_at.timestamp())
    return f"{one.person_address} {one.package_id} {one.person_id} {one.assignment_id} {at}"


def _actions(say: Say, outcome: Digest, *, picking: bool) -> list[Action]:
    mine = "" if outcome.everything else "yes"
    whole = [action(Press(say("All that end soon"), "expiring", {"days": "30", "mine": mine}))]
    if outcome.everything and outcome.waiting.count:
        whole.append(action(Press(say("All who have not accepted"), "guests", {"state": "pending"})))
    if not picking:
        return whole
    presses = (
        Press(say("Keep as it is"), "digest.keep"),
        Press(say("Extend…"), "digest.extend", style=Style.PRIMARY),
        Press(say("Let go…"), "digest.letgo"),
        Press(say("Hand over…"), "digest.handover"),
    )
    return [*(action(one, with_inputs=True) for one in presses), *whole]


def _less(say: Say) -> str:
    return say("Type “digest” to choose how often this comes, at what time, and when you want to be left in peace.")
