"""Graph's invitations: who may be invited, by whom, and what becomes of them."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

from sandbox.accounts import new_guest
from sandbox.directory.membership import holds_role, roles_of
from sandbox.directory.objects import find_object
from sandbox.errors import GraphError, bad_request, denied
from sandbox.people import addresses, find_person
from sandbox.permissions import allowed
from sandbox.routes import Call, Reply, created, route
from sandbox.world import Entity, World, public

ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
FORBIDDEN = set('~!#$%^&*()+=[]{}\\/|;:"<>?,')
GUEST_INVITERS = (
    "62e90394-69f5-4237-9190-012177145e10",
    "fe930be7-5e62-47db-91af-98c3a49a38b1",
    "95e79109-95c0-4d8e-aee3-d01accf2d47b",
)
FIELDS: dict[str, type] = {
    "invitedUserEmailAddress": str,
    "inviteRedirectUrl": str,
    "invitedUserDisplayName": str,
    "invitedUserType": str,
    "sendInvitationMessage": bool,
    "invitedUserMessageInfo": dict,
    "invitedUserSponsors": list,
    "invitedUser": dict,
    "resetRedemption": bool,
}
SUSPICIOUS = (
    "Invitations are blocked for this directory due to suspicious activity. "
    "If you believe you have received this error incorrectly, please contact support."
)


@route("POST", "/invitations", app="User.Invite.All|Directory.ReadWrite.All", delegated="User.Invite.All")
def invite(call: Call) -> Reply:
    """Invites an address; one that is a guest already keeps its object id."""
    world, body = call.world, _checked(call)
    _check_inviter(call)
    _check_abuse(world)
    email = body["invitedUserEmailAddress"]
    _check_domain(world, email)
    guest = _reset(call, body) if body.get("resetRedemption") else _guest(world, body)
    for sponsor in _sponsors(call, body):
        if sponsor not in guest["_sponsors"]:
            guest["_sponsors"].append(sponsor)
    return created(_invitation(call, body, guest))


def _checked(call: Call) -> dict[str, Any]:
    body = {name: value for name, value in call.object().items() if not name.startswith("@")}
    for name, value in body.items():
        if name not in FIELDS:
            raise bad_request(f"Invalid property '{name}'.", "BadRequest")
        if value is not None and not isinstance(value, FIELDS[name]):
            raise bad_request(f"Invalid value specified for property '{name}' of resource 'Invitation'.", "BadRequest")
    for name in ("invitedUserEmailAddress", "inviteRedirectUrl"):
        if not body.get(name):
            raise bad_request(f"Required parameter '{name}' is missing.", "BadRequest")
    if urlsplit(body["inviteRedirectUrl"]).scheme not in ("https", "http"):
        raise bad_request("Invalid value specified for property 'inviteRedirectUrl'.", "BadRequest")
    if body.get("invitedUserType", "Guest") not in ("Guest", "Member"):
        raise bad_request("Invalid value specified for property 'invitedUserType'.", "BadRequest")
    _check_address(body["invitedUserEmailAddress"])
    return body


def _check_address(email: str) -> None:
    local = email.rpartition("@")[0]
    if not ADDRESS.fullmatch(email) or not email.isascii() or len(email) > 254 or FORBIDDEN & set(local):
        raise bad_request("Invalid value specified for property 'invitedUserEmailAddress'.", "BadRequest")


def _check_inviter(call: Call) -> None:
    setting = call.world.tables["authorizationPolicies"]["authorizationPolicy"]["allowInvitesFrom"]
    refused = GraphError(
        403,
        "Forbidden",
        "Guest invitations not allowed for your company. Contact your company administrator for more details.",
    )
    if setting == "none":
        raise refused
    if call.caller.user is None or setting == "everyone":
        return  # an application with User.Invite.All counts as an administrator
    user = call.world.get("users", call.caller.user) or {}
    member = setting == "adminsGuestInvitersAndAllMembers" and user.get("userType") == "Member"
    if not member and not holds_role(call.world, call.caller.user, *GUEST_INVITERS):
        raise refused


def _check_abuse(world: World) -> None:
    limit = world.options["abuseLimit"]
    if world.options["invitesSuspended"] or (limit is not None and len(world.tables["invitations"]) >= int(limit)):
        raise GraphError(403, "Forbidden", SUSPICIOUS)


def _check_domain(world: World, email: str) -> None:
    domain = email.rpartition("@")[2].lower()
    if domain in world.tenant["_deniedDomains"]:
        raise bad_request(
            "The domain of the invited user is not allowed by the collaboration restrictions of your organization.",
            "BadRequest",
        )
    if domain == "unreachable.example":
        raise GraphError(500, "InternalServerError", "Unable to find target address")


def _guest(world: World, body: dict[str, Any]) -> Entity:
    email = body["invitedUserEmailAddress"]
    known = find_person(world, email)
    if known is not None and known["userType"] == "Guest":
        return known
    if known is not None:
        raise bad_request(f"The invited user already exists in the directory as object ID {known['id']}.", "BadRequest")
    if email.rpartition("@")[2].lower() in world.tables["domains"]:
        raise bad_request("The invited user's domain is a verified domain of this directory.", "BadRequest")
    guest = new_guest(world, email, body.get("invitedUserDisplayName") or "")
    guest["userType"] = body.get("invitedUserType") or "Guest"
    return guest


def _reset(call: Call, body: dict[str, Any]) -> Entity:
    if not allowed("User.ReadWrite.All", call.caller, call.world):
        raise denied()
    key = (body.get("invitedUser") or {}).get("id")
    if not key:
        raise bad_request("invitedUser.id is required when resetRedemption is true.", "BadRequest")
    guest = call.world.get("users", str(key))
    if guest is None:
        raise GraphError(404, "Request_ResourceNotFound", f"Resource '{key}' does not exist.")
    if call.caller.user is None and roles_of(call.world, guest["id"], True):
        raise denied()
    if body["invitedUserEmailAddress"].lower() not in addresses(guest):
        raise bad_request("The new address must be among the user's mail or otherMails.", "BadRequest")
    guest["externalUserState"] = "PendingAcceptance"
    guest["externalUserStateChangeDateTime"] = call.world.clock.text()
    guest["mail"] = body["invitedUserEmailAddress"]
    return guest


def _sponsors(call: Call, body: dict[str, Any]) -> list[str]:
    named = [_sponsor_id(item) for item in body.get("invitedUserSponsors") or []]
    for key in named:
        if find_object(call.world, key) is None:
            raise bad_request(f"Sponsor '{key}' does not exist.", "BadRequest")
    return named or ([call.caller.user] if call.caller.user else [])


def _sponsor_id(item: Any) -> str:
    if not isinstance(item, dict):
        raise bad_request("Invalid value specified for property 'invitedUserSponsors'.", "BadRequest")
    return str(item.get("id") or str(item.get("@odata.id")).rsplit("/", 1)[-1])


def _invitation(call: Call, body: dict[str, Any], guest: Entity) -> Entity:
    world = call.world
    invitation = {
        "id": world.new_id(),
        "invitedUserDisplayName": body.get("invitedUserDisplayName"),
        "invitedUserEmailAddress": body["invitedUserEmailAddress"],
        "invitedUserMessageInfo": body.get("invitedUserMessageInfo")
        or {
            "messageLanguage": None,
            "ccRecipients": [{"emailAddress": {"name": None, "address": None}}],
            "customizedMessageBody": None,
        },
        "invitedUserType": body.get("invitedUserType") or "Guest",
        "inviteRedirectUrl": body["inviteRedirectUrl"],
        "resetRedemption": bool(body.get("resetRedemption")),
        "sendInvitationMessage": bool(body.get("sendInvitationMessage")),
        "status": "PendingAcceptance",
        "invitedUser": {"id": guest["id"]},
        "_at": world.clock.now(),
    }
    root = call.base_url.removesuffix("/v1.0")
    ticket = quote(invitation["id"], safe="")
    invitation["inviteRedeemUrl"] = f"{root}/myaccess/redeem?ticket={ticket}"
    world.add("invitations", invitation)
    if invitation["sendInvitationMessage"]:
        world.mailbox.append(_own_mail(invitation, app_only=call.caller.user is None))
    return {"@odata.context": f"{call.base_url}/$metadata#invitations/$entity", **public(invitation)}


def _own_mail(invitation: Entity, app_only: bool) -> Entity:
    """Graph's own invitation mail; a custom message is dropped from it when an application invites."""
    custom = "" if app_only else (invitation["invitedUserMessageInfo"].get("customizedMessageBody") or "")
    message = {
        "subject": "Contoso invited you to access applications within their organization",
        "body": {
            "contentType": "HTML",
            "content": f'<p>{custom}</p><p><a href="{invitation["inviteRedeemUrl"]}">Accept invitation</a></p>',
        },
        "toRecipients": [{"emailAddress": {"address": invitation["invitedUserEmailAddress"]}}],
    }
    return {"from": "Invites@microsoft.com", "message": message}
