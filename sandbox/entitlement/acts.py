"""Play a person for a test: redeem, request, approve, give back, or have the service fail (POST /_control/act).

``user`` is whom it is about; a request that needs a reason or answers gets them when the test names none, and a
guest who has not accepted the invitation does so on the way, as My Access would make them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.accounts import accept, signed_in
from sandbox.entitlement import approvals, ending, expansions, intake, self_service, worker
from sandbox.entitlement.records import OPEN_STATES, assignments_of, find, person, requests_about
from sandbox.entitlement.scope import requestable
from sandbox.errors import GraphError
from sandbox.odata import shape
from sandbox.reviews import decisions as reviewing
from sandbox.world import Entity, World, public

Body = dict[str, Any]


def act(world: World, body: Body) -> Body:
    """What happened, as {"user"} or {"request"}; ValueError when it cannot happen, KeyError for a missing key."""
    play = ACTIONS.get(body["action"])
    if play is None:
        raise ValueError(f"action must be one of {', '.join(sorted(ACTIONS))}")
    try:
        return play(world, person(world, body["user"]), body)
    except GraphError as error:
        raise ValueError(f"{error.code}: {error.message}") from error


def redeem(world: World, user: Entity, body: Body) -> Body:
    """The guest has accepted the invitation; a second time changes nothing."""
    if user.get("externalUserState") == "PendingAcceptance":
        accept(world, user)
    return {"user": public(user)}


def sign_in(world: World, user: Entity, body: Body) -> Body:
    """The person has signed in just now, or `at` a moment (the year 1: never), or (`at` null) nothing is known of it."""
    at = body.get("at", world.clock.text())
    user["signInActivity"] = None if at is None else signed_in(at)
    return {"user": public(user)}


def request(world: World, user: Entity, body: Body) -> Body:
    """The user has asked for the package, by the rules of their policy."""
    redeem(world, user, body)
    package = find(world, "accessPackages", body["accessPackageId"])
    policy = next(iter(requestable(world, package, user)), {})
    asked = {
        "requestType": "userAdd",
        "assignment": {"accessPackageId": package["id"]},
        "justification": body.get("justification", "Requested for a test."),
        "answers": answers_to(policy, body.get("answers")),
        "schedule": body.get("schedule"),
    }
    return _shown(world, self_service.user_add(world, asked, user))


def answers_to(policy: Entity, given: Any) -> list[Body]:
    """Answers as Graph takes them, from {question id or text: value}; None answers every required question."""
    if isinstance(given, list):
        return given
    found = []
    for question in policy.get("_questions") or []:
        values = given or {}
        value = values.get(question["id"], values.get(question["text"]))
        if given is None and question.get("isRequired"):
            choices = question.get("choices")
            value = choices[0]["actualValue"] if choices else "Answered for a test"
        if value not in (None, ""):
            found.append(answer(question, str(value)))
    return found


def answer(question: Entity, value: str) -> Body:
    """One answer as Graph takes it."""
    return {
        "@odata.type": "#microsoft.graph.accessPackageAnswerString",
        "value": value,
        "displayValue": value,
        "answeredQuestion": {"@odata.type": question["@odata.type"], "id": question["id"]},
    }


def cancel(world: World, user: Entity, body: Body) -> Body:
    """The user's open request is withdrawn."""
    found = _open_request(world, user, body)
    self_service.withdraw(world, found)
    return _shown(world, found)


def approve(world: World, user: Entity, body: Body) -> Body:
    """The request about the user, or the oldest one waiting for the user, is approved by one of its approvers."""
    return _decide(world, user, body, "Approve")


def deny(world: World, user: Entity, body: Body) -> Body:
    """As approve, with the other answer."""
    return _decide(world, user, body, "Deny")


def _decide(world: World, user: Entity, body: Body, result: str) -> Body:
    found, stage, approver = _waiting(world, user, body)
    reason = body.get("justification", "Decided for a test.")
    approvals.decide(world, found, stage, user=approver, result=result, justification=reason)
    return _shown(world, found)


