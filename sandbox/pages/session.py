"""Remember in a cookie whom a browser plays; nobody has a password here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.pages.consent import consent
from sandbox.pages.layout import Markup, button, document, html
from sandbox.web import WORLD
from sandbox.world import Entity, World

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]
PersonsPage = Callable[[web.Request, Entity], Awaitable[web.StreamResponse]]
COOKIE = "sandbox_user"
HOME = "/myaccess/"


def signed_in(request: web.Request) -> Entity | None:
    """The user this browser plays, once the directory knows them; None when nobody was picked."""
    world = request.app[WORLD]
    world.settle()
    return world.tables["users"].get(request.cookies.get(COOKIE, ""))


def local(address: object) -> str:
    """The address when it leads to a page of this site, the home page otherwise."""
    text = str(address or "")
    parts = urlsplit(text)
    inside = text.startswith(("/myaccess", "/myapps")) and "\\" not in text
    return text if inside and not parts.scheme and not parts.netloc else HOME


def see_other(address: str) -> web.Response:
    """A redirect to a page that is fetched with GET."""
    return web.Response(status=303, headers={"Location": address})


def sign_in_as(user: Entity, onward: str) -> web.Response:
    """A redirect that remembers the user."""
    answer = see_other(onward)
    answer.set_cookie(COOKIE, user["id"], httponly=True, samesite="Lax")
    return answer


async def post_sign_in(request: web.Request) -> web.StreamResponse:
    """The browser plays the chosen user from now on."""
    form = await request.post()
    user = request.app[WORLD].tables["users"].get(str(form.get("user", "")))
    onward = local(form.get("next"))
    return see_other(onward) if user is None else sign_in_as(user, onward)


async def post_sign_out(request: web.Request) -> web.StreamResponse:
    """The browser plays nobody; it can pick again."""
    answer = see_other(HOME)
    answer.del_cookie(COOKIE)
    return answer


def entered(brand: str) -> Callable[[PersonsPage], Page]:
    """Turns a page for a person into a handler that first has them pick an account and accept their invitation."""

    def wrap(page: PersonsPage) -> Page:
        async def handler(request: web.Request) -> web.StreamResponse:
            user = signed_in(request)
            if user is None:
                return picker(request, brand)
            if not user["accountEnabled"]:
                return blocked(user, brand)
            if user["externalUserState"] == "PendingAcceptance":
                return consent(user, str(request.rel_url))
            return await page(request, user)

        return handler

    return wrap


def picker(request: web.Request, brand: str) -> web.Response:
    """The page on which one picks whom to play, guests first."""
    world = request.app[WORLD]
    onward = str(request.rel_url)
    body = html(
        "<h1>Pick an account</h1><p>This is a simulated tenant: nobody has a password. Who are you?</p>{people}",
        people=people_lists(world, lambda user, title: button(title, "/myaccess/signin", user=user["id"], next=onward)),
    )
    page = document("Sign in", body, brand=brand, user=None, tabs=Markup(""), live=False)
    return web.Response(text=page, content_type="text/html")


def blocked(user: Entity, brand: str) -> web.Response:
    """The page for somebody whose account is disabled."""
    body = html(
        "<h1>Your sign-in is blocked</h1><p>The account {mail} has been disabled. Ask whoever invited you.</p>",
        mail=user["mail"],
    )
    page = document("Sign-in blocked", body, brand=brand, user=user, tabs=Markup(""), live=False)
    return web.Response(text=page, content_type="text/html", status=403)


def people_lists(world: World, choice: Callable[[Entity, str], Markup]) -> Markup:
    """Everybody one can play, guests first; `choice` makes the button for a person from their title."""
    return html(
        "<h2>Guests</h2>{guests}<h2>People of Contoso</h2>{members}",
        guests=_people(world, "Guest", choice),
        members=_people(world, "Member", choice),
    )


def _people(world: World, kind: str, choice: Callable[[Entity, str], Markup]) -> Markup:
    people = [u for u in world.tables["users"].values() if u["userType"] == kind]
    people = [u for u in people if kind == "Guest" or u["accountEnabled"]]
    if not people:
        return Markup('<p class="soft">Nobody yet.</p>')
    rows = [html("<li>{b}</li>", b=choice(u, f"{u['displayName']} ({u['mail']})")) for u in people]
    return html('<ul class="people">{rows}</ul>', rows=rows)
