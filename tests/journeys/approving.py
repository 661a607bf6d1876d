"""What journeys about approvals share: guests who ask for a package that needs approval."""

from __future__ import annotations

from typing import Any

from bot.graph.policies import direct_policy
from tests.journeys.signing import Client, Question
from tests.journeys.stage import PEOPLE, Stage, readable, until

PARTNER = "99999999-9999-4999-8999-999999999992"
PROJECT = "Partner project"


def guest(stage: Stage) -> str:
    """The address of a guest who has accepted the invitation."""
    address = stage.fresh("asker")
    stage.control("options", {"replicationSeconds": 0})
    body = {"invitedUserEmailAddress": address, "inviteRedirectUrl": "https://myapps.microsoft.com"}
    stage.graph("POST", "/invitations", body)
    until(lambda: [one for one in stage.state()["users"] if one.get("mail") == address], what="the guest is there")
    stage.act(address, "redeem")
    return address


def ask_for(stage: Stage, *, package: str = PARTNER, reason: str = "I need it") -> str:
    """The address of a guest who has asked for the package."""
    address = guest(stage)
    stage.act(address, "request", package, justification=reason)
    return address


def case_card(stage: Stage, who: str, address: str, *words: str, seconds: float = 20.0) -> str:
    """The activity id of somebody's newest card of this guest's request, waited for."""
    return stage.shown(who, address, "asks for “", *words, seconds=seconds)


def copies(stage: Stage, who: str, address: str) -> list[str]:
    """Every card of this guest's request that stands in somebody's chat, and has not moved."""
    shown = [(name, readable(one)) for name, one in stage.cards(who).items()]
    return [name for name, words in shown if address in words and "asks for “" in words]


def met(stage: Stage, *people: str) -> None:
    """These people have a chat with Usher."""
    for who in people:
        if not stage.cards(who):
            stage.ask(who, "help", "help")


CATALOG = "88888888-8888-4888-8888-888888888881"
EM = "/identityGovernance/entitlementManagement"


def named(who: str) -> dict[str, Any]:
    """One of the people of the demo, as a policy names approvers."""
    return {"@odata.type": "#microsoft.graph.singleUser", "userId": PEOPLE[who][0], "description": PEOPLE[who][1]}


def stage_of(*approvers: dict[str, Any], days: int = 14, reason: bool = False, **more: Any) -> dict[str, Any]:
    """An approval stage."""
    return {
        "durationBeforeAutomaticDenial": f"P{days}D",
        "isApproverJustificationRequired": reason,
        "isEscalationEnabled": False,
        "durationBeforeEscalation": "PT0S",
        "primaryApprovers": list(approvers),
        "fallbackPrimaryApprovers": [],
        "escalationApprovers": [],
        "fallbackEscalationApprovers": [],
        **more,
    }


def package(stage: Stage, *stages: dict[str, Any]) -> tuple[str, str]:
    """Id and name of a new package that all users may ask for, with these approval stages."""
    name = f"Project {stage.fresh('p').partition('@')[0]}"
    stage.control("options", {"replicationSeconds": 0})
    body = {"displayName": name, "description": name, "isHidden": False, "catalog": {"id": CATALOG}}
    made = stage.graph("POST", f"{EM}/accessPackages", body)
    ends = {"type": "afterDuration", "duration": "P30D"}
    policy = {
        **direct_policy(made["id"], f"Policy of {name}", ends),
        "allowedTargetScope": "allDirectoryUsers",
        "requestApprovalSettings": {
            "isApprovalRequiredForAdd": True,
            "isApprovalRequiredForUpdate": False,
            "stages": list(stages),
        },
    }
    policy["requestorSettings"] = {**policy["requestorSettings"], "enableTargetsToSelfAddAccess": True}
    stage.graph("POST", f"{EM}/assignmentPolicies", policy)
    return made["id"], name


def sign_in(stage: Stage, who: str) -> None:
    """This person has signed in, as their Teams client does by itself."""
    client, before = Client(stage, who), set(stage.cards(who))
    stage.say(who, "sign in")
    seen = until(
        lambda: (
            client.questions()
            or [one for one in set(stage.cards(who)) - before if "signed in" in stage.words(who, one)]
        ),
        what=f"{who} is asked to sign in",
    )
    if isinstance(seen[0], Question):
        client.exchange(seen[-1])
        until(lambda: not client.questions(), what=f"{who} has signed in")


def request(stage: Stage, address: str) -> dict[str, Any]:
    """The newest request of this guest."""
    person = stage.user(address)["id"]
    return next(one for one in reversed(stage.state()["assignmentRequests"]) if one["requestor"]["objectId"] == person)


def decisions(stage: Stage, address: str) -> list[dict[str, Any]]:
    """What was decided about this guest's request, and was accepted."""
    key = request(stage, address)["id"]
    sent = [one for one in stage.requests() if one["method"] == "PATCH" and f"Approvals/{key}/stages" in one["url"]]
    return [one for one in sent if one["status"] == 204]
