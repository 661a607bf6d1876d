"""The card with the guests somebody answers for: their states as a chart, a line for each, and a choice of what to do."""

from __future__ import annotations

from typing import Any

from microsoft_teams.cards.core import Action

from bot.domain.outcomes import Choice, Press, SponsoredGuest, SponsoredGuests
from cards import chart, listing
from cards.elements import CardElement, ContainerStyle, finished, heading, small, words
from cards.fields import one_of
from cards.literal import plain
from cards.presses import action, actions, row
from cards.timeline import account_state
from cards.when import day, end

PICK = "pick"
_MORE = "and {count} more"
_MOST_CHOICES = 30
_STATES: dict[str, tuple[str, str, ContainerStyle]] = {
    "accepted": ("✔", "Can sign in", "good"),
    "pending": ("⏳", "Never accepted the invitation", "accent"),
    "blocked": ("⚠", "Sign-in blocked", "warning"),
    "soon": ("⏳", "Access ends within 14 days", "accent"),
}


def card(outcome: SponsoredGuests) -> dict[str, Any]:
    """Everybody can be chosen who fits; the first buttons act on the one that is."""
    entries = (_entry(one, outcome) for one in outcome.guests)
    choices = _choices(outcome)
    body: list[CardElement] = [
        heading(_title(outcome)),
        *chart.chart(_bars(outcome)),
        *listing.fitting(entries, total=outcome.total, more=_MORE),
        *([] if outcome.total else [words(_none(outcome))]),
        *_picking(choices),
        *row(_actions(outcome, picking=bool(choices))),
    ]
    return finished(body, text(outcome))


def text(outcome: SponsoredGuests) -> str:
    """The same in plain text."""
    lines = [f"{_who(one)}: {_how(one, outcome)}" for one in outcome.guests]
    shown = listing.lines(lines, total=outcome.total, more=_MORE)
    return "\n".join([_title(outcome), *chart.lines(_bars(outcome)), *(shown or [_none(outcome)])])


def _title(outcome: SponsoredGuests) -> str:
    if outcome.whose == "nobody":
        return f"Guests for whom nobody answers ({outcome.total})"
    whose = f"{plain(outcome.whose, 80)} answers for" if outcome.whose else "you answer for"
    return f"Guests {whose} ({outcome.total})"


def _none(outcome: SponsoredGuests) -> str:
    if outcome.whose == "nobody":
        return "✔ Every guest has somebody who answers for them and can sign in."
    return "There are none."


def _bars(outcome: SponsoredGuests) -> list[chart.Bar]:
    return [
        (icon, said, outcome.counts[state], style)
        for state, (icon, said, style) in _STATES.items()
        if outcome.counts.get(state, 0) > 0
    ]


def _entry(one: SponsoredGuest, outcome: SponsoredGuests) -> list[CardElement]:
    return [words(_who(one), bold=True, spacing="Small"), small(_how(one, outcome))]


def _who(one: SponsoredGuest) -> str:
    name, address = plain(one.guest.name, 80), plain(one.guest.address or one.guest.upn, 120)
    return (f"{name} ({address})" if name and name != address else address or name) or "A guest without a name"


def _how(one: SponsoredGuest, outcome: SponsoredGuests) -> str:
    guest = one.guest
    invited = guest.created_at if not guest.has_redeemed else None
    since = f", invited on {day(invited, outcome.time_zone)}" if invited else ""
    package = plain(one.package, 80) or "access package"
    ends = f"; {package} ends on {end(one.ends_at, outcome.now, outcome.time_zone)}" if one.ends_at else ""
    return f"{account_state(guest)}{since}{ends}"


def _picking(choices: list[Choice]) -> list[CardElement]:
    if not choices:
        return []
    return [one_of(PICK, "Which guest", choices, "", error="Choose a guest.", placeholder="Choose a guest")]


def _choices(outcome: SponsoredGuests) -> list[Choice]:
    return [Choice(_who(one), one.guest.id[:60]) for one in outcome.guests[:_MOST_CHOICES] if one.guest.id]


def _actions(outcome: SponsoredGuests, *, picking: bool) -> list[Action]:
    others = actions(outcome.presses)[:4]
    if not picking:
        return others
    look = action(Press("Look", "sponsors.look"), with_inputs=True)
    return [look, action(Press("Hand over…", "sponsors.handover"), with_inputs=True), *others]
