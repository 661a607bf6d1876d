"""Let an invited guest accept the invitation, and send them on to where it leads."""

from __future__ import annotations

from aiohttp import web

from sandbox.accounts import accept
from sandbox.pages.consent import consent
from sandbox.pages.layout import Markup, document, html
from sandbox.pages.session import local, sign_in_as
from sandbox.web import WORLD
from sandbox.world import Entity


async def show(request: web.Request) -> web.StreamResponse:
    """GET /myaccess/redeem?ticket=<invitation id>: consent first, then the invitation's own redirect address."""
    request.app[WORLD].settle()
    invitation, guest = _invited(request, request.query.get("ticket", ""))
    if invitation is None or guest is None:
        return _gone()
    if guest["externalUserState"] != "PendingAcceptance":
        return sign_in_as(guest, invitation["inviteRedirectUrl"])
    return consent(guest, invitation["id"], action="/myaccess/redeem")


def _invited(request: web.Request, ticket: str) -> tuple[Entity | None, Entity | None]:
    world = request.app[WORLD]
    invitation = world.tables["invitations"].get(ticket)
    return invitation, invitation and world.tables["users"].get(invitation["invitedUser"]["id"])


def _gone() -> web.Response:
    body = html("<h1>{title}</h1><p>{why}</p>", title="This invitation is no longer valid", why="Ask for a new one.")
    page = document("Invitation", body, brand="Invitation", user=None, tabs=Markup(""), live=False)
    return web.Response(text=page, content_type="text/html", status=404)


async def post_redeem(request: web.Request) -> web.StreamResponse:
    """POST /myaccess/redeem: the guest has accepted and goes where the invitation leads."""
    form = await request.post()
    invitation, guest = _invited(request, str(form.get("next", "")))
    if invitation is None or guest is None:
        return _gone()
    if guest["externalUserState"] == "PendingAcceptance":
        accept(request.app[WORLD], guest)
    return sign_in_as(guest, invitation["inviteRedirectUrl"])


async def post_accept(request: web.Request) -> web.StreamResponse:
    """POST /myaccess/accept: a guest who came through My Access accepts there and goes on."""
    form = await request.post()
    world = request.app[WORLD]
    user = world.tables["users"].get(str(form.get("user", "")))
    if user is None:
        return _gone()
    if user["externalUserState"] == "PendingAcceptance":
        accept(world, user)
    return sign_in_as(user, local(form.get("next")))
