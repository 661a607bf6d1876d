"""`org configure` and `org propose`: whether an organization counts among all configured ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.commands.command import Ask, Command
from bot.commands.naming import Which
from bot.commands.organizations import which
from bot.domain.building.organizations import OrganizationState
from bot.domain.outcomes import Outcome, Press, Said
from bot.domain.roles import Act

_DONE = {
    OrganizationState.CONFIGURED: "Configured: its people may ask wherever all configured organizations may.",
    OrganizationState.PROPOSED: "Proposed: its people can no longer ask where only configured organizations may.",
}
_WORDS = {OrganizationState.CONFIGURED: "configure", OrganizationState.PROPOSED: "propose"}
_SUMMARIES = {
    OrganizationState.CONFIGURED: "Let an organization count among all configured connected organizations.",
    OrganizationState.PROPOSED: "Let an organization count no longer among the configured ones.",
}


async def _run(state: OrganizationState, wanted: Which, ask: Ask) -> Outcome:
    """The organization as it is afterwards, with a way back."""
    word, other = _WORDS[state], next(one for one in OrganizationState if one is not state)
    found = await which.find(wanted, ask, press=Press("", f"org {word}"), usage=f'org {word} "Fabrikam"')
    if isinstance(found, Said):
        return found
    if found.state is state:
        return await which.details(found, ask, said="It was like that already; nothing was changed.")
    changed = replace(found, state=state)
    async with ask.doing(f"{word} organization", found.id, detail=found.name):
        await ask.deps.catalogs.update_organization(changed)
    undo = Press("Undo", f"org {_WORDS[other]}", {"organization": found.id})
    return await which.details(changed, ask, said=_DONE[state], undo=undo)


def _command(state: OrganizationState) -> Command:
    run: Callable[[Which, Ask], Awaitable[Outcome]] = lambda wanted, ask: _run(state, wanted, ask)  # noqa: E731
    return Command(
        name=f"org {_WORDS[state]}",
        usage=f'org {_WORDS[state]} "Fabrikam"',
        summary=_SUMMARIES[state],
        parse=which.parse,
        run=run,
        act=Act.ORGANIZE,
        replaces=True,
        group="orgs",
    )


COMMANDS = tuple(_command(state) for state in OrganizationState)
