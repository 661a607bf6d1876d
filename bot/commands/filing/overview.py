"""How far the packages of an applied file are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.building.progress import lines_of
from bot.commands.filing.keeping import KeptFile
from bot.domain.building.builds import Build, BuildState
from bot.domain.outcomes import BuildLine, BuildOverview, LineState, Press, Style, Tone
from bot.ports import Ledger

MOST_BUTTONS = 5
_ENDS = {
    BuildState.BUILT: (Tone.GOOD, "done"),
    BuildState.UNDONE: (Tone.INFO, "taken back"),
    BuildState.UNDOING: (Tone.WORKING, "being taken back"),
    BuildState.DROPPED: (Tone.INFO, "given up"),
}


async def overview(file_id: str, file: KeptFile, ledger: Ledger) -> BuildOverview:
    """One line for each package that is changed, and a button to the card that shows every step."""
    builds = await ledger.builds(file.build_ids(file_id))
    lines = [_line(build, file) for build in builds]
    settled = not any(is_moving(build) for build in builds)
    return BuildOverview(file_id, tuple(lines), settled, _presses(file_id, builds, lines, settled=settled))


def is_moving(build: Build) -> bool:
    """Whether it changes by itself; a change that is being taken back has a build of its own for it."""
    return build.under_way and not (build.changes and build.state is BuildState.UNDOING)


def stands_still(build: Build) -> bool:
    """Whether Resume would get it further."""
    return build.state is BuildState.DRAFT or build.failure is not None


def _presses(file_id: str, builds: Sequence[Build], lines: Sequence[BuildLine], *, settled: bool) -> tuple[Press, ...]:
    """Resume when something stands still, otherwise Refresh while anything moves; what needs a look is shown first."""
    data = {"file": file_id}
    stuck = any(stands_still(build) for build in builds)
    first = [Press("Resume", "package.apply.resume", data, style=Style.PRIMARY)] if stuck else []
    if not settled and not stuck:
        first = [Press("Refresh", "package.apply.state", data)]
    pairs = sorted(zip(builds, lines, strict=True), key=lambda pair: pair[1].tone is not Tone.BAD)
    shown = [
        Press(f"Show {_name(build)}", "package.apply.show", {**data, "build": build.id})
        for build, _ in pairs[:MOST_BUTTONS]
        if build.state is not BuildState.DRAFT
    ]
    return (*first, *shown)


def _name(build: Build) -> str:
    return build.wanted.name if build.wanted else ""


def _line(build: Build, file: KeptFile) -> BuildLine:
    name = _name(build)
    if build.state is BuildState.DRAFT:
        why = file.refused.get(build.id, "")
        return BuildLine(name, Tone.BAD, f"not begun: {why}" if why else "not begun")
    steps = lines_of(build)
    if build.failure:
        stuck = next((one.title for one in steps if one.state is LineState.STUCK), "")
        return BuildLine(name, Tone.BAD, f"stopped at: {stuck}. {build.failure.text}" if stuck else build.failure.text)
    if build.state in _ENDS:
        return BuildLine(name, *_ENDS[build.state])
    done = sum(one.state is LineState.DONE for one in steps)
    waits = "; Microsoft 365 does not answer, I keep trying" if build.waits_long else ""
    return BuildLine(name, Tone.WORKING, f"{done} of {len(steps)} steps done{waits}")
