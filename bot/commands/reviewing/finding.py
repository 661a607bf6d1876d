"""Find the review a card is about, and what stands there in Entra."""

from __future__ import annotations

from bot.commands.command import Ask, Value, text_of
from bot.domain.outcomes import Press, Said, Tone
from bot.domain.reviews.campaigns import Campaign
from bot.domain.reviews.facts import Item
from bot.domain.roles import Act
from bot.errors import NotFound, Transient

ALL = Press("Reviews", "reviews")


def id_of(value: Value) -> str:
    """The id of the review that a card names."""
    return text_of(value, "campaign", most=60)


async def campaign_of(campaign_id: str, ask: Ask) -> Campaign | Said:
    """The review, or that it is not known any more."""
    found = await ask.deps.campaigns.campaign(campaign_id) if campaign_id else None
    if found is None:
        text = "I no longer know the review this card is about. Nothing was done."
        return Said("This card is out of date", text, Tone.WARNING, presses=(ALL,))
    return found


async def run_by(campaign_id: str, ask: Ask) -> Campaign | Said:
    """The review, for somebody who may run it; else the refusal."""
    found = await campaign_of(campaign_id, ask)
    if isinstance(found, Said):
        return found
    return await ask.refuse(Act.REVIEW, found.catalog_id) or found


async def items_of(campaign: Campaign, ask: Ask) -> tuple[Item, ...]:
    """Everybody under review, with what was decided, read afresh; nobody of a review that is over and gone.

    Raises Transient while Entra does not show all of it: a part is never taken for the whole.
    """
    if not campaign.rounds:
        return ()
    try:
        return await ask.deps.reviews.items(campaign.rounds)
    except NotFound as error:
        if campaign.is_over:
            return ()
        raise Transient(error.detail, code=error.code) from error


def is_reviewer(campaign: Campaign, person_id: str) -> bool:
    """Whether this person is asked in the review."""
    return any(one.id == person_id for one in campaign.people)


def not_asked(campaign: Campaign) -> Said:
    """The answer for somebody who is no reviewer."""
    names = ", ".join(one.name for one in campaign.people[:6] if one.name)
    facts = (("Reviewers", names),) if names else ()
    text = "Only those who were asked decide in a review, and nobody decides about themselves. Nothing was changed."
    return Said("You are not asked in this review", text, Tone.WARNING, facts=facts, presses=(ALL,))
