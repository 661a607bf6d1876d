"""`package close`, `open`, `hide`, `show` and `direct`: the plain changes, each shown before it is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.commands.building import which
from bot.commands.building.changing import Proposal, propose
from bot.commands.command import Ask, Command
from bot.domain.building import switches
from bot.domain.building.blueprints import Blueprint
from bot.domain.outcomes import Outcome, Press, Said, Tone
from bot.domain.roles import Act


@dataclass(frozen=True, slots=True)
class Switch:
    """One of them. `asks` is the question with the package's name in it; `means` says what it does for people.

    `cannot` says why a package has nothing to switch, "" when every package has.
    """

    word: str
    summary: str
    asks: str
    means: tuple[str, ...]
    change: Callable[[Blueprint], Blueprint]
    cannot: str = ""


_DIRECT_ONLY = "Only administrators assign this package; nobody could ask for it anyway. Its policies say so."
SWITCHES = (
    Switch(
        "close",
        "Close a package for requests: nobody new can ask, whoever has it keeps it.",
        "Close “{name}” for requests?",
        (
            "Nobody new can ask for it, and its request link says so. Requests that wait go on.",
            "Whoever has it keeps it until it ends, and administrators can still assign it.",
        ),
        switches.closed,
        _DIRECT_ONLY,
    ),
    Switch(
        "open",
        "Open a package for requests again.",
        "Open “{name}” for requests?",
        ("Everybody its policies are for can ask for it again, on the terms shown on its card.",),
        switches.opened,
        _DIRECT_ONLY,
    ),
    Switch(
        "hide",
        "Hide a package in My Access: only its link leads to it.",
        "Hide “{name}”?",
        ("My Access no longer lists it. Whoever has the request link can still ask, and whoever has it keeps it.",),
        lambda package: switches.shown(package, hidden=True),
    ),
    Switch(
        "show",
        "Show a hidden package in My Access again.",
        "Show “{name}” in My Access?",
        ("My Access lists it for everybody who may ask for it.",),
        lambda package: switches.shown(package, hidden=False),
    ),
    Switch(
        "direct",
        "Let administrators assign a package at once: adds a policy that asks for nothing.",
        "Let administrators assign “{name}” at once?",
        ("Nobody can ask through the new policy; it is used when an administrator assigns the package.",),
        switches.assignable,
    ),
)


async def _run(switch: Switch, wanted: str, ask: Ask) -> Outcome:
    """The difference with a Yes."""
    found = await which.package_of(wanted, ask, verb=f"package {switch.word}", usage=_usage(switch))
    if isinstance(found, Said):
        return found
    refused = await ask.refuse(Act.BUILD, found.catalog.id)
    if refused:
        return refused
    before = await ask.deps.governance.blueprint(found.id)
    if switch.cannot and not switches.can_take_requests(before):
        show = Press("Show package", "package", {"package": before.id})
        return Said("Nothing to change", switch.cannot, Tone.INFO, presses=(show,))
    again = Press("Look again", f"package {switch.word}", {"package": before.id})
    title = switch.asks.format(name=before.name)
    return await propose(Proposal(before, switch.change(before), title, again, switch.means), ask)


def _usage(switch: Switch) -> str:
    return f'package {switch.word} "Invited users package"'


def _command(switch: Switch) -> Command:
    run: Callable[[str, Ask], Awaitable[Outcome]] = lambda wanted, ask: _run(switch, wanted, ask)  # noqa: E731
    return Command(
        name=f"package {switch.word}",
        usage=_usage(switch),
        summary=switch.summary,
        parse=which.named,
        run=run,
        act=Act.BUILD,
        replaces=True,
        group="package",
    )


COMMANDS = tuple(map(_command, SWITCHES))
