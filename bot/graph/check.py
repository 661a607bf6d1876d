"""Prove to an operator that sign-in, permissions, licence and settings are as Usher needs them."""

from __future__ import annotations

import base64

import orjson
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import AzureError

from bot import errors
from bot.domain.checks import Finding
from bot.domain.people import InvitesFrom
from bot.graph import packages
from bot.graph.batch import Answers, Ask, send
from bot.graph.client import Graph, scope_of
from bot.graph.credential import LoginUnreachable
from bot.graph.tenant import RULES, ask_invites_from, invites_from_of
from bot.graph.wire import path

#: Application permission -> what it is for. The least that will do: docs/admin-guide.md asks for these.
NEEDED = {
    "User.Invite.All": "invite guests",
    "User.ReadWrite.All": "find people, name sponsors, restore and unblock guests, reset redemption",
    "GroupMember.Read.All": "see who reaches an application, or answers for guests, through a group",
    "EntitlementManagement.ReadWrite.All": "read packages, give and take access",
    "Application.Read.All": "list who is assigned to an application",
    "RoleManagement.Read.Directory": "name the people to ask for a missing role",
    "Policy.Read.All": "see who may invite guests here",
    "Organization.Read.All": "know the tenant's domain for request links",
}
MAIL = {"Mail.Send": "send invitations from USHER_MAIL_FROM"}
#: What only building access packages takes. In Graph an app must be able to write what it puts into a catalog.
BUILDING = {
    "Group.ReadWrite.All": "put groups and Teams into catalogs",
    "Application.ReadWrite.All": "put applications into catalogs",
    "Sites.Read.All": "find SharePoint sites",
    "Sites.FullControl.All": "put SharePoint sites into catalogs",
}
#: What only access reviews take, and what makes other answers better.
REVIEWING = {
    "AccessReview.ReadWrite.All": "start access reviews, follow them and apply what was decided",
    "AuditLog.Read.All": "tell when somebody last signed in, and which approval stages were passed outside Usher",
}
GRANT = (
    "Entra admin center: App registrations, this app, API permissions, Add a permission, Microsoft Graph,"
    " Application permissions: {}. Then: Grant admin consent."
)


async def check(graph: Graph, credential: AsyncTokenCredential, *, mail_from: str = "") -> list[Finding]:
    """Everything that was looked at, in one token request and one round trip; nothing is written.

    Never raises for what a tenant or a network can do: that is a finding too.
    """
    try:
        token = await credential.get_token(scope_of(graph.url))
    except LoginUnreachable as fault:
        return [Finding(False, f"Sign-in: {fault}", "Look at LOGIN_URL, the network and the proxy.")]
    except AzureError as fault:
        how = "Look at MicrosoftAppId, MicrosoftAppPassword (or USHER_CERTIFICATE) and MicrosoftAppTenantId."
        return [Finding(False, f"Sign-in: {fault}", how)]
    found = [Finding(True, "Sign-in to Microsoft Entra"), *_permissions(token.token, mail_from)]
    try:
        answers = await send(graph.wire, _asks(mail_from))
    except errors.UsherError as fault:
        return [*found, Finding(False, f"Microsoft Graph: {fault.detail}", "Look at GRAPH_URL and the network.")]
    return [*found, _domain(answers), _packages(answers), _invitations(answers), _mailbox(answers, mail_from)]


def permissions_in(token: str) -> frozenset[str] | None:
    """The application permissions a Graph token carries (`roles`), None when the token does not tell.

    https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
    """
    try:
        body = token.split(".")[1]
        claims = orjson.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (IndexError, ValueError):
        return None
    roles = claims.get("roles", []) if isinstance(claims, dict) else None
    return frozenset(map(str, roles)) if isinstance(roles, list) else None


def _permissions(token: str, mail_from: str) -> list[Finding]:
    held = permissions_in(token)
    if held is None:
        how = "Usher cannot read its permissions from the token; the lines below try them."
        return [Finding(False, "Permissions", how)]
    needed = {**NEEDED, **(MAIL if mail_from else {})}
    found = [
        Finding(name in held, f"Permission {name}: {purpose}", GRANT.format(name)) for name, purpose in needed.items()
    ]
    for area, permissions in (("building packages", BUILDING), ("access reviews", REVIEWING)):
        for name, purpose in permissions.items():
            what = f"Permission {name}, for {area} only: {purpose}"
            found.append(Finding(name in held, what, GRANT.format(name), needed=False))
    return found


def _asks(mail_from: str) -> list[Ask]:
    asks = [
        Ask("domain", "/organization", {"$select": "id,displayName,verifiedDomains"}),
        packages.ask("packages"),
        ask_invites_from(),
    ]
    if mail_from:
        asks.append(Ask("mailbox", path("/users/{}", mail_from), {"$select": "id,mail"}))
    return asks


def _domain(answers: Answers) -> Finding:
    try:
        names = [str(row.get("displayName") or row.get("id")) for row in answers["domain"].get("value", [])]
    except errors.UsherError as fault:
        return Finding(False, f"Tenant: {fault.detail}", GRANT.format("Organization.Read.All"))
    return Finding(bool(names), f"Tenant: {', '.join(names) or 'none'}", "Look at MicrosoftAppTenantId.")


def _packages(answers: Answers) -> Finding:
    """Entitlement management answers only where it is licensed."""
    try:
        count = len(answers["packages"].get("value", []))
    except errors.NotLicensed as fault:
        how = "Assign Microsoft Entra ID P2 or Entra ID Governance licences. Until then Usher only invites."
        return Finding(False, f"Licence for entitlement management: {fault.detail}", how)
    except errors.UsherError as fault:
        how = GRANT.format("EntitlementManagement.ReadWrite.All")
        return Finding(False, f"Entitlement management: {fault.detail}", how)
    how = "Create an access package in the Entra admin center: Identity Governance, Entitlement management."
    return Finding(count > 0, f"Entitlement management: licensed, {count or 'no'} access packages", how)


def _invitations(answers: Answers) -> Finding:
    try:
        allowed = invites_from_of(answers[RULES])
    except errors.UsherError as fault:
        return Finding(False, f"Guest invite setting: {fault.detail}", GRANT.format("Policy.Read.All"))
    how = "Entra admin center: External Identities, External collaboration settings, Guest invite settings."
    return Finding(allowed is not InvitesFrom.NOBODY, f"Guest invite setting: {allowed.value}", how)


def _mailbox(answers: Answers, mail_from: str) -> Finding:
    if not mail_from:
        how = "Set USHER_MAIL_FROM to a mailbox of the tenant."
        return Finding(True, "Mail: switched off, guests are told through their inviter. " + how)
    how = "Give this user a mailbox (a shared mailbox will do) or name another in USHER_MAIL_FROM."
    try:
        user = answers["mailbox"]
    except errors.UsherError as fault:
        return Finding(False, f"Mailbox {mail_from}: {fault.detail}", how)
    return Finding(bool(user.get("mail")), f"Mailbox {mail_from}", how)
