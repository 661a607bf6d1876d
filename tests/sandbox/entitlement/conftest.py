"""A tenant for each test; afterwards every exchange is held against the published schema, where there is one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Server
from tests.sandbox.entitlement.tenant import Tenant
from tests.sandbox.exchanges import findings

# The documented adminAdd body names these although the published metadata does not declare them.
DOCUMENTED = ("assignment.targetId", "assignment.assignmentPolicyId", "assignment.accessPackageId")


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
def tenant(server: Server, schemas: Path | None) -> Iterator[Tenant]:
    """The demo tenant; afterwards every exchange must fit the published schema."""
    client = Tenant(server.url)
    with client.http:
        client.reset()
        yield client
        exchanges = client.control("requests")
    if schemas is not None:
        assert [one for one in findings(schemas, exchanges) if not any(name in one for name in DOCUMENTED)] == []
