"""Take in what people ask for themselves: request a package, change, give back or withdraw it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sandbox.entitlement import worker
from sandbox.entitlement.intake import OUT_OF_SCOPE, change, new_request, reference, refuse_second, wanted
from sandbox.entitlement.model import invalid
from sandbox.entitlement.records import find
from sandbox.entitlement.scope import requestable
from sandbox.entitlement.times import end_of, parse_time
from sandbox.errors import GraphError, denied
from sandbox.world import Entity, World

CANCELLABLE = frozenset({"submitted", "pendingApproval", "scheduled"})


def user_add(world: World, body: dict[str, Any], user: Entity) -> Entity:
    """A submitted request of the user for themselves; GraphError says what their policy does not allow."""
    assignment = body["assignment"]
    if assignment.get("targetId") not in (None, user["id"]):
        raise denied("A request on behalf of somebody else is not supported.")
    package = find(world, "accessPackages", reference(assignment, "accessPackage"))
    policy = _policy(world, package, user, reference(assignment, "assignmentPolicy"))
    if not user.get("accountEnabled", True):
        raise denied("Your sign-in is blocked.")
    refuse_second(world, user["id"], package["id"])
    refuse_incompatible(world, package, user)
    check_form(policy, body, now=world.clock.now())
    request = new_request(
        "userAdd", world=world, requestor=user["id"], package=package["id"], policy=policy["id"],
        target=user["id"], **wanted(body),
    )  # fmt: skip
    worker.submit(world, request)
    return request


def _policy(world: World, package: Entity, user: Entity, policy_id: str | None) -> Entity:
    choices = requestable(world, package, user)
    for policy in choices:
        if policy_id in (None, policy["id"]):
            return policy
    raise GraphError(403, "PolicyRequirementsNotMet", OUT_OF_SCOPE)


def refuse_incompatible(world: World, package: Entity, user: Entity) -> None:
    """Return unless the user holds a package or group that excludes this one; GraphError 400 then."""
    held = {
        a["_accessPackageId"]
        for a in world.tables["assignments"].values()
        if a["_targetId"] == user["id"] and a["state"] in ("delivering", "delivered", "partiallyDelivered")
    }
    groups = [
        g for g in package.get("_incompatibleGroups", [])
        if user["id"] in (world.tables["groups"].get(g, {}).get("_members") or [])
    ]  # fmt: skip
    if groups or held & set(package.get("_incompatiblePackages", [])):
        raise GraphError(400, "IncompatibleAccess", "You have access that is incompatible with this access package.")


def check_form(policy: Entity, body: dict[str, Any], *, now: datetime) -> None:
    """Return when justification, answers and period are what the policy asks for; GraphError 400 otherwise."""
    settings = policy.get("requestApprovalSettings") or {}
    if settings.get("isRequestorJustificationRequired") and not str(body.get("justification") or "").strip():
        raise GraphError(400, "JustificationRequired", "A justification is required.")
    answers = {
        str((a.get("answeredQuestion") or {}).get("id")): str(a.get("value") or "") for a in body.get("answers") or []
    }
    for question in policy.get("_questions") or []:
        _check_answer(question, answers.pop(str(question["id"]), "").strip())
    if answers:
        raise invalid(f"answers to unknown questions {sorted(answers)}")
    if body.get("schedule"):
        _check_period(policy, body["schedule"], now)


def _check_answer(question: Entity, answer: str) -> None:
    text = question["text"]
    if not answer:
        if question.get("isRequired"):
            raise GraphError(400, "AnswerRequired", f"An answer is required: {text}")
        return
    pattern = question.get("regexPattern")
    if pattern and not re.fullmatch(pattern, answer):
        raise GraphError(400, "AnswerInvalid", f"The answer does not have the expected form: {text}")
    choices = {choice["actualValue"] for choice in question.get("choices") or []}
    given = set(answer.split(",")) if question.get("isMultipleSelectionAllowed") else {answer}
    if choices and not given <= choices:
        raise GraphError(400, "AnswerInvalid", f"The answer is not one of the choices: {text}")


def _check_period(policy: Entity, schedule: dict[str, Any], now: datetime) -> None:
    custom = (policy.get("requestorSettings") or {}).get("allowCustomAssignmentSchedule")
    kind = (schedule.get("expiration") or {}).get("type", "notSpecified")
    if not custom and (kind != "notSpecified" or schedule.get("startDateTime")):
        raise GraphError(400, "CustomScheduleNotAllowed", "The policy does not allow a custom period.")
    start = max(parse_time(schedule["startDateTime"]), now) if schedule.get("startDateTime") else now
    end, latest = end_of(schedule.get("expiration"), start), end_of(policy.get("expiration"), start)
    if end is not None and end <= start:
        raise GraphError(400, "InvalidSchedule", "The period ends before it starts.")
    if end is not None and latest is not None and end > latest:
        raise GraphError(400, "InvalidSchedule", "The period is longer than the policy allows.")


def user_change(world: World, body: dict[str, Any], user: Entity) -> Entity:
    """A submitted userUpdate or userRemove of the user's own assignment, where its policy lets them."""
    assignment = find(world, "assignments", body["assignment"].get("id"))
    policy = world.tables["assignmentPolicies"].get(assignment["_policyId"]) or {}
    switch = "Remove" if body["requestType"] == "userRemove" else "Update"
    if not (policy.get("requestorSettings") or {}).get(f"enableTargetsToSelf{switch}Access"):
        raise GraphError(403, "PolicyRequirementsNotMet", OUT_OF_SCOPE)
    return change(world, body, user["id"], of_user=user["id"])


def withdraw(world: World, request: Entity) -> None:
    """The request is canceled; GraphError 400 when it has gone too far."""
    if request["state"] not in CANCELLABLE:
        raise GraphError(400, "InvalidRequestState", f"A request that is {request['state']} cannot be canceled.")
    worker.cancel(world, request)
