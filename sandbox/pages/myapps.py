"""My Apps: a tile for every application that was delivered to the signed-in person."""

from __future__ import annotations

from aiohttp import web

from sandbox.pages.layout import Markup, document, html
from sandbox.pages.session import entered
from sandbox.web import WORLD
from sandbox.world import Entity, World

BRAND = "My Apps"


@entered(BRAND)
async def show(request: web.Request, user: Entity) -> web.StreamResponse:
    """GET /myapps/: the tiles of whoever is signed in."""
    apps = applications(request.app[WORLD], user["id"])
    tiles = [_tile(app) for app in apps]
    none = Markup('<p role="status">There are no apps to show yet. They appear here once access is delivered.</p>')
    body = html("<h1>Apps</h1>{tiles}", tiles=html('<ul class="cards tiles">{t}</ul>', t=tiles) if tiles else none)
    page = document("Apps", body, brand=BRAND, user=user, tabs=Markup(""), live=True)
    return web.Response(text=page, content_type="text/html")


def applications(world: World, user_id: str) -> list[Entity]:
    """The service principals the user is assigned to, directly or through a group, by name."""
    groups = {g["id"] for g in world.tables["groups"].values() if user_id in (g.get("_members") or [])}
    rows = world.tables["appRoleAssignments"].values()
    wanted = {r["resourceId"] for r in rows if r["principalId"] in groups | {user_id}}
    found = [world.tables["servicePrincipals"][i] for i in wanted if i in world.tables["servicePrincipals"]]
    return sorted(found, key=lambda app: str(app["displayName"]))


def _tile(app: Entity) -> Markup:
    return html(
        '<li class="card"><a class="tile" href="{url}"><span aria-hidden="true">{letter}</span>{name}</a></li>',
        url=app.get("homepage") or "/myapps/",
        letter=app["displayName"][:1].upper(),
        name=app["displayName"],
    )
