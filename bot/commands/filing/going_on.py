"""Go on with the packages of an applied file that stand still."""

from __future__ import annotations

from bot.commands.building import building, resume
from bot.commands.command import Ask
from bot.commands.filing import keeping
from bot.commands.filing.keeping import KeptFile
from bot.commands.filing.overview import overview, stands_still
from bot.domain.building.builds import Build, BuildState
from bot.domain.outcomes import Outcome, Said, Tone


async def go_on(file_id: str, file: KeptFile, ask: Ask) -> Outcome:
    """Each of them is under way again, as far as the asker may; the overview says of the others why not."""
    builds = await ask.deps.ledger.builds(file.build_ids(file_id))
    refused = {one.id: file.refused.get(one.id, "") for one in builds if one.state is BuildState.DRAFT}
    answers = [(one, await _go_on(one, ask)) for one in builds if stands_still(one)]
    for build, answer in answers:
        refused.pop(build.id, None)
        if isinstance(answer, Said) and build.state is not BuildState.DRAFT:
            return answer  # Whoever may not go on with what stopped is told so, and the card stays as it is.
        if isinstance(answer, Said):
            refused[build.id] = why(answer)
    if not builds:
        return Said("Nothing is under way", "Nobody applied this file yet.", Tone.WARNING)
    await keeping.refuse(file_id, refused, ask.deps.ledger)
    fresh = await keeping.kept(file_id, ask.deps.ledger)
    return await overview(file_id, fresh or file, ask.deps.ledger)


async def _go_on(build: Build, ask: Ask) -> Outcome:
    if build.state is BuildState.DRAFT:
        return await building.start(build.id, ask)
    return await resume.run(build.id, ask)


def why(said: Said) -> str:
    """A refusal in one line."""
    return f"{said.title}. {said.text}"
