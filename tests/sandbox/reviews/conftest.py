"""The demo tenant and a review of the package Ben holds; every exchange is held against the published schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox import Server
from tests.sandbox.entitlement.tenant import ADELE, GENERAL, INVITED, Tenant
from tests.sandbox.exchanges import findings

ROOT = "/identityGovernance/accessReviews/definitions"
POLICY = "99999999-9999-4999-9999-999999999991"
DOCUMENTED = ("assignment.targetId", "assignment.assignmentPolicyId", "assignment.accessPackageId")


class Reviews(Tenant):
    """The tenant, with the calls of access reviews."""

    def call(self, method: str, path: str, *, user: str | None = None, **kwargs: Any) -> httpx.Response:
        """Any Graph call below the review definitions; other calls name their whole path."""
        if path.startswith("/identityGovernance"):
            address = path
        elif path.startswith("/assign"):
            address = f"/identityGovernance/entitlementManagement{path}"
        else:
            address = ROOT + path
        headers = {"Authorization": f"Bearer {self.token(user)}"}
        return self.http.request(method, f"/v1.0{address}", headers=headers, **kwargs)

    def start(self, *, reviewers: list[dict[str, Any]] | None = None, **settings: Any) -> str:
        """The path of the instance of a new review that is in progress."""
        made = self.post("", body(reviewers=reviewers, **settings))
        self.pass_time("PT1S")
        (instance,) = self.get(f"/{made['id']}/instances")["value"]
        return f"/{made['id']}/instances/{instance['id']}"

    def do(self, path: str) -> None:
        """An action without a body that must succeed."""
        answer = self.call("POST", path)
        assert answer.status_code == 204, answer.text

    def item(self, instance: str) -> dict[str, Any]:
        """The only decision of the instance."""
        (found,) = self.get(f"{instance}/decisions")["value"]
        return found

    def status(self, instance: str) -> str:
        """How the instance stands."""
        return str(self.get(instance)["status"])


def user(person: str) -> dict[str, Any]:
    return {"query": f"/users/{person}", "queryType": "MicrosoftGraph"}


def body(
    *, reviewers: list[dict[str, Any]] | None = None, package: str = INVITED, policy: str = POLICY, **settings: Any
) -> dict[str, Any]:
    """A definition of the review of one policy's assignments, for seven days, by Adele."""
    which = f"accessPackageId eq '{package}' and assignmentPolicyId eq '{policy}' and catalogId eq '{GENERAL}'"
    return {
        "displayName": "Review",
        "descriptionForReviewers": "Who still works with us?",
        "scope": {
            "@odata.type": "#microsoft.graph.accessReviewQueryScope",
            "query": f"/identityGovernance/entitlementManagement/accessPackageAssignments?$filter=({which})",
            "queryType": "MicrosoftGraph",
        },
        "reviewers": [user(ADELE)] if reviewers is None else reviewers,
        "settings": {"instanceDurationInDays": 7, **settings},
    }


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One sandbox for all these tests."""
    with Server() as running:
        yield running


@pytest.fixture(scope="session")
def schemas(request: pytest.FixtureRequest) -> Path | None:
    """The folder with the published schema, None where it is absent."""
    try:
        found: Path = request.getfixturevalue("shared")
    except pytest.skip.Exception:
        return None
    return found


@pytest.fixture
def tenant(server: Server, schemas: Path | None) -> Iterator[Reviews]:
    """The demo tenant; afterwards every exchange must fit the published schema."""
    client = Reviews(server.url)
    with client.http:
        client.reset()
        yield client
        exchanges = client.control("requests")
    if schemas is not None:
        assert [one for one in findings(schemas, exchanges) if not any(name in one for name in DOCUMENTED)] == []
