"""Make every copy of an approval's card show how it stands now, in place."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.commands.approving import showing
from bot.domain.delivery import ShownCard
from bot.domain.outcomes import ApprovalShown, Followed
from bot.domain.turns import Conversation
from bot.jobs import in_place, retired
from bot.ports import Deps

_AUDIENCE = "approver:"


async def refresh(case_id: str, deps: Deps) -> None:
    """Every copy shows the present state, each to its own approver. Raises Transient when Teams does not answer."""
    async with _alone(case_id):
        await _refresh(case_id, deps)


def _alone(case_id: str) -> asyncio.Lock:
    """Two who edit cards of one request must not overtake each other with an older view."""
    return in_place.alone(__name__, case_id)


async def _refresh(case_id: str, deps: Deps, *, only: str = "") -> None:
    case = await deps.approval_cases.case(case_id)
    if case is None:
        return

    async def edit(card: ShownCard) -> None:
        zone = await deps.ledger.time_zone_in(card.conversation.id)
        person_id = card.audience.removeprefix(_AUDIENCE)
        outcome = await showing.shown(case, person_id, deps, time_zone=zone)
        await in_place.edit(card, outcome, _digest(outcome), deps)

    await in_place.each(in_place.chosen(await deps.ledger.cards(case_id), only), edit)


def _digest(outcome: ApprovalShown) -> str:
    """Of how the request stands for a person.

    What was answered to a press stays until that changes; that others were told, or when the approvers were last read,
    changes nothing.
    """
    case = replace(outcome.case, told=(), closed=False, looked_at=outcome.case.asked_at, reminded=())
    standing = replace(outcome, case=case, reminder=False, reason="", problem="", note="")
    return in_place.digest(standing)


async def keep(
    shown: ApprovalShown,
    person_id: str,
    conversation: Conversation,
    activity_id: str,
    deps: Deps,
    *,
    only: bool = False,
) -> None:
    """From now on this card, which was drawn as `shown`, is this approver's copy.

    An earlier one in the same chat says that it moved. `only`: the copies of others are left as they are, so that a chat
    that does not answer keeps nobody from knowing that this card was posted.
    """
    case_id = shown.case.id
    audience = _AUDIENCE + person_id
    async with _alone(case_id):
        for card in await deps.ledger.cards(case_id):
            same = card.conversation.id == conversation.id and card.audience == audience
            if same and card.activity_id != activity_id:
                await retired.retire(card, Followed.APPROVAL, deps)
        await deps.ledger.add_card(ShownCard(case_id, conversation, activity_id, audience, _digest(shown)))
        await _refresh(case_id, deps, only=activity_id if only else "")
