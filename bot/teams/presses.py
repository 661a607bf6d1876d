"""Let the answer of a durable job reach the press that waits for it, when both are in this process."""

import asyncio
from typing import Any


class WaitingPresses:
    """Presses that may still be answered on the spot, by the key of their turn."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}

    async def wait(self, key: str, *, seconds: float) -> dict[str, Any] | None:
        """Return the answer's invoke body, or None when it takes longer."""
        waiting = self._waiting.get(key)
        if waiting is None:
            return None
        try:
            return await asyncio.wait_for(asyncio.shield(waiting), seconds)
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(key, None)

    def expect(self, key: str) -> None:
        """From now on an answer to this turn is kept for `wait`."""
        self._waiting.setdefault(key, asyncio.get_running_loop().create_future())

    def answer(self, key: str, body: dict[str, Any]) -> None:
        """Hand the answer to the press, if one waits here."""
        waiting = self._waiting.get(key)
        if waiting is not None and not waiting.done():
            waiting.set_result(body)
