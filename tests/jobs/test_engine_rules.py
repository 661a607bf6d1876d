"""The engine's rules that need no database."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot import errors
from bot.jobs.job import Retries, described, restored, soon
from bot.jobs.replicas import Watch, fresh_name
from bot.jobs.where import jobs_url

ROOT = Path(__file__).parents[2]
NAME = "from bot.jobs.replicas import fresh_name; print(fresh_name())"


@given(some.integers(1, 10_000), some.none() | some.floats(0, 10_000))
def test_a_pause_is_bounded_and_never_shorter_than_asked(tries: int, asked: float | None) -> None:
    retries = Retries(first_seconds=1, longest_seconds=300)

    pause = retries.pause(tries, asked)

    assert (asked or 0.8) <= pause <= max(360.0, asked or 0.0)


def test_what_was_done_is_looked_for_soon_and_then_less_often() -> None:
    looks = [soon(timedelta(seconds=waited)).after_seconds for waited in (0, 1, 3, 4, 600)]

    assert looks == [0.5, 0.5, 1.5, 2.0, 2.0]


def test_pauses_grow() -> None:
    retries = Retries(first_seconds=1, longest_seconds=300)

    assert retries.pause(1, None) < retries.pause(3, None) < retries.pause(6, None)


def test_the_default_gives_up_after_about_an_hour() -> None:
    retries = Retries()

    total = sum(retries.pause(tries, None) for tries in range(1, retries.transient))

    assert 30 * 60 < total < 90 * 60


@pytest.mark.parametrize(
    "error",
    [errors.Rejected("no", code="BadRequest"), errors.Throttled("slow"), errors.UsherError(), errors.Unreachable("x")],
)
def test_an_error_comes_back_as_its_own_class(error: errors.UsherError) -> None:
    back = restored(described(error))

    assert (type(back), back.detail, back.code) == (type(error), error.detail, error.code)


@pytest.mark.parametrize("name", ["Vanished", "annotations", "inspect", "__doc__"])
def test_an_error_whose_class_is_gone_comes_back_as_the_general_one(name: str) -> None:
    back = restored({"class": name, "detail": "d", "code": "c"})

    assert (type(back), back.detail, back.code) == (errors.UsherError, "d", "c")


@dataclass
class Time:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_replica_is_silent_when_its_count_stands_still_long_enough() -> None:
    time = Time()
    watch = Watch(30, time)

    heard = [watch.silent({"one": 1, "two": 1})]
    for time.now, one in [(20, 1), (29, 1), (30, 1)]:
        heard.append(watch.silent({"one": one, "two": int(time.now)}))

    assert heard == [[], [], [], ["one"]]


def test_a_replica_that_beats_again_is_heard_from_anew() -> None:
    time = Time()
    watch = Watch(30, time)
    watch.silent({"one": 1})

    time.now = 29
    watch.silent({"one": 2})
    time.now = 58

    assert watch.silent({"one": 2}) == []


def test_a_replica_that_said_goodbye_is_not_waited_for() -> None:
    assert Watch(30, Time()).silent({"one": -1, "two": 0}) == ["one"]


def test_a_process_that_ended_on_this_machine_is_not_waited_for() -> None:
    ended = subprocess.run([sys.executable, "-c", NAME], check=True, capture_output=True, text=True, cwd=ROOT)

    assert Watch(30, Time()).silent({ended.stdout.strip(): 1}) == [ended.stdout.strip()]


def test_a_process_that_runs_elsewhere_or_here_is_waited_for() -> None:
    place, pid, rest = fresh_name().rsplit(".", 2)
    elsewhere, parent = f"other-boot.{pid}.{rest}", f"{place}.{os.getppid()}.{rest}"

    assert Watch(30, Time()).silent({elsewhere: 1, parent: 1, "strange": 1, "": 1, ".1.2": 1, "..": 1}) == []


def test_no_two_processes_have_one_name() -> None:
    assert fresh_name() != fresh_name()


@pytest.mark.parametrize(
    ("ledger", "jobs"),
    [
        ("sqlite:///var/usher.db", "sqlite:///var/usher-jobs.db"),
        ("sqlite:////data/usher.sqlite3", "sqlite:////data/usher-jobs.sqlite3"),
        ("sqlite:///usher", "sqlite:///usher-jobs"),
        ("postgresql://u:p@host/db?sslmode=require", "postgresql://u:p@host/db?sslmode=require"),
    ],
)
def test_jobs_live_beside_the_ledger(ledger: str, jobs: str) -> None:
    assert jobs_url(ledger) == jobs


@pytest.mark.parametrize("ledger", ["sqlite://", "sqlite:///:memory:"])
def test_jobs_that_would_vanish_with_the_process_are_refused(ledger: str) -> None:
    with pytest.raises(errors.Misconfigured):
        jobs_url(ledger)
