"""What journeys about access reviews share: a package of their own with guests who hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.journeys.signing import Client
from tests.journeys.stage import PEOPLE, Stage, actions, until

EM = "/identityGovernance/entitlementManagement"
AR = "/identityGovernance/accessReviews/definitions"
GENERAL = "88888888-8888-4888-8888-888888888881"


@dataclass(frozen=True)
class Held:
    """A package and the guests who hold it: address -> object id."""

    id: str
    name: str
    policy: str
    guests: dict[str, str]


def held(stage: Stage, name: str, count: int = 2, *, people: tuple[str, ...] = (), **policy: Any) -> Held:
    """A package that `count` new guests, and these members, hold; the only one of this name."""
    for former in stage.graph("GET", f"{EM}/accessPackages")["value"]:
        if former["displayName"] == name:
            stage.graph("PATCH", f"{EM}/accessPackages/{former['id']}", {"displayName": stage.fresh("former")})
    package = stage.graph(
        "POST", f"{EM}/accessPackages", {"displayName": name, "description": name, "catalog": {"id": GENERAL}}
    )
    # What was just created shows after the replication delay.
    stage.control("clock", {"advance": "PT1S"})
    made = stage.graph("POST", f"{EM}/assignmentPolicies", _policy(package["id"], **policy))
    guests = {address: _guest(stage, address) for address in (stage.fresh("guest") for _ in range(count))}
    stage.control("clock", {"advance": "PT1S"})
    for person in (*guests.values(), *(PEOPLE[one][0] for one in people)):
        assignment = {"targetId": person, "assignmentPolicyId": made["id"], "accessPackageId": package["id"]}
        stage.graph("POST", f"{EM}/assignmentRequests", {"requestType": "adminAdd", "assignment": assignment})
    found = Held(package["id"], name, made["id"], guests)
    until(lambda: _delivered(stage, found) == count + len(people), what="everybody holds the package")
    return found


def second_policy(stage: Stage, package: Held, name: str = "Second way") -> str:
    """Another policy of the package, through which one more guest holds it; the guest's address."""
    policy = {**_policy(package.id), "displayName": name, "description": name}
    made = stage.graph("POST", f"{EM}/assignmentPolicies", policy)
    address = stage.fresh("guest")
    guest = _guest(stage, address)
    stage.control("clock", {"advance": "PT1S"})
    assignment = {"targetId": guest, "assignmentPolicyId": made["id"], "accessPackageId": package.id}
    stage.graph("POST", f"{EM}/assignmentRequests", {"requestType": "adminAdd", "assignment": assignment})
    until(lambda: _delivered(stage, package) == len(package.guests) + 1, what="the guest holds it, too")
    return address


def _policy(package: str, **more: Any) -> dict[str, Any]:
    return {
        "displayName": "Everybody",
        "description": "Everybody",
        "allowedTargetScope": "allDirectoryUsers",
        "specificAllowedTargets": [],
        "expiration": {"type": "noExpiration"},
        "requestorSettings": {"enableTargetsToSelfAddAccess": True},
        "requestApprovalSettings": {"isApprovalRequiredForAdd": False, "stages": []},
        "accessPackage": {"id": package},
        **more,
    }


def _guest(stage: Stage, address: str) -> str:
    body = {"invitedUserEmailAddress": address, "inviteRedirectUrl": "https://x.example"}
    return str(stage.graph("POST", "/invitations", body)["invitedUser"]["id"])


def _delivered(stage: Stage, package: Held) -> int:
    rows = stage.state()["assignments"]
    return sum(one["state"] == "delivered" and one["accessPackage"]["id"] == package.id for one in rows)


def states(stage: Stage, package: Held) -> dict[str, str]:
    """Address -> state of the assignment to the package."""
    rows = [one for one in stage.state()["assignments"] if one["accessPackage"]["id"] == package.id]
    by_id = {one["target"]["objectId"]: one["state"] for one in rows}
    return {address: by_id[person] for address, person in package.guests.items()}


def definitions(stage: Stage, package: Held) -> list[dict[str, Any]]:
    """The reviews of the package in Entra."""
    rows = stage.state().get("accessReviewDefinitions", [])
    return [one for one in rows if package.id in one["scope"]["query"]]


def met(stage: Stage, *people: str) -> None:
    """Usher knows how to write to these people."""
    for who in people:
        stage.ask(who, "help", "help")


def start(stage: Stage, package: str, words: str = "by adele@contoso.com for 7 days", who: str = "alex") -> str:
    """The card of a review that is under way."""
    card = stage.ask(who, f'review "{package}" {words}', f"Review who holds “{package}”?", "Yes, start")
    stage.press(who, "Yes, start", card=card)
    until(lambda: "Under way" in stage.words(who, card), seconds=30, what="the review is under way")
    return card


def signed(stage: Stage, *people: str) -> None:
    """These people are signed in."""
    for who in people:
        client = Client(stage, who)
        stage.say(who, "sign in")
        until(lambda one=client, name=who: one.questions() or _is_in(stage, name), what="an answer")
        if client.questions():
            client.exchange(client.asked())
        until(lambda name=who: _is_in(stage, name), what=f"{who} is signed in")


def _is_in(stage: Stage, who: str) -> bool:
    return any("You are signed in" in str(one) for one in stage.cards(who).values())


def field(stage: Stage, who: str, card: str, address: str) -> str:
    """The number of the fields for this person on the card."""
    items = next(one["data"] for one in actions(stage.card(who, card)) if one.get("title") == "Save decisions")
    person = stage.user(address)["displayName"]
    rows = {one["id"]: one["principal"]["displayName"] for one in stage.state()["accessReviewDecisions"]}
    return next(name.removeprefix("item") for name, key in items.items() if rows.get(key) == person)
