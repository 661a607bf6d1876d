"""Run a job once and say, as JSON that outlives the process, what comes next."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Literal, TypedDict

from bot import errors
from bot.jobs.job import Again, JobFunction, Payload, described

log = logging.getLogger(__name__)


class Verdict(TypedDict):
    """What one attempt ended with; the durable record of it."""

    next: Literal["done", "again", "retry", "fail"]
    seconds: float | None  # again: the wait the job asked for; retry: the wait the other side asked for
    unexpected: bool
    error: dict[str, Any] | None


def _verdict(
    next_: Literal["done", "again", "retry", "fail"],
    *,
    seconds: float | None = None,
    error: Exception | None = None,
    unexpected: bool = False,
) -> Verdict:
    description = None if error is None else described(error)
    return {"next": next_, "seconds": seconds, "unexpected": unexpected, "error": description}


async def attempt(name: str, job: JobFunction, payload: Payload, *, timeout_seconds: float) -> Verdict:
    """Run `job` once, at most `timeout_seconds` long.

    Raises nothing but CancelledError, and that only when this task itself is being cancelled: a
    cancellation that leaks out of a library would otherwise leave the job waiting for a restart.
    """
    try:
        async with asyncio.timeout(timeout_seconds):
            outcome = await job(payload)
    except errors.Transient as error:
        log.info("job will be retried", extra={"job": name, "reason": type(error).__name__})
        return _verdict("retry", seconds=error.retry_after, error=error)
    except errors.UsherError as error:
        log.warning("job failed", extra={"job": name, "reason": type(error).__name__})
        return _verdict("fail", error=error)
    except TimeoutError as error:
        log.warning("job took too long", extra={"job": name, "seconds": timeout_seconds})
        return _verdict("retry", error=error, unexpected=True)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        log.warning("job was cancelled from inside", extra={"job": name})
        return _verdict("retry", error=RuntimeError("cancelled from inside"), unexpected=True)
    except Exception as error:  # The job loop: a defect in one job must not stop the others, nor lose this one.
        log.exception("job broke", extra={"job": name})
        return _verdict("retry", error=error, unexpected=True)
    if isinstance(outcome, Again):
        return _verdict("again", seconds=max(outcome.after_seconds, 0.0))
    return _verdict("done")
