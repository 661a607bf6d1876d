"""Ask an invited guest for the consent that comes before anything else."""

from __future__ import annotations

from aiohttp import web

from sandbox.pages.layout import Markup, button, document, html
from sandbox.world import Entity


def consent(user: Entity, onward: str, *, action: str = "/myaccess/accept") -> web.Response:
    """The page that asks for the guest's consent; accepting leads to ``onward``."""
    body = html(
        "<h1>Review permissions</h1>"
        '<div class="card"><p><strong>Contoso</strong> has invited <strong>{mail}</strong> as a guest.</p>'
        "<p>By accepting, you let this organization:</p><ul><li>receive your profile data: name, e-mail address, photo"
        "</li><li>collect and log your activity</li><li>use your profile and activity data</li></ul>"
        '<div class="row">{accept}{other}</div></div>',
        mail=user["mail"],
        accept=button("Accept", action, main=True, user=user["id"], next=onward),
        other=button("Switch user", "/myaccess/signout"),
    )
    page = document("Review permissions", body, brand="Invitation", user=None, tabs=Markup(""), live=False)
    return web.Response(text=page, content_type="text/html")
