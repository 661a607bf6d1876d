"""`package`: one access package as it is: what it opens, on which terms, how much it is used, what changed last."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches

from bot.commands import packages, views
from bot.commands.building import which
from bot.commands.building.progress import giving
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.audit import AuditEntry
from bot.domain.building import switches
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.facts import Use
from bot.domain.building.lint import lint
from bot.domain.building.lookup import Wanted
from bot.domain.building.rows import ROLES
from bot.domain.building.terms import Terms
from bot.domain.building.wording import headline, policy_lines, sections
from bot.domain.outcomes import Entry, Finding, Outcome, PackageView, PolicyView, Press, Said, Style, Tone
from bot.domain.roles import Act
from bot.errors import Forbidden, NotFound, Rejected

USAGE = 'package "Invited users package"'
SOON = timedelta(days=30)
_MOST_CHANGES = 5
_LINES_READ = 40
_MOST_WORDS = 400
_DID = {
    "create access package": "created it",
    "change access package": "changed it",
    "take back access package": "took it back",
    "take back a change of access package": "took a change back",
    "go on with the build": "went on with what had stopped",
    "share the request link": "shared its request link",
    "delete access package": "began to delete it",
    "go on deleting access package": "went on deleting it",
}
"""Acts of the audit trail as they are told of somebody."""
_UNSAID = ("Policy:", "Policy description: none")


@dataclass(frozen=True, slots=True)
class Wish:
    """A package by id, name or part of a name, and the words as typed. `more`: with the rarer buttons."""

    package: str
    words: str = ""
    more: bool = False


def parse(words: str, value: Value) -> Wish:
    """From words or from a button."""
    return Wish(which.named(words, value), words[:_MOST_WORDS], text_of(value, "verb") == "package.more")


async def run(wanted: Wish, ask: Ask) -> Outcome:
    """Read fresh from Entra; what stands in the way of looking at one part leaves the others."""
    if not wanted.package:
        return await packages.run("", ask)
    found = await which.package_of(wanted.package, ask, verb="package", usage=USAGE)
    if isinstance(found, Said):
        return _slip(wanted.words, ask) or found
    return await shown(found.id, ask, more=wanted.more)


async def shown(package_id: str, ask: Ask, *, more: bool = False) -> PackageView:
    """The card of a package this person may look at. Raises NotFound when it is gone."""
    package, use, changes = await asyncio.gather(
        ask.deps.governance.blueprint(package_id), _use(package_id, ask), _changes(package_id, ask)
    )
    facts = await ask.deps.governance.facts([package])
    return PackageView(
        package.id,
        package.name,
        package.catalog.name,
        await views.link_of(package.id, ask.deps),
        switches.state(package),
        package.description,
        package.hidden,
        opens=_opens(package),
        policies=tuple(_policy(terms, ask) for terms in package.policies),
        use=use,
        within_days=SOON.days,
        changes=changes,
        sound=sound(lint(package, facts, now=ask.now)),
        presses=presses(package, ask, more=more),
        time_zone=ask.turn.caller.time_zone,
    )


def _slip(words: str, ask: Ask) -> Said | None:
    """A verb that was mistyped (`package edti "X"`) reads like a name; None when it hardly was one."""
    first, _, rest = words.strip().partition(" ")
    verbs = {one.name.partition(" ")[2]: one for one in ask.commands if one.name.startswith("package ")}
    near = get_close_matches(first.casefold(), list(verbs), n=1, cutoff=0.7)
    if not near or which.is_quoted(words):
        return None
    meant = verbs[near[0]]
    typed = f"{meant.name} {rest.strip()}".strip()
    text = f"Then type: {typed}" if rest.strip() else f"For example: {meant.usage}"
    return Said(f"Did you mean “{meant.name}”?", text, Tone.WARNING, presses=_help_on(meant))


def _help_on(meant: Command) -> tuple[Press, ...]:
    return (Press(f"Help on {meant.name}", "help", {"topic": meant.name}), Press("Show access packages", "packages"))


async def _use(package_id: str, ask: Ask) -> Use | None:
    """How much it is used; None where Entra refuses to say."""
    try:
        return await ask.deps.governance.use(package_id, now=ask.now, within=SOON)
    except (Forbidden, NotFound, Rejected):
        return None


async def _changes(package_id: str, ask: Ask) -> tuple[Entry, ...]:
    """What people did to it through Usher, the newest first; the steps of each stand on its own card."""
    lines = await ask.deps.ledger.trail(package_id, limit=_LINES_READ)
    acts = [line for line in lines if line.result == "started"][:_MOST_CHANGES]
    if not acts:
        return ()
    found = await ask.deps.governance.look_up(Wanted(subjects=tuple(dict.fromkeys(line.actor for line in acts))))
    names = {ref: many[0].subject.name for ref, many in found.subjects.items() if many}
    return tuple(Entry(line.at, _said(line, names.get(line.actor, "Somebody"))) for line in acts)


def _said(line: AuditEntry, who: str) -> str:
    did = _DID.get(line.act)
    return (f"{who} {did}" if did else f"{who}: {line.act}") + (f" ({line.detail})" if line.detail else "")


def _opens(package: Blueprint) -> tuple[str, ...]:
    if not package.roles:
        return ()
    return next((one.lines for one in sections(package) if one.title == ROLES), ())


def _policy(terms: Terms, ask: Ask) -> PolicyView:
    lines = (line for line in policy_lines(terms, zone=ask.zone) if not line.startswith(_UNSAID))
    return PolicyView(terms.name, headline(terms, zone=ask.zone), tuple(lines))


def sound(findings: tuple[Finding, ...]) -> tuple[Tone, str]:
    """What the lint says, in one line: the gravest finding, and how many more there are."""
    if not findings:
        return Tone.GOOD, "nothing stands out"
    first = findings[0]
    more = f" (and {len(findings) - 1} more: press Lint)" if len(findings) > 1 else ""
    return first.tone, first.text + more


def presses(package: Blueprint, ask: Ask, *, more: bool = False) -> tuple[Press, ...]:
    """What this person may do with it; a card with the link's own button has room for five."""
    builds = ask.may(Act.BUILD, package.catalog.id)
    data = {"package": package.id}
    rare = [
        Press("Show" if package.hidden else "Hide", "package show" if package.hidden else "package hide", data),
        Press("Clone", "package clone", data),
        Press("Delete", "package delete", data, style=Style.DANGER),
    ]
    export = Press("Export", "package export", data)
    if more:
        return _known([*(rare[:2] if builds else []), export, *(rare[2:] if builds else []), _back(data)], ask)
    invite = giving(ask.roles, package.catalog.id, data)
    lint_ = Press("Lint", "package lint", data)
    if not builds:
        return _known([*invite, lint_, export], ask)
    edit = Press("Edit", "package edit", data, style=Style.PRIMARY)
    return _known([edit, *invite, *_requests(package, data), lint_, Press("More…", "package.more", data)], ask)


def _requests(package: Blueprint, data: dict[str, str]) -> list[Press]:
    if not switches.can_take_requests(package):
        return []
    closes = switches.takes_requests(package)
    return [Press("Close requests" if closes else "Open requests", "package close" if closes else "package open", data)]


def _back(data: dict[str, str]) -> Press:
    return Press("Back", "package.less", data)


def _known(wanted: list[Press], ask: Ask) -> tuple[Press, ...]:
    """Without buttons that nothing here answers."""
    verbs = {verb for one in ask.commands for verb in (one.name, *one.verbs)}
    return tuple(press for press in wanted if press.verb in verbs)


COMMAND = Command(
    name="package",
    usage=USAGE,
    summary="One access package: what it opens, its policies, its link, who uses it, and buttons to change it.",
    parse=parse,
    run=run,
    aliases=("paket",),
    verbs=("package.more", "package.less"),
    act=Act.READ,
    redraws=("package.more", "package.less"),
    group="package",
)
