"""Our own organisation and what it allows."""

from __future__ import annotations

from bot.domain.people import InvitesFrom, Tenant
from bot.errors import Forbidden, NotFound
from bot.graph.batch import Answers, Ask
from bot.graph.client import Graph
from bot.graph.wire import Json

RULES = "rules"
AUTHORIZATION_POLICY = "/policies/authorizationPolicy"


async def tenant(graph: Graph) -> Tenant:
    """Id, name and initial domain. https://learn.microsoft.com/graph/api/organization-list"""
    rows = await graph.wire.all("/organization", {"$select": "id,displayName,verifiedDomains"})
    if not rows:
        raise NotFound("Graph names no organisation for this token")
    domains = rows[0].get("verifiedDomains") or []
    initial = next((domain for domain in domains if domain.get("isInitial")), None)
    default: Json = next((domain for domain in domains if domain.get("isDefault")), {})
    return Tenant(
        id=str(rows[0]["id"]),
        name=str(rows[0].get("displayName") or ""),
        domain=str((initial or default).get("name") or ""),
    )


def ask_invites_from() -> Ask:
    """Asks who may invite guests. https://learn.microsoft.com/graph/api/authorizationpolicy-get"""
    return Ask(RULES, AUTHORIZATION_POLICY)


def invites_from_in(answers: Answers) -> InvitesFrom:
    """Without the right to read the rules the usual, strict ones are assumed; Graph still applies the real ones."""
    try:
        return invites_from_of(answers[RULES])
    except Forbidden:
        return InvitesFrom.ADMINS


def invites_from_of(policy: Json) -> InvitesFrom:
    """Who may invite; a value this release does not know counts as administrators only."""
    allowed = policy.get("allowInvitesFrom")
    return InvitesFrom(allowed) if allowed in set(InvitesFrom) else InvitesFrom.ADMINS