def _waiting(world: World, user: Entity, body: Body) -> tuple[Entity, Entity, Entity]:
    package = body.get("accessPackageId")
    for found in requests_about(world, user["id"], package):
        if found["state"] == "pendingApproval":
            stage = found["_stages"][-1]
            if not body.get("by") and not stage["_approvers"]:
                raise ValueError("nobody can decide this request: its stage has no approvers")
            return found, stage, person(world, body.get("by") or stage["_approvers"][0])
    for found, stage in approvals.waiting_for(world, user["id"]):
        if package in (None, found["_accessPackageId"]):
            return found, stage, user
    raise ValueError("no request is waiting for approval")


def remove(world: World, user: Entity, body: Body) -> Body:
    """The user's access is being taken away: by themselves, or by an admin when ``by`` names one."""
    kind = "adminRemove" if body.get("by") else "userRemove"
    asked = {"requestType": kind, "assignment": {"id": _live(world, user, body)["id"]}}
    by = person(world, body.get("by") or user["id"])
    if kind == "userRemove":
        return _shown(world, self_service.user_change(world, asked, user))
    return _shown(world, intake.change(world, asked, by["id"]))


def fail(world: World, user: Entity, body: Body) -> Body:
    """The delivery under way, or the next one, ends as ``outcome``: deliveryFailed (default) or partiallyDelivered."""
    outcome = body.get("outcome", "deliveryFailed")
    if outcome not in ("deliveryFailed", "partiallyDelivered"):
        raise ValueError("outcome must be deliveryFailed or partiallyDelivered")
    package = find(world, "accessPackages", body["accessPackageId"])
    for found in requests_about(world, user["id"], package["id"]):
        if found["state"] == "delivering" and found["requestType"] in ("adminAdd", "userAdd"):
            assignment = world.tables["assignments"][found["_assignmentId"]]
            worker.settle_delivery(world, found, assignment, outcome)
            return _shown(world, found)
    world.tables["deliveryFaults"][f"{user['id']} {package['id']}"] = {"outcome": outcome}
    return {"next": outcome}


def activate(world: World, user: Entity, body: Body) -> Body:
    """The user's open request is delivered at once, whatever it was waiting for."""
    found = _open_request(world, user, body)
    while found["state"] != "delivered" and found["state"] in OPEN_STATES:
        worker.hurry(world, found)
    return _shown(world, found)


def expire(world: World, user: Entity, body: Body) -> Body:
    """The user's assignment has ended just now."""
    found = _live(world, user, body)
    ending.end(world, found)
    return {"assignment": shape(found, {"$expand": "target"}, expansions.of_assignment(world))}


def review(world: World, user: Entity, body: Body) -> Body:
    """The reviewer has decided about a person in the review that is under way."""
    about = person(world, body["about"])
    found = reviewing.open_item(world, about["id"], body.get("accessPackageId"))
    if found is None:
        raise ValueError("no review that is under way asks about this person")
    answer = {"decision": body.get("decision", "Approve"), "justification": body.get("justification", "For a test.")}
    instance = world.tables["accessReviewInstances"][found["_instanceId"]]
    reviewing.record(world, instance, found, by=user["id"], body=answer)
    return {"decision": public(found)}


def _open_request(world: World, user: Entity, body: Body) -> Entity:
    for found in requests_about(world, user["id"], body.get("accessPackageId")):
        if found["state"] in OPEN_STATES:
            return found
    raise ValueError("the user has no open request")


def _live(world: World, user: Entity, body: Body) -> Entity:
    for found in assignments_of(world, user["id"], body.get("accessPackageId")):
        if found["state"] != "expired":
            return found
    raise ValueError("the user has no assignment")


def _shown(world: World, row: Entity) -> Body:
    return {"request": shape(row, {"$expand": "accessPackage,assignment"}, expansions.of_request(world))}


ACTIONS: dict[str, Callable[[World, Entity, Body], Body]] = {
    "redeem": redeem,
    "signIn": sign_in,
    "request": request,
    "cancel": cancel,
    "approve": approve,
    "deny": deny,
    "remove": remove,
    "fail": fail,
    "activate": activate,
    "expire": expire,
    "review": review,
}
