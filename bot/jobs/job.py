"""Say what a job is, when it is tried again and what a failed one leaves behind; no I/O."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot import errors

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Again:
    """Returned by a job that is not finished: "run me again, with the same payload, in so many seconds"."""

    after_seconds: float


def soon(waited: timedelta) -> Again:
    """A job that has `waited` for what was done to show looks again.

    In half a second at first and every two in the end: a short wait is hardly felt, a long one costs few questions.
    """
    return Again(min(max(waited.total_seconds() / 2, 0.5), 2.0))


JobFunction = Callable[[Payload], Awaitable[Again | None]]
"""A job: runs at least once, may run twice, gets the JSON it was started with."""

FailureFunction = Callable[[str, Payload, errors.UsherError], Awaitable[None]]
"""Told (job name, payload, error) when a job has failed for good; may itself run twice."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How patiently a job is repeated.

    `transient` tries are given to errors that pass by themselves, `unexpected` tries to those nobody
    foresaw (a defect repeats itself, a hiccup does not). Pauses double from `first_seconds` up to
    `longest_seconds`; with the defaults a job gives up after about an hour.
    """

    transient: int = 18
    unexpected: int = 3
    first_seconds: float = 1.0
    longest_seconds: float = 300.0

    def pause(self, tries: int, asked: float | None) -> float:
        """Seconds to wait after the `tries`-th failure in a row; never less than the other side `asked` for."""
        doubled = min(self.first_seconds * 2.0 ** min(tries - 1, 30), self.longest_seconds)
        # Jitter keeps jobs that failed together from coming back together.
        return max(doubled * random.uniform(0.8, 1.2), asked or 0.0)

    def exhausted(self, tries: int, *, unexpected: bool) -> bool:
        """Whether the `tries`-th failure in a row was the last one allowed."""
        return tries >= (self.unexpected if unexpected else self.transient)


#: The default.
PATIENT = Retries()
ONCE = Retries(transient=1, unexpected=1)


def described(error: Exception) -> Payload:
    """The error as JSON, so that it survives a restart between failing and telling."""
    if isinstance(error, errors.UsherError):
        return {"class": type(error).__name__, "detail": error.detail, "code": error.code}
    return {"class": "UsherError", "detail": f"{type(error).__name__}: {error}", "code": ""}


def restored(description: Payload) -> errors.UsherError:
    """The error that `described` wrote down, as the same class; UsherError if that class has gone since."""
    found = getattr(errors, str(description["class"]), errors.UsherError)
    if not (isinstance(found, type) and issubclass(found, errors.UsherError)):
        found = errors.UsherError
    return found(str(description["detail"]), code=str(description["code"]))
