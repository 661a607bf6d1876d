"""Everybody's access is read in pages by one bot at a time, and a sweep that dies goes on where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Server
from tests.journeys.stage import Bot, Stage, Teams, http, until
from tests.store.postgres import fresh_database

GUESTS = 1_500
PAGES = GUESTS // 100 + 1
ONE_SWEEP = {"USHER_SWEEP_SECONDS": "86400", "USHER_NOTICE_DAYS": "0"}


@pytest.fixture
def crowded() -> Iterator[Server]:
    """A tenant with many guests whose Graph takes its time for every page after the first."""
    with Server() as server:
        http("POST", f"{server.url}/_control/reset", {"seed": "demo", "assignments": GUESTS})
        slow = {"path": "skiptoken", "delaySeconds": 0.3, "times": 10_000}
        http("POST", f"{server.url}/_control/faults", {"rules": [slow]})
        yield server


def pages(stage: Stage) -> Counter[str]:
    """How often each page of delivered access was asked for, by what follows $skiptoken ("" for the first)."""
    asked = [one["url"] for one in stage.requests() if "/assignments?" in one["url"] and "delivered" in one["url"]]
    return Counter(url.partition("skiptoken=")[2] for url in asked if "Delivered" not in url)


def counted(stage: Stage) -> None:
    """The sweep came to its end: the report knows of everybody without asking again."""

    def told() -> bool:
        card = stage.ask("alex", "report", "Guests and access in numbers")
        return "access as of" in stage.words("alex", card) and "Held 1,5" in stage.words("alex", card)

    until(told, seconds=40, what="the report knows what the sweep counted")


def test_a_sweep_that_is_killed_goes_on_where_it_was_and_what_it_saw_need_not_be_read_again(
    crowded: Server, tmp_path: Path
) -> None:
    with Teams() as teams:
        bot = Bot(crowded.url, tmp_path, ONE_SWEEP).start()
        stage = Stage(crowded.url, teams, bot)
        until(lambda: len(pages(stage)) >= 10, seconds=30, what="the sweep is half-way")

        bot.kill()
        before = len(pages(stage))
        bot.start()
        counted(stage)

        asked = pages(stage)
        again = [page for page, times in asked.items() if times > 1]
        stage.ask("alex", "expiring 30d", "guest000000000000@crowd.example", "As of ")
        stage.ask("alex", "expiring 90d", "(the next 200)", "More ends in that time", "As of ")
        assert pages(stage) == asked
        bot.stop()
    assert len(asked) == PAGES
    assert asked[""] == 1
    assert len(again) < before
    assert max(asked.values()) <= 2


@pytest.mark.thorough
def test_of_two_bots_one_sweeps_and_when_it_dies_the_other_goes_on(crowded: Server, tmp_path: Path) -> None:
    with fresh_database() as url, Teams() as teams:
        folders = [tmp_path / "one", tmp_path / "other"]
        for folder in folders:
            folder.mkdir()
        one, other = (Bot(crowded.url, folder, {**ONE_SWEEP, "DATABASE_URL": url}).start() for folder in folders)
        stage = Stage(crowded.url, teams, other)
        until(lambda: len(pages(stage)) >= 10, seconds=30, what="the sweep is under way")

        # Whoever was first is at it.
        one.kill()
        counted(stage)

        asked = pages(stage)
        other.stop()
    assert len(asked) == PAGES
    assert asked[""] == 1
    assert max(asked.values()) <= 2
