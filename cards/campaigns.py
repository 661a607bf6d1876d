"""The list of access reviews: how each stands, how far it is, and what waits for whoever asks."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import CampaignList, CampaignRow
from bot.domain.reviews.facts import Decision
from cards import listing
from cards.chart import chart
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import buttons
from cards.review_words import bars, standing
from cards.tones import MARKS
from cards.when import day

_TITLE = "Access reviews"
_NONE = 'No review is under way. Start one with: review "Invited users package" by adele@contoso.com'
_MORE = "and {count} more"
_MOST_CHARTS = 4


def card(outcome: CampaignList) -> dict[str, Any]:
    """A chart for each of the first few that people are deciding."""
    charts = 0
    entries: list[list[CardElement]] = []
    for row in outcome.rows:
        drawn = charts < _MOST_CHARTS and any(row.counts.values())
        charts += drawn
        entries.append([*_entry(row, outcome), *(chart(bars(row.counts)) if drawn else [])])
    body: list[CardElement] = [
        heading(_TITLE),
        *listing.fitting(entries, total=len(entries), more=_MORE),
        *([] if entries else [words(_NONE)]),
        *buttons(outcome.presses),
    ]
    return finished(body, text(outcome))


def text(outcome: CampaignList) -> str:
    """The same in plain text."""
    told = [f"{_name(row)}: {_said(row, outcome)}" for row in outcome.rows]
    return "\n".join([_TITLE, *(listing.lines(told, total=len(told), more=_MORE) or [_NONE])])


def _entry(row: CampaignRow, outcome: CampaignList) -> list[CardElement]:
    return [words(_name(row), bold=True, spacing="Medium"), small(_said(row, outcome))]


def _name(row: CampaignRow) -> str:
    return plain(row.campaign.package_name, 120) or "Access package"


def _said(row: CampaignRow, outcome: CampaignList) -> str:
    campaign = row.campaign
    tone, said = standing(campaign)
    parts = [f"{MARKS[tone].icon} {said}"]
    total = sum(row.counts.values())
    if total:
        parts.append(f"{total - row.counts.get(Decision.OPEN, 0)} of {total} decided")
    if campaign.ends_at and not campaign.is_over:
        parts.append(f"until {day(campaign.ends_at, outcome.time_zone)}")
    if row.mine:
        parts.append("1 person waits for you" if row.mine == 1 else f"{row.mine} people wait for you")
    return " · ".join(parts)
