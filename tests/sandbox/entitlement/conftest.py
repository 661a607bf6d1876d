"""A tenant for each test; afterwards every exchange is held against the published schema, where there is one."""

from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from sandbox import Server
from tests.sandbox.entitlement.tenant import Tenant

# The documented adminAdd body names these although the published metadata does not declare them.
DOCUMENTED = ("assignment.targetId", "assignment.assignmentPolicyId", "assignment.accessPackageId")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One sandbox for all these tests."""
    with Server() as running:
        yield running


@pytest.fixture(scope="session")
def spec(request: pytest.FixtureRequest) -> Any:
    """The published Graph schema with its validator, None where it is absent."""
    try:
        folder: Path = request.getfixturevalue("shared")
    except pytest.skip.Exception:
        return None
    found = spec_from_file_location("graph_validate", folder / "tools" / "graph_validate.py")
    assert found is not None
    assert found.loader is not None
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module.GraphSpec()


@pytest.fixture
def tenant(server: Server, spec: Any) -> Iterator[Tenant]:
    """The demo tenant; afterwards every exchange must fit the published schema."""
    client = Tenant(server.url)
    with client.http:
        client.reset()
        yield client
        exchanges = client.control("requests")
    if spec is not None:
        assert [finding for one in exchanges for finding in findings(spec, one)] == []


def findings(spec: Any, exchange: dict[str, Any]) -> list[str]:
    """What is wrong with one exchange; a request that was refused may be as wrong as the test wants."""
    refused = exchange["status"] >= 400
    body = None if refused else exchange["requestBody"]
    found = spec.check(exchange["method"], exchange["url"], body, exchange["status"], exchange["responseBody"])
    return [one for one in found if not one.startswith("unknown request") or not any(n in one for n in DOCUMENTED)]
