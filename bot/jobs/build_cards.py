"""Make every card that shows a build show it as it is now, in place."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.building import deleting
from bot.commands.building.progress import note, progress
from bot.domain.building.builds import Build
from bot.domain.building.deletion import is_deletion
from bot.domain.delivery import ShownCard
from bot.domain.outcomes import BuildNote, BuildProgress, DeletionProgress, Followed
from bot.domain.turns import Conversation
from bot.errors import Unreachable
from bot.jobs import in_place, retired
from bot.ports import Deps

AUDIENCE, NOTE = "build", "note"
_GONE = "ActivityNotFoundInConversation"
_Followed = BuildProgress | DeletionProgress
_Shown = _Followed | BuildNote


async def refresh(build_id: str, deps: Deps) -> None:
    """Every card of this build shows its present state; one that was deleted in Teams is posted anew.

    So do the cards of the change that it takes back. Raises Transient when Teams does not answer.
    """
    # Two refreshes of one build must not overtake each other with an older view.
    async with in_place.alone(__name__, build_id):
        build = await deps.ledger.build(build_id)
        if build is None:
            return
        outcome = await _outcome(build, deps)
        for card in await deps.ledger.cards(build_id):
            shown = note(build) if card.audience == NOTE else await _for_reader(card, outcome, deps)
            await _refresh_one(card, shown, deps)
    if build.undoes:
        await refresh(build.undoes, deps)


async def _outcome(build: Build, deps: Deps) -> _Followed:
    return deleting.progress(build, deps) if is_deletion(build) else await progress(build, deps)


async def _for_reader(card: ShownCard, outcome: _Followed, deps: Deps) -> _Followed:
    """With times as the person in that chat reads them."""
    if outcome.waiting is None:
        return outcome
    zone = await deps.ledger.time_zone_in(card.conversation.id)
    return replace(outcome, waiting=replace(outcome.waiting, time_zone=zone or outcome.waiting.time_zone))


async def _refresh_one(card: ShownCard, outcome: _Shown, deps: Deps) -> None:
    digest = in_place.digest(outcome)
    error = await in_place.edit(card, outcome, digest, deps)
    if error is not None and error.code == _GONE and card.audience == AUDIENCE:
        await _post(card, outcome, digest, deps)


async def _post(card: ShownCard, outcome: _Shown, digest: str, deps: Deps) -> None:
    try:
        activity_id = await deps.messenger.show(card.conversation, outcome)
    except Unreachable:
        return
    await deps.ledger.add_card(ShownCard(card.invite_id, card.conversation, activity_id, AUDIENCE, digest))


async def keep(build_id: str, conversation: Conversation, activity_id: str, deps: Deps) -> None:
    """From now on this card shows the build; an older one in the same chat says that it moved."""
    for card in await deps.ledger.cards(build_id):
        same_chat = card.conversation.id == conversation.id and card.audience == AUDIENCE
        if same_chat and card.activity_id != activity_id:
            await retired.retire(card, Followed.PACKAGE, deps)
    await deps.ledger.add_card(ShownCard(build_id, conversation, activity_id, AUDIENCE))
    await refresh(build_id, deps)


async def keep_note(build_id: str, conversation: Conversation, activity_id: str, deps: Deps) -> None:
    """From now on this card says in a few words how the build stands."""
    await deps.ledger.add_card(ShownCard(build_id, conversation, activity_id, NOTE))
    await refresh(build_id, deps)
