"""Keep what there is to run: jobs by name, schedules, and whom failures are told to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.jobs.job import FailureFunction, JobFunction

DueFunction = Callable[[], Awaitable[bool]]
"""Whether a scheduled job would find something to do: one cheap question, which changes nothing."""


class Registry:
    """Filled before launch, read afterwards."""

    def __init__(self) -> None:
        self._jobs: dict[str, JobFunction] = {}
        self._schedules: dict[str, float] = {}
        self._due: dict[str, DueFunction] = {}
        self._told: FailureFunction | None = None
        self._complete = False

    def register(self, name: str, job: JobFunction) -> None:
        """From launch on, `job` is what runs under `name`. Stored runs go by that name: never reuse it."""
        if self._complete:
            raise RuntimeError("register jobs before launch")
        if name in self._jobs:
            raise ValueError(f"two jobs are called {name}")
        self._jobs[name] = job

    def every(self, seconds: float, name: str, job: JobFunction, due: DueFunction | None = None) -> None:
        """From launch on, `job` runs once per `seconds`, on whichever replica comes first, never twice at a time.

        Its payload is `{"slot": n}`, the number of the interval since 1970. A run that fails is logged, not
        repeated: the next one comes anyway. A slot for which `due` answers False has no run: a durable run costs many
        times what that question costs.
        """
        self.register(name, job)
        self._schedules[name] = seconds
        if due is not None:
            self._due[name] = due

    def on_failure(self, told: FailureFunction) -> None:
        """From now on `told` hears of every job that failed for good."""
        self._told = told
