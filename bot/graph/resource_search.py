"""Applications, groups, Teams and sites that a typed name, id or URL may mean, with the roles they offer."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from bot.domain.building.resources import DEFAULT_ACCESS, Resource, ResourceCandidate, Role, System
from bot.graph.batch import Answers, Ask
from bot.graph.people import is_object_id
from bot.graph.subject_search import MOST, exact_or_starting, tests_of
from bot.graph.wire import Json, Query, literal, path

OWNERS = "owners($select=id)"
GROUP_FIELDS: Query = {
    "$select": "id,displayName,groupTypes,mailEnabled,securityEnabled,onPremisesSyncEnabled",
    "$expand": OWNERS,
}
APPLICATION_FIELDS: Query = {"$select": "id,appId,displayName,appRoles", "$expand": OWNERS}
SITE_FIELDS: Query = {"$select": "id,displayName,name,webUrl"}
#: What SharePoint numbers the groups of a new site; a catalog tells the real ones once the site is in it.
USUAL_SITE_ROLES = (Role("5", "Members"), Role("4", "Visitors"), Role("3", "Owners"))
PERSONAL = "/personal/"


def asks(name: str, system: System, reference: str) -> list[Ask]:
    """Asks for everything of this kind the reference may mean, for a batch; their ids begin with `name`."""
    if system is System.SITE:
        return [_ask_site(name, reference)]
    collection = "/groups" if system is System.GROUP else "/servicePrincipals"
    fields = GROUP_FIELDS if system is System.GROUP else APPLICATION_FIELDS
    if is_object_id(reference):
        found = [Ask(name, path(f"{collection}/{{}}", reference), fields)]
        if system is System.APPLICATION:
            query = {**fields, "$filter": f"appId eq {literal(reference)}"}
            found.append(Ask(f"{name} starts", collection, query))
        return found
    return [
        Ask(f"{name}{how}", collection, {**fields, "$filter": test, "$top": MOST})
        for how, test in tests_of(reference).items()
    ]


def candidates(answers: Answers, name: str, system: System, reference: str) -> tuple[ResourceCandidate, ...]:
    """What was found: that with exactly this name, else what starts so; by name."""
    exact, starting = exact_or_starting(answers, name)
    rows = exact or starting
    if system is System.SITE:
        sites = [row for row in rows if is_shared_site(row)]
        same = [row for row in sites if site_name(row).casefold() == reference.casefold()]
        return tuple(site_of(row) for row in (same or sites)[:MOST])
    read = group_of if system is System.GROUP else application_of
    return tuple(read(row) for row in rows[:MOST])


def group_of(row: Json) -> ResourceCandidate:
    """A group or Team. https://learn.microsoft.com/graph/api/resources/group"""
    key = str(row["id"])
    return ResourceCandidate(
        resource=Resource(System.GROUP, key, str(row.get("displayName") or key)),
        roles=(Role(f"Member_{key}", "Member"), Role(f"Owner_{key}", "Owner")),
        is_dynamic="DynamicMembership" in (row.get("groupTypes") or []),
        is_synced=row.get("onPremisesSyncEnabled") is True,
        owner_ids=_owners(row),
    )


def application_of(row: Json) -> ResourceCandidate:
    """An application with the roles people can have in it.

    https://learn.microsoft.com/graph/api/resources/serviceprincipal
    """
    key = str(row["id"])
    roles = [
        Role(str(role["id"]), str(role.get("displayName") or role.get("value") or role["id"]))
        for role in row.get("appRoles") or []
        if role.get("isEnabled") is not False and "User" in (role.get("allowedMemberTypes") or [])
    ]
    return ResourceCandidate(
        resource=Resource(System.APPLICATION, key, str(row.get("displayName") or key)),
        roles=tuple(roles) or (Role(DEFAULT_ACCESS, "Default Access"),),
        owner_ids=_owners(row),
    )


def site_of(row: Json) -> ResourceCandidate:
    """A site, known to entitlement management by its URL."""
    url = str(row["webUrl"])
    return ResourceCandidate(Resource(System.SITE, url, site_name(row)), USUAL_SITE_ROLES)


def site_name(row: Json) -> str:
    """What a site is called. https://learn.microsoft.com/graph/api/resources/site"""
    return str(row.get("displayName") or row.get("name") or row.get("webUrl") or row["id"])


def is_shared_site(row: Json) -> bool:
    """Whether others can be given access to it: somebody's OneDrive is no site to share."""
    return bool(row.get("webUrl")) and PERSONAL not in str(row["webUrl"])


def _ask_site(name: str, reference: str) -> Ask:
    """https://learn.microsoft.com/graph/api/site-getbypath, https://learn.microsoft.com/graph/api/site-search"""
    parts = urlsplit(reference)
    if parts.scheme in ("http", "https") and parts.hostname:
        segments = [segment for segment in unquote(parts.path).split("/") if segment]
        below = "".join(path("/{}", segment) for segment in segments)
        return Ask(name, path("/sites/{}", parts.hostname) + (f":{below}" if below else ""), SITE_FIELDS)
    return Ask(name, "/sites", {"search": reference, **SITE_FIELDS})


def _owners(row: Json) -> tuple[str, ...]:
    return tuple(str(owner["id"]) for owner in row.get("owners") or [])
