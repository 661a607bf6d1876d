"""SharePoint's sites: searched for, or addressed by their URL."""

from typing import Any

from sandbox.errors import GraphError, bad_request, not_found
from sandbox.odata import collection, entity
from sandbox.routes import Call, Reply, route
from sandbox.world import Entity

READ = "Sites.Read.All|Sites.FullControl.All"
SITE = frozenset(
    "id createdDateTime description displayName lastModifiedDateTime name webUrl root siteCollection".split()
)


@route("GET", "/sites", app=READ, delegated=READ)
def search_sites(call: Call) -> Reply:
    """Sites in whose name or URL a word starts as asked; `*` is every site, people's own ones too."""
    words = str(call.query.get("search") or "").lower().split()
    if not words:
        raise bad_request("Invalid request: a search is expected.", "invalidRequest")
    rows = [site for site in call.world.rows("sites") if all(_hit(site, word) for word in words)]
    return collection(call, rows, known=SITE)


@route("GET", "/sites/{id}", app=READ, delegated=READ)
def get_site(call: Call) -> Reply:
    """One site by id, or the root site of a host."""
    found = call.world.get("sites", call.params["id"])
    return _shown(call, found or _at(call, f"https://{call.params['id']}"))


@route("GET", "/sites/{hostname}:/{path*}", app=READ, delegated=READ)
def get_site_by_path(call: Call) -> Reply:
    """One site by host and path."""
    return _shown(call, _at(call, f"https://{call.params['hostname']}/{call.params['path']}"))


def _hit(site: Entity, word: str) -> bool:
    if word == "*":
        return True
    texts: list[Any] = [site["displayName"], site["name"], *str(site["webUrl"]).split("/")]
    return any(part.startswith(word.rstrip("*")) for text in texts for part in str(text).lower().split())


def _at(call: Call, url: str) -> Entity | None:
    wanted = url.rstrip("/").lower()
    return next((site for site in call.world.rows("sites") if str(site["webUrl"]).lower() == wanted), None)


def _shown(call: Call, site: Entity | None) -> Reply:
    if site is None:
        if "sharepoint." not in call.params.get("hostname", call.params.get("id", "")):
            raise GraphError(400, "invalidRequest", "Invalid hostname for this tenancy")
        raise not_found(call.path)
    return entity(call, site, known=SITE)
