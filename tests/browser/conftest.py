"""Fixtures of the browser tests: Chromium, the running stack, and a chat client each for admin, guest and approver."""

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser

from dev.browser import find_chromium
from tests.browser.driver import ChatClient, chromium
from tests.browser.stack import Stack, started

_SECONDS = 240  # five processes and a browser start first, on machines that may be busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that asks for a browser is marked so, with the time it may take."""
    for item in items:
        if "chromium_program" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(_SECONDS))


@pytest.fixture(scope="session")
def chromium_program() -> str:
    """The Chromium to drive; without one the test is skipped (failed where USHER_REQUIRE_BROWSER=1)."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine; make test installs one where it can")
    return program


@pytest.fixture
async def browser(chromium_program: str) -> AsyncIterator[Browser]:
    """A browser of the test's own."""
    async with chromium(chromium_program) as opened:
        yield opened


@pytest.fixture(scope="module")
def stack(chromium_program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Simulated tenant, bot and three chat clients, shared by the tests of one file."""
    with started(tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture
async def admin(browser: Browser, stack: Stack) -> ChatClient:
    """The chat client of Alex Wilber, connected, with an empty history."""
    return await ChatClient.connect(browser, stack.admin)


@pytest.fixture
async def guest(browser: Browser, stack: Stack) -> ChatClient:
    """The chat client of Ana Silva, connected, with an empty history."""
    return await ChatClient.connect(browser, stack.guest)


@pytest.fixture
async def approver(browser: Browser, stack: Stack) -> ChatClient:
    """The chat client of Adele Vance, connected, with an empty history."""
    return await ChatClient.connect(browser, stack.approver)
