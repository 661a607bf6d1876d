"""How much access there is: counted anew while that is little, otherwise as the last sweep counted it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.commands.command import Ask
from bot.domain.sweeps import Sweep
from bot.domain.tally import Tally
from bot.ports import Deps

#: So many are read again at once, in a few round trips; of more the last count is told, with its time.
MOST_ANEW = 500
#: A count that is older says too little: no sweep has come to its end for long.
OLDEST = timedelta(hours=6)


async def counted(ask: Ask) -> tuple[Tally, datetime | None]:
    """What is counted by state, package and end, and as of when; None: as of now."""
    last = await recent(ask.deps, ask.now)
    if last is not None:
        return last.tally, last.began_at
    tally = Tally()
    tally.count(await ask.deps.directory.assignments(), ask.now)
    return tally, None


async def recent(deps: Deps, now: datetime) -> Sweep | None:
    """The last sweep that came to its end, where it saw so much that nobody should read it again for a question."""
    last = await deps.sweeps.finished()
    if last is None or last.rows <= MOST_ANEW or abs(now - last.began_at) > OLDEST:
        return None
    return last
