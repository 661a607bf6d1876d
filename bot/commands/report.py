"""`report`: guests by state, access packages by use, ends by week, and how long it takes from invite to access."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.commands import counting
from bot.commands.command import Ask, Command, Value
from bot.domain.outcomes import Outcome, ReportShown
from bot.domain.report import report
from bot.domain.roles import Act

USAGE = "report"
LOOKED_BACK = timedelta(days=90)
"""Invites of this time tell how long it takes; older ones would hide what has changed."""


def parse(words: str, value: Value) -> str:
    """Nothing more is asked."""
    return ""


async def run(wanted: str, ask: Ask) -> Outcome:
    """Read in one go; a role in some catalogs shows the access packages of these catalogs only."""
    directory = ask.deps.directory
    guests, packages, (counted, as_of), took = await asyncio.gather(
        directory.guests(),
        directory.packages(),
        counting.counted(ask),
        ask.deps.ledger.times_to_access(ask.now - LOOKED_BACK),
    )
    shown = {one.id: one.name for one in packages if ask.may(Act.READ, one.catalog.id)}
    numbers = report(guests, counted, shown, took, now=ask.now, zone=ask.zone)
    limited = len(shown) < len(packages)
    zone = ask.turn.caller.time_zone
    return ReportShown(numbers, LOOKED_BACK.days, ask.now, zone, limited=limited, counted_at=as_of)


COMMAND = Command(
    name="report",
    usage=USAGE,
    summary="Guests by state, packages by use, what ends when, and how long access takes, in numbers.",
    parse=parse,
    run=run,
    aliases=("numbers", "statistics"),
    act=Act.READ,
)
