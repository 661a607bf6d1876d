"""Keep the overview of an applied file up to date, in place, until nothing in it moves any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.commands.building.building import FILE_JOB
from bot.commands.filing.keeping import KeptFile, kept
from bot.commands.filing.overview import is_moving, overview
from bot.domain.building.builds import Build
from bot.domain.delivery import ShownCard
from bot.domain.outcomes import BuildOverview, Followed
from bot.domain.turns import Conversation
from bot.jobs import in_place, retired
from bot.jobs.job import Again
from bot.ports import Deps

NAME = FILE_JOB
AUDIENCE = "file"
SOONEST, LATEST = timedelta(seconds=2), timedelta(seconds=15)
"""Between two looks, and so between two edits of one card; the longer nothing moved, the later the next."""


async def follow(payload: dict[str, Any], deps: Deps) -> Again | None:
    """Every overview of the file shows how its packages stand. Safe to run twice.

    `payload`: {"file": id}. Raises Transient when Teams does not answer.
    """
    file_id = str(payload["file"])
    file = await kept(file_id, deps.ledger)
    if file is None:
        return None
    builds = await deps.ledger.builds(file.build_ids(file_id))
    await _refresh(file_id, file, deps)
    if not any(is_moving(one) for one in builds):
        return None
    return Again(_pause(builds, deps).total_seconds())


def _pause(builds: tuple[Build, ...], deps: Deps) -> timedelta:
    last = max(one.updated_at or one.created_at for one in builds)
    return min(max((deps.clock.now() - last) / 4, SOONEST), LATEST)


async def keep(outcome: BuildOverview, conversation: Conversation, activity_id: str, deps: Deps) -> None:
    """From now on this card follows the file; an older one in the same chat says that it moved."""
    for card in await deps.ledger.cards(outcome.file_id):
        if card.conversation.id == conversation.id and card.activity_id != activity_id:
            await retired.retire(card, Followed.FILE, deps)
    await deps.ledger.add_card(ShownCard(outcome.file_id, conversation, activity_id, AUDIENCE))
    await deps.jobs.run_again(NAME, outcome.file_id, {"file": outcome.file_id})


async def _refresh(file_id: str, file: KeptFile, deps: Deps) -> None:
    async with in_place.alone(__name__, file_id):
        outcome = await overview(file_id, file, deps.ledger)
        digest = in_place.digest(outcome)
        # Whoever deleted it can still read each package's own card.
        await in_place.each(await deps.ledger.cards(file_id), lambda card: in_place.edit(card, outcome, digest, deps))
