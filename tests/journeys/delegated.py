"""Roles in catalogs, as journeys give and take them, and what nobody without one may change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.journeys.stage import PEOPLE, Stage, until

GENERAL, PARTNERS = (f"88888888-8888-4888-8888-88888888888{n}" for n in (1, 2))
LEE = PEOPLE["lee"][0]


def roles_of(stage: Stage, person: str) -> list[str]:
    """The scopes of a person's catalog roles."""
    return [one["appScopeId"] for one in stage.state()["emRoleAssignments"] if one["principalId"] == person]


def take_all(stage: Stage, who: str) -> None:
    """Whoever it is holds no catalog role, and Usher knows."""
    address = f"{who}@contoso.com"
    for scope in roles_of(stage, PEOPLE[who][0]):
        catalog = scope.rpartition("/")[2]
        place = {"catalog": catalog} if catalog else {"everywhere": "yes"}
        before = set(stage.cards("alex"))
        stage.execute("alex", {"verb": "undelegate", "person": address, **place}, card="m-none")
        question = stage.news("alex", before, "back from", PEOPLE[who][1])
        stage.press("alex", "Yes, take it back", card=question)
        stage.shown("alex", f"{PEOPLE[who][1]} is no longer")


@contextmanager
def role(stage: Stage, name: str, *, who: str = "lee", catalog: str = "Partners") -> Iterator[None]:
    """Within the block the person holds this role in this catalog."""
    address, person = f"{who}@contoso.com", PEOPLE[who]
    stage.ask("alex", f'delegate catalog "{catalog}" {name} {address}', person[1], name)
    try:
        yield
    finally:
        card = stage.ask("alex", f'undelegate catalog "{catalog}" {name} {address}', "back from", person[1])
        stage.press("alex", "Yes, take it back", card=card)
        until(lambda: f"{person[1]} is no longer" in stage.words("alex", card), what="the role is taken back")


def settled(stage: Stage) -> dict[str, Any]:
    """What nobody without the right role may change."""
    state = stage.state()
    return {
        "catalogs": state["catalogs"],
        "resources": [one["id"] for one in state["catalogResources"]],
        "roles": sorted(one["id"] for one in state["emRoleAssignments"]),
        "organizations": state["connectedOrganizations"],
        "settings": state.get("entitlementSettings"),
    }
