"""One simulated tenant, one Teams service and one bot for all journeys of a test process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Server
from tests.journeys.stage import Bot, Stage, Teams


@pytest.fixture(scope="session")
def tenant() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(scope="session")
def teams() -> Iterator[Teams]:
    with Teams() as service:
        yield service


@pytest.fixture(scope="session")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder: Path = tmp_path_factory.mktemp("bot")
    process = Bot(tenant.url, folder).start()
    yield process
    process.stop()


@pytest.fixture
def stage(tenant: Server, teams: Teams, bot: Bot) -> Stage:
    one = Stage(tenant.url, teams, bot)
    teams.refusals.clear()
    one.control("faults", {"rules": []})
    return one
