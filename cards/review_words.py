"""How decisions and the standing of a review are said: icon, word and colour."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.outcomes import Tone
from bot.domain.reviews.campaigns import Campaign, CampaignState
from bot.domain.reviews.facts import Advice, Decision, Item
from cards.chart import Bar
from cards.elements import ContainerStyle
from cards.literal import plain

DECISIONS: dict[Decision, tuple[str, str, ContainerStyle]] = {
    Decision.KEEP: ("✔", "Keep", "good"),
    Decision.REMOVE: ("✖", "Remove", "attention"),
    Decision.DONT_KNOW: ("❔", "Don't know", "warning"),
    Decision.OPEN: ("⏳", "Not decided yet", "accent"),
}
_STATES = {
    CampaignState.BEGUN: (Tone.WORKING, "Entra is preparing the review"),
    CampaignState.OPEN: (Tone.WORKING, "Under way"),
    CampaignState.CLOSED: (Tone.WARNING, "Over, not applied yet"),
    CampaignState.APPLYING: (Tone.WORKING, "Entra is applying the decisions"),
    CampaignState.APPLIED: (Tone.GOOD, "Applied"),
    CampaignState.FAILED: (Tone.BAD, "Not started"),
}


def standing(campaign: Campaign) -> tuple[Tone, str]:
    """Tone and words for how a review stands."""
    tone, word = _STATES[campaign.state]
    if campaign.state is CampaignState.CLOSED and campaign.applies_itself:
        return Tone.WORKING, "Over, Entra applies it by itself"
    if campaign.state is CampaignState.FAILED and campaign.rounds:
        return tone, "Ended"
    return tone, word


def named(campaign: Campaign, otherwise: str) -> str:
    """The package under review, in quotation marks; plain text."""
    name = plain(campaign.package_name, 100)
    return f"“{name}”" if name else otherwise


def bars(counts: Mapping[Decision, int]) -> list[Bar]:
    """What was decided, as a chart."""
    return [(icon, word, counts.get(one, 0), style) for one, (icon, word, style) in DECISIONS.items()]


def decided(item: Item) -> str:
    """What was decided about somebody, by whom and why; plain text."""
    icon, word, _ = DECISIONS[item.decision]
    if item.is_open:
        return f"{icon} {word}"
    reason = f": “{plain(item.reason, 160)}”" if item.reason else ""
    return f"{icon} {word}, {plain(item.by_name, 60) or 'by Entra'}{reason}"


def advice(item: Item) -> str:
    """What Entra recommends, from the last sign-in."""
    return {
        Advice.KEEP: "keep (signed in during the last 30 days)",
        Advice.REMOVE: "remove (no sign-in during the last 30 days)",
        Advice.NONE: "nothing (it knows of no sign-in)",
    }[item.advice]
