"""Go on with a build that stands still."""

from __future__ import annotations

from bot.commands.building import building, rights
from bot.commands.building.progress import progress
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.building.builds import Build, BuildState
from bot.domain.outcomes import Outcome, Said, Tone


def parse(words: str, value: Value) -> str:
    """The build's id."""
    return text_of(value, "build")


async def run(build_id: str, ask: Ask) -> Outcome:
    """The failure is forgotten and the job runs once more, in the direction it went."""
    build = await ask.deps.ledger.build(build_id)
    if build is None or build.wanted is None or build.state in (BuildState.DRAFT, BuildState.DROPPED):
        return nothing()
    refused = await (rights.refuse_undoing if _is_backwards(build) else rights.refuse_building)(build, ask)
    if refused:
        return refused
    if build.failure:
        seen = build.failure
        # Only the failure that was on the card: a newer one says something the presser has not read.
        build = await ask.deps.ledger.amend_build(
            build.id, lambda one: one.resumed(ask.now) if one.failure == seen else one
        )
        await building.record(build, "go on with the build", ask)
    if build.under_way:
        build = await ask.deps.ledger.amend_build(build.id, lambda one: one.hurried(ask.now))
        await building.run_job(build, ask, again=True)
    return await progress(build, ask.deps)


def nothing() -> Said:
    """For a card whose build is not there."""
    return Said("Nothing to go on with", "I do not know this build any more. Nothing was changed.", Tone.WARNING)


def _is_backwards(build: Build) -> bool:
    return build.state in (BuildState.UNDOING, BuildState.UNDONE)


COMMAND = Command(
    name="package.resume",
    usage="",
    summary="Go on with a build that stands still.",
    parse=parse,
    run=run,
    replaces=True,
    by_card=True,
)
