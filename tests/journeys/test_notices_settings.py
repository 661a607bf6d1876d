"""Other days for notices hold for access that was known before, too; days that have passed are not made up for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Server
from tests.journeys.noticing import advance, delivered, told
from tests.journeys.stage import Bot, Stage, Teams


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bot")


@pytest.fixture(scope="module")
def bot(tenant: Server, folder: Path) -> Iterator[Bot]:
    process = Bot(tenant.url, folder, {"USHER_NOTICE_DAYS": "7,1"}).start()
    yield process
    process.stop()
    assert '"level": "ERROR"' not in process.log.read_text()


def test_after_a_restart_with_other_days_known_ends_have_those_and_none_twice(
    stage: Stage, tenant: Server, teams: Teams, folder: Path
) -> None:
    known = delivered(stage, 8)
    passed = delivered(stage, 6)
    advance(stage, "P1D")
    told(stage, known, "ends in 7 days")
    stage.bot.stop()

    other = Bot(tenant.url, folder, {"USHER_NOTICE_DAYS": "7,6,5,3,1"}).start()
    again = Stage(tenant.url, teams, other)
    try:
        advance(again, "P2D")

        told(again, known, "ends in 7 days", "ends in 5 days", seconds=60)
        told(again, passed, "ends in 3 days", seconds=60)
        advance(again, "P2D")
        told(again, known, "ends in 7 days", "ends in 5 days", "ends in 3 days", seconds=60)
        told(again, passed, "ends in 3 days", "ends tomorrow", seconds=60)
    finally:
        other.stop()
