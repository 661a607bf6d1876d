"""Invite guests and reset their redemption (`POST /invitations`)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.errors import Ambiguous, Rejected
from bot.graph.client import Graph
from bot.graph.fast import load_invitation_models
from bot.graph.faults import explained
from bot.ports import Invitation

if TYPE_CHECKING:
    from msgraph.generated.models.invitation import Invitation as Body

UNDELIVERABLE = "unable to find target address"


async def invite(graph: Graph, address: str, *, name: str, redirect_url: str, sponsor_id: str) -> Invitation:
    """The guest exists and has a fresh redeem URL; Graph sends no mail.

    For an address that is a guest already Graph answers with that guest. Raises AlreadyThere when the address
    belongs to a member, Rejected when the tenant's rules say no, Ambiguous when no answer came.
    https://learn.microsoft.com/graph/api/invitation-post
    """
    await asyncio.to_thread(load_invitation_models)
    from msgraph.generated.models.directory_object import DirectoryObject
    from msgraph.generated.models.invitation import Invitation as Body

    body = Body(
        invited_user_email_address=address,
        invited_user_display_name=name or None,
        invite_redirect_url=redirect_url,
        send_invitation_message=False,
    )
    if sponsor_id:
        body.invited_user_sponsors = [DirectoryObject(id=sponsor_id)]
    return await _post(graph, body)


async def reset_redemption(graph: Graph, guest_id: str, address: str, *, redirect_url: str) -> Invitation:
    """The guest must redeem anew; object id, groups and assignments stay.

    https://learn.microsoft.com/entra/external-id/reset-redemption-status
    """
    await asyncio.to_thread(load_invitation_models)
    from msgraph.generated.models.invitation import Invitation as Body
    from msgraph.generated.models.user import User

    body = Body(
        invited_user_email_address=address,
        invite_redirect_url=redirect_url,
        send_invitation_message=False,
        reset_redemption=True,
        invited_user=User(id=guest_id),
    )
    return await _post(graph, body)


async def _post(graph: Graph, body: Body) -> Invitation:
    try:
        with explained(writing=True):
            answer = await graph.sdk.invitations.post(body)
    except Ambiguous as fault:
        if UNDELIVERABLE in fault.detail.lower():
            # Graph says 500 where it means that no such mailbox exists; trying again will not help.
            raise Rejected(fault.detail, code=fault.code) from fault
        raise
    guest_id = answer.invited_user.id if answer and answer.invited_user else None
    if not answer or not guest_id:
        raise Ambiguous("the invitation's answer names no guest", code="UnreadableAnswer")
    return Invitation(guest_id, answer.invite_redeem_url or "")
