"""Take an assignment back in Entra."""

from __future__ import annotations

import logging
from typing import Any

from bot.errors import AlreadyThere, Ambiguous, NotFound
from bot.jobs import look, show
from bot.jobs.job import Again
from bot.ports import Deps

log = logging.getLogger(__name__)

NAME = "revoke"


async def revoke(payload: dict[str, Any], deps: Deps) -> Again | None:
    """The removal is under way, once; `look` sees its end. `payload`: {"assignment": id, "invite": id},
    either may be "": without an assignment only the cards are brought up to date.
    """
    if payload["assignment"]:
        try:
            await deps.directory.remove(str(payload["assignment"]), justification="Revoked through Usher")
        except Ambiguous:
            # Asking again is safe: Entra says AlreadyThere when the first one got through.
            return Again(2.0)
        except (AlreadyThere, NotFound):
            log.info("removal found nothing to remove", extra={"assignment": payload["assignment"]})
    invite_id = str(payload.get("invite", ""))
    if invite_id:
        await look.soon(invite_id, deps)
        await show.refresh(invite_id, deps)
    return None
