"""How far the packages of an applied file are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.building.progress import progress
from bot.commands.command import Ask
from bot.domain.building.builds import Build, BuildState
from bot.domain.outcomes import BuildLine, BuildOverview, BuildProgress, LineState, Press, Said, Tone

MOST_BUTTONS = 5
_ENDS = {
    BuildState.BUILT: (Tone.GOOD, "done"),
    BuildState.UNDONE: (Tone.INFO, "taken back"),
    BuildState.UNDOING: (Tone.WORKING, "being taken back"),
    BuildState.DROPPED: (Tone.INFO, "given up"),
}


async def overview(builds: Sequence[Build], file_id: str, ask: Ask) -> BuildOverview:
    """One line for each, and a button to the card that shows every step."""
    lines = [_line(build, await progress(build, ask.deps)) for build in builds]
    shown = [
        Press(f"Show {_name(build)}", "package.apply.show", {"file": file_id, "build": build.id})
        for build in builds[:MOST_BUTTONS]
    ]
    refresh = Press("Refresh", "package.apply.state", {"file": file_id})
    return BuildOverview(tuple(lines), (refresh, *shown))


def _name(build: Build) -> str:
    return build.wanted.name if build.wanted else ""


def _line(build: Build, shown: BuildProgress) -> BuildLine:
    if build.failure:
        stuck = next((one.title for one in shown.steps if one.state is LineState.STUCK), "")
        return BuildLine(_name(build), Tone.BAD, f"stopped at: {stuck}" if stuck else build.failure.text)
    if build.state in _ENDS:
        return BuildLine(_name(build), *_ENDS[build.state])
    done = sum(one.state is LineState.DONE for one in shown.steps)
    return BuildLine(_name(build), Tone.WORKING, f"{done} of {len(shown.steps)} steps done")


def refused(build: Build, said: Said) -> BuildLine:
    """A build that was not begun, and why."""
    return BuildLine(_name(build), Tone.BAD, f"not begun: {said.title}. {said.text}")
