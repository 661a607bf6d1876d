"""The lists of My Access: what can be asked for, what is active, what was asked, what waits for approval."""

from __future__ import annotations

from sandbox.entitlement.approvals import waiting_for
from sandbox.entitlement.records import assignments_of, live_assignment, open_request, requests_about
from sandbox.entitlement.scope import requestable
from sandbox.entitlement.self_service import CANCELLABLE
from sandbox.pages.layout import Markup, button, day, html
from sandbox.world import Entity, World

_STATES = {
    "submitted": ("wait", "Submitted"),
    "pendingApproval": ("wait", "Pending approval"),
    "scheduled": ("wait", "Scheduled"),
    "delivering": ("wait", "Delivering"),
    "delivered": ("good", "Delivered"),
    "partiallyDelivered": ("wait", "Partially delivered"),
    "deliveryFailed": ("bad", "Delivery failed"),
    "denied": ("bad", "Denied"),
    "canceled": ("bad", "Canceled"),
    "expired": ("bad", "Expired"),
}
_KINDS = {"Add": "Request for access", "Update": "Change of access", "Remove": "Removal of access"}


def _cards(title: str, cards: list[Markup], none: str) -> Markup:
    empty = html('<p class="soft" role="status">{none}</p>', none=none)
    shown = html('<ul class="cards">{cards}</ul>', cards=[html("<li>{c}</li>", c=c) for c in cards]) if cards else empty
    return html("<h1>{title}</h1>{shown}", title=title, shown=shown)


def _state(state: str) -> Markup:
    kind, label = _STATES[state]
    return html('<span class="state {kind}">{label}</span>', kind=kind, label=label)


def _name(world: World, row: Entity) -> str:
    package = world.tables["accessPackages"].get(row["_accessPackageId"])
    return str(package["displayName"]) if package else "A package that was deleted"


def available(world: World, user: Entity, address: str) -> Markup:
    """The packages the person may ask for; hidden ones only open through their link."""
    packages = [
        package
        for package in world.rows("accessPackages")
        if not package["isHidden"]
        and requestable(world, package, user)
        and not live_assignment(world, user["id"], package["id"])
        and not open_request(world, user["id"], package["id"])
    ]
    cards = [
        html(
            '<div class="card"><h2>{name}</h2><p>{text}</p><div class="row"><a href="{url}">Request {name}</a></div></div>',
            name=package["displayName"],
            text=package["description"],
            url=f"{address}?package={package['id']}",
        )
        for package in packages
    ]
    return _cards("Available packages", cards, "There is nothing you could request now.")


def active(world: World, user: Entity, address: str) -> Markup:
    """What the person has, with its end; what is being delivered counts."""
    rows = [a for a in assignments_of(world, user["id"]) if a["state"] not in ("expired", "deliveryFailed")]
    return _cards("Active packages", [active_card(world, a, address) for a in rows], "No package is active.")


def active_card(world: World, assignment: Entity, address: str) -> Markup:
    """One assignment; its holder may extend it or give it back when the policy says so."""
    policy = world.tables["assignmentPolicies"].get(assignment["_policyId"]) or {}
    ends = assignment["schedule"]["expiration"]["endDateTime"]
    site, settled = address.rstrip("/"), assignment["state"] != "delivering"
    free = policy.get("requestorSettings") or {}
    longer = settled and ends and free.get("enableTargetsToSelfUpdateAccess")
    back = settled and free.get("enableTargetsToSelfRemoveAccess")
    return html(
        '<div class="card"><h2>{name}</h2><p>{state}</p><p>{ends}</p><p><a href="/myapps/">Open My Apps</a></p>'
        '<div class="row">{longer}{back}</div></div>',
        name=_name(world, assignment),
        state=_state(assignment["state"]),
        ends=f"Ends on {day(ends)}" if ends else "",
        longer=button("Extend", f"{site}/extend", assignment=assignment["id"]) if longer else "",
        back=button("Remove access", f"{site}/remove", assignment=assignment["id"]) if back else "",
    )


def history(world: World, user: Entity, address: str) -> Markup:
    """Every request about the person, newest first."""
    rows = list(requests_about(world, user["id"]))[::-1]
    return _cards(
        "Request history", [request_card(world, r, address) for r in rows], "You have not asked for anything yet."
    )


def request_card(world: World, request: Entity, address: str) -> Markup:
    """One request; it can be withdrawn until it is being delivered."""
    kind = request["requestType"].removeprefix("admin").removeprefix("user")
    withdraw = button("Cancel request", address.rstrip("/") + "/cancel", request=request["id"])
    return html(
        '<div class="card"><h2>{name}</h2><p>{state}</p><p class="soft">{kind} {asked}</p><p>{why}</p>{cancel}</div>',
        name=_name(world, request),
        state=_state(request["state"]),
        kind=_KINDS.get(kind, "Request"),
        asked=day(request["createdDateTime"]),
        why=request["justification"] or "",
        cancel=withdraw if request["state"] in CANCELLABLE else "",
    )


def approvals(world: World, user: Entity, address: str) -> Markup:
    """What waits for the person's decision."""
    cards = [_approval_card(world, request, stage, address) for request, stage in waiting_for(world, user["id"])]
    return _cards("Approvals", cards, "Nothing waits for your approval.")


def _approval_card(world: World, request: Entity, stage: Entity, address: str) -> Markup:
    asker = world.tables["users"].get(request["_targetId"]) or {"displayName": "Somebody", "mail": ""}
    answers = [
        html("<li>{value}</li>", value=answer.get("displayValue") or answer.get("value"))
        for answer in request["answers"]
    ]
    return html(
        '<form class="card fields" method="post" action="{action}"><h2>{name}</h2>'
        "<p>Asked for by <strong>{who}</strong> ({mail})</p><p>{why}</p><ul>{answers}</ul>"
        '<input type="hidden" name="request" value="{request}"><input type="hidden" name="stage" value="{stage}">'
        '<div><label for="why-{stage}">Reason{mark}</label><input type="text" id="why-{stage}" name="justification"{required}>'
        '</div><div class="row"><button class="main" name="result" value="Approve">Approve</button>'
        '<button name="result" value="Deny">Deny</button></div></form>',
        action=address.rstrip("/") + "/decide",
        name=_name(world, request),
        who=asker["displayName"],
        mail=asker["mail"],
        why=request["justification"] or "",
        answers=answers,
        request=request["id"],
        stage=stage["id"],
        mark="" if stage["_mustJustify"] else " (optional)",
        required=Markup(" required") if stage["_mustJustify"] else "",
    )
