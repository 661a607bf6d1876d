"""A database for jobs, with its tables made beforehand."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.jobs.engine import Engine


@pytest.fixture(scope="session")
def empty_jobs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A job file with DBOS's tables: making them takes most of a short test's time."""
    folder = tmp_path_factory.mktemp("jobs")

    async def make() -> None:
        engine = Engine(f"sqlite:///{folder / 'usher.db'}")
        await engine.launch()
        await engine.close()

    asyncio.run(make())
    return folder / "usher-jobs.db"


@pytest.fixture
def url(tmp_path: Path, empty_jobs: Path) -> str:
    shutil.copy(empty_jobs, tmp_path)
    return f"sqlite:///{tmp_path / 'usher.db'}"
