"""A job failed for good: whoever waits for it is told."""

from __future__ import annotations

from typing import Any

from bot.commands import dispatch
from bot.domain.turns import Turn
from bot.errors import UsherError
from bot.jobs import (
    answer,
    build,
    dismantle,
    extend,
    farewell,
    farewell_sponsor,
    fulfil,
    guest_run,
    notice,
    review,
    revoke,
    share,
)
from bot.ports import Deps


async def failed(name: str, payload: dict[str, Any], error: UsherError, deps: Deps) -> None:
    """The answer's card, or the cards of what was to be done, say what is wrong; the log has it either way."""
    if name == answer.NAME:
        await answer.settle(Turn.from_json(payload), dispatch.explain(error), deps)
    elif name == fulfil.NAME:
        await fulfil.fail(str(payload["invite"]), error, deps)
    elif name == revoke.NAME:
        await revoke.fail(payload, error, deps)
    elif name == extend.NAME:
        await extend.fail(payload, error, deps)
    elif name == review.NAME:
        await review.fail(payload, error, deps)
    elif name == build.NAME:
        await build.fail(str(payload["build"]), error, deps)
    elif name == dismantle.NAME:
        await dismantle.fail(str(payload["build"]), error, deps)
    elif name == guest_run.NAME:
        await guest_run.fail(payload, error, deps)
    elif name == notice.NAME:
        await notice.fail(payload, error, deps)
    elif name == farewell.NAME:
        await farewell.fail(payload, error, deps)
    elif name == farewell_sponsor.NAME:
        await farewell_sponsor.fail(payload, error, deps)
    elif name == share.NAME:
        await share.fail(payload, deps)
