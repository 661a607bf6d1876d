"""Tell whoever answers for guests from now on that they do, once; once more when guests who had failed were given after all."""

from __future__ import annotations

from bot.domain.delivery import Rung
from bot.domain.guest_runs import GuestRun
from bot.domain.outcomes import GuestsGiven
from bot.jobs import climb
from bot.jobs.climb import Message
from bot.ports import Deps

OCCASION = "guests given"


async def tell(run: GuestRun, deps: Deps) -> str:
    """What came of it: "told", "not reached", or "nobody" where nobody had to be told. Raises Transient."""
    whom = run.taker_id
    if run.undoes and not whom:
        before = await deps.guest_runs.run(run.undoes)
        whom = before.by_id if before else ""
    if not whom or not run.done or whom == run.by_id:
        return "nobody"

    async def post() -> str:
        chat = await deps.messenger.open_chat(whom)
        await deps.messenger.show(chat, GuestsGiven(run))
        return ""

    about = run.id if run.round == 1 else f"{run.id}-{run.round}"
    reached = await climb.climb(Message(about, whom, OCCASION, key=run.key), Rung.CARD, post, deps)
    return "told" if reached else "not reached"
