"""Wait for something that happens soon, without guessing how long it takes."""

import asyncio
import time
from collections.abc import Callable


async def until(holds: Callable[[], object], *, seconds: float = 20.0) -> None:
    """Return as soon as `holds()` is true; fail the test when it is not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} seconds"
        await asyncio.sleep(0.01)
