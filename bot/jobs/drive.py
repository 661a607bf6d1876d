"""Carry one job from its first attempt to its end: repeat, wait, give up and tell."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Literal, Protocol

from bot import errors
from bot.jobs.attempt import Verdict
from bot.jobs.job import Again, FailureFunction, JobFunction, Payload, Retries, restored

log = logging.getLogger(__name__)

End = Literal["done", "failed", "unfinished"]
Attempt = Callable[[str, JobFunction, Payload], Awaitable[Verdict]]


class Durable(Protocol):
    """What makes a run survive the process: finished steps are not run again, waits keep their end."""

    async def step(self, name: str, work: Callable[[], Awaitable[Verdict]]) -> Verdict:
        """Run `work`, or answer what it returned before the restart."""

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` after this was first asked."""


class Drive:
    """One run of one job."""

    def __init__(self, durable: Durable, attempt: Attempt, retries: Retries) -> None:
        self._durable = durable
        self._attempt = attempt
        self._retries = retries

    async def to_its_end(
        self, name: str, job: JobFunction, payload: Payload, told: FailureFunction | None, *, rounds: int
    ) -> End:
        """`job` is done or has failed for good and `told` knows; "unfinished" after `rounds` attempts."""
        end, error = await self._repeat(name, job, payload, rounds)
        if end != "failed" or error is None:
            return end
        if told is None:
            # Nobody waits for it, as for a schedule, whose next slot tries again. The attempt is in the log.
            return end
        log.error("job failed for good", extra={"job": name, "reason": error["class"]})
        failure, tell = error, told

        async def telling(_: Payload) -> None:
            await tell(name, payload, restored(failure))

        telling_end, _ = await self._repeat(f"{name}:failure", telling, {}, self._retries.transient + 1)
        if telling_end != "done":
            log.error("nobody could be told of the failure", extra={"job": name})
        return end

    async def _repeat(
        self, name: str, job: JobFunction, payload: Payload, rounds: int
    ) -> tuple[End, dict[str, Any] | None]:
        failures = 0
        for _ in range(rounds):
            verdict = await self._durable.step(name, lambda: self._attempt(name, job, payload))
            match verdict["next"]:
                case "done":
                    return "done", None
                case "fail":
                    return "failed", verdict["error"]
                case "again":
                    failures = 0
                    await self._durable.sleep(verdict["seconds"] or 0.0)
                case "retry":
                    failures += 1
                    if self._retries.exhausted(failures, unexpected=verdict["unexpected"]):
                        return "failed", verdict["error"]
                    await self._durable.sleep(self._retries.pause(failures, verdict["seconds"]))
        return "unfinished", None


async def gone(_: Payload) -> Again | None:
    """Stands in for a job this version does not know (any more): it fails, so somebody hears of it."""
    raise errors.UsherError("this version of Usher has no such job")
