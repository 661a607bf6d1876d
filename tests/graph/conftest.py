"""A login host of our own for the credential's tests."""

from collections.abc import AsyncIterator

import pytest

from tests.graph.authority import Authority


@pytest.fixture
async def authority() -> AsyncIterator[Authority]:
    """A login host on loopback."""
    made = Authority()
    await made.server.start_server()
    yield made
    await made.server.close()
