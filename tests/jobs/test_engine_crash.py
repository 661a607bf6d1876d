"""Processes die in the middle of jobs, on either database; the jobs are done all the same, and once."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.jobs.until import until
from tests.store.postgres import fresh_database

ROOT = Path(__file__).parents[2]


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'usher.db'}"


@pytest.fixture
def postgres() -> Iterator[str]:
    with fresh_database() as url:
        yield url


class Process:
    """One running `engine_process`."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    def lines(self) -> list[str]:
        return self._log.read_text().splitlines() if self._log.exists() else []

    async def says(self, *lines: str) -> None:
        def heard() -> bool:
            assert self._process.returncode is None, f"ended with {self._process.returncode}"
            return set(lines) <= set(self.lines())

        await until(heard)

    def send(self, how: signal.Signals) -> None:
        self._process.send_signal(how)

    async def end(self, how: signal.Signals) -> None:
        if self._process.returncode is None:
            self._process.send_signal(how)
        await self._process.wait()


@asynccontextmanager
async def running(
    url: str, folder: Path, name: str, begin: str, end: str, *, silence: float = 300
) -> AsyncIterator[Process]:
    command = [sys.executable, "-m", "tests.jobs.engine_process", url, str(folder), name, begin, end, str(silence)]
    process = Process(await asyncio.create_subprocess_exec(*command, cwd=ROOT), folder / f"{name}.log")
    try:
        yield process
    finally:
        await process.end(signal.SIGKILL)


BEGUN = ("started", "began plain", "began steps")
ENDED = ("ended plain", "ended steps")


async def test_a_killed_process_finishes_its_jobs_when_it_starts_again(sqlite: str, tmp_path: Path) -> None:
    async with running(sqlite, tmp_path, "one", "start", "hang") as first:
        await first.says(*BEGUN)
        await first.end(signal.SIGKILL)

    async with running(sqlite, tmp_path, "two", "serve", "end") as second:
        await second.says(*ENDED)

    lines = second.lines()
    assert sorted(lines) == sorted(["launched", "began plain", "ended plain", "began steps", "ended steps"])


async def test_a_killed_process_finishes_even_when_the_same_jobs_are_asked_for_again(
    sqlite: str, tmp_path: Path
) -> None:
    async with running(sqlite, tmp_path, "one", "start", "hang") as first:
        await first.says(*BEGUN)
        await first.end(signal.SIGKILL)

    async with running(sqlite, tmp_path, "two", "start", "end") as second:
        await second.says("started", *ENDED)

    assert second.lines().count("ended plain") == second.lines().count("ended steps") == 1


async def test_another_replica_takes_over_from_a_killed_one(postgres: str, tmp_path: Path) -> None:
    async with (
        running(postgres, tmp_path, "one", "start", "hang") as first,
        running(postgres, tmp_path, "two", "serve", "end") as second,
    ):
        await first.says(*BEGUN)
        await second.says("launched")
        await first.end(signal.SIGKILL)
        await second.says(*ENDED)

    assert second.lines().count("ended plain") == second.lines().count("ended steps") == 1


async def test_a_replica_that_falls_silent_is_taken_over_and_does_no_harm_when_it_wakes(
    postgres: str, tmp_path: Path
) -> None:
    async with (
        running(postgres, tmp_path, "one", "start", "hang", silence=1) as first,
        running(postgres, tmp_path, "two", "serve", "end", silence=1) as second,
    ):
        await first.says(*BEGUN)
        await second.says("launched")
        first.send(signal.SIGSTOP)
        await second.says(*ENDED)
        first.send(signal.SIGCONT)
        await asyncio.sleep(1.0)
        await first.end(signal.SIGTERM)

    assert first.lines()[-1] == "closed"
    assert second.lines().count("ended plain") == second.lines().count("ended steps") == 1


async def test_a_replica_that_leaves_hands_its_jobs_over(postgres: str, tmp_path: Path) -> None:
    async with (
        running(postgres, tmp_path, "one", "start", "hang") as first,
        running(postgres, tmp_path, "two", "serve", "end") as second,
    ):
        await first.says(*BEGUN)
        await second.says("launched")
        await first.end(signal.SIGTERM)
        await second.says(*ENDED)

    assert first.lines()[-1] == "closed"


async def test_a_lonely_replica_takes_over_from_its_killed_predecessor(postgres: str, tmp_path: Path) -> None:
    async with running(postgres, tmp_path, "one", "start", "hang") as first:
        await first.says(*BEGUN)
        await first.end(signal.SIGKILL)

    async with running(postgres, tmp_path, "one-again", "serve", "end") as second:
        await second.says(*ENDED)

    assert second.lines().count("ended plain") == 1


async def test_replicas_leave_the_jobs_of_the_living_alone(postgres: str, tmp_path: Path) -> None:
    async with running(postgres, tmp_path, "one", "start", "hang", silence=1) as first:
        await first.says(*BEGUN)
        async with running(postgres, tmp_path, "two", "start", "end", silence=1) as second:
            await second.says("started")
            # Longer than the silence after which a replica counts as dead.
            await asyncio.sleep(1.5)

    assert second.lines() == ["launched", "started"]


async def test_a_schedule_fires_once_across_replicas(postgres: str, tmp_path: Path) -> None:
    async with (
        running(postgres, tmp_path, "one", "schedule", "end") as first,
        running(postgres, tmp_path, "two", "schedule", "end") as second,
    ):
        await until(lambda: len(first.lines()) >= 3 and len(second.lines()) >= 3)

    fired = [line for line in (*first.lines(), *second.lines()) if line.startswith("slot")]
    assert len(fired) == len(set(fired))
