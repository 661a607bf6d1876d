"""A tenant for each contract test, and the published schema's verdict on all that was said to it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from bot.store.database import Database
from bot.store.migrate import migrate
from sandbox import Server
from tests.contracts.tenant import Tenant


@pytest.fixture(scope="session")
def sandbox() -> Iterator[httpx.Client]:
    """The control API of a simulated tenant that all contract tests share, one after the other."""
    with Server() as server, httpx.Client(base_url=server.url, trust_env=False, timeout=10) as control:
        yield control


@pytest.fixture
async def tenant(sandbox: httpx.Client, request: pytest.FixtureRequest) -> AsyncIterator[Tenant]:
    """The demo tenant, freshly planted; what was said satisfies Graph's schema where that is at hand."""
    shared = _schemas(request)
    made = Tenant(str(sandbox.base_url).rstrip("/"), sandbox)
    made.reset()
    yield made
    await made.close()
    if shared is not None:
        assert made.findings(shared) == []


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty ledger in a file of its own."""
    url = f"sqlite:///{tmp_path / 'usher.db'}"
    await migrate(url)
    made = Database(url)
    yield made
    await made.close()


def _schemas(request: pytest.FixtureRequest) -> Path | None:
    try:
        return request.getfixturevalue("shared")
    except pytest.skip.Exception:
        return None
