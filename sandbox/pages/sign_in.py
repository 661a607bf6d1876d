"""Sign in to the bot in a browser: pick an account, and get the code to type in the chat."""

from __future__ import annotations

from aiohttp import web

from sandbox import token_service
from sandbox.pages.layout import Markup, button, document, html, notice
from sandbox.pages.session import people_lists
from sandbox.web import WORLD

BRAND = "Sign in to Usher"


def attach(app: web.Application) -> None:
    """Adds the two pages behind a sign-in button."""
    app.router.add_get("/signin/{link}", choose)
    app.router.add_post("/signin/{link}", prove)


async def choose(request: web.Request) -> web.StreamResponse:
    """Who are you? A link that was used, or never given out, says so."""
    world, link = request.app[WORLD], request.match_info["link"]
    if link not in world.sign_ins.links:
        return _page(
            notice("This sign-in link is no longer good. Go back to the chat and press the button again.", bad=True),
            410,
        )
    world.settle()
    people = people_lists(world, lambda user, title: button(title, f"/signin/{link}", user=user["id"]))
    body = html(
        "<h1>Pick an account</h1><p>This is a simulated tenant: nobody has a password. "
        "Usher wants to act for you where only you may decide.</p>{people}",
        people=people,
    )
    return _page(body)


async def prove(request: web.Request) -> web.StreamResponse:
    """The code that the chat asks for, or why there is none."""
    world, form = request.app[WORLD], await request.post()
    user = world.tables["users"].get(str(form.get("user", "")))
    if user is None:
        return web.Response(status=303, headers={"Location": str(request.rel_url)})
    if world.options["withoutSignInConsent"]:
        text = "Need admin approval: Usher needs permission to act for you, which only an administrator can grant."
        return _page(html("<h1>Need admin approval</h1>{note}", note=notice(text, bad=True)), 403)
    code = token_service.code_for(world, request.match_info["link"], user)
    if code is None:
        return web.Response(status=303, headers={"Location": str(request.rel_url)})
    body = html(
        "<h1>You are signed in as {name}</h1><p>Type this code in the chat with Usher:</p>"
        '<p class="code"><strong id="code">{code}</strong></p><p>You can close this page then.</p>',
        name=user["displayName"],
        code=code,
    )
    return _page(body)


def _page(body: Markup, status: int = 200) -> web.Response:
    page = document("Sign in", body, brand=BRAND, user=None, tabs=Markup(""), live=False)
    return web.Response(text=page, content_type="text/html", status=status)
