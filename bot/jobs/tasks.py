"""Own asyncio tasks, so that none is lost to the garbage collector or outlives its owner."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Tasks(set[asyncio.Task[Any]]):
    """Tasks that still run; each leaves by itself when it ends."""

    def adopt(self, task: asyncio.Task[T]) -> asyncio.Task[T]:
        """The task is ours until it ends."""
        self.add(task)
        task.add_done_callback(self.discard)
        return task

    def begin(self, work: Coroutine[Any, Any, T], *, context: contextvars.Context | None = None) -> asyncio.Task[T]:
        """A task of ours does `work`."""
        return self.adopt(asyncio.create_task(work, context=context))

    async def cancel(self) -> None:
        """None of them runs any more."""
        ending = list(self)
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
