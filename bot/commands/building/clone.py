"""`package clone`: a new package with everything another one has, looked at before it is made."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.commands.building import drafting, which, wizard
from bot.commands.building.understanding import understand
from bot.commands.command import Ask, Command, Value
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.describing import draft_of
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.switches import copied
from bot.domain.outcomes import Outcome, Said
from bot.domain.roles import Act

USAGE = 'package clone "Invited users package" as "Second package"'
_AS = re.compile(r"\s+(?:as|to|into|named|called)\s+", re.IGNORECASE)
_LEADING = re.compile(r"(?:as|to|into|named|called)\s+", re.IGNORECASE)
_IN = re.compile(r"(?:in|into|catalog\s?:)\s*(?:the\s+)?(?:catalog\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Copy:
    """`package` an id or a name; `name` of the new one and `catalog` it shall be in, "" where nothing was said."""

    package: str
    name: str = ""
    catalog: str = ""


def parse(words: str, value: Value) -> Copy:
    """`"X" as "Y"`, `X as Y`, `"X" as "Y" in "Partners"`, or a button."""
    if value:
        return Copy(which.named("", value))
    package, rest = which.parted(words)
    if not which.is_quoted(words):
        # A name may hold the word "as": the last one parts the two.
        parts = [*_AS.finditer(words)]
        if not parts:
            return Copy(package)
        package, rest = which.parted(words[: parts[-1].start()])[0], words[parts[-1].end() :]
    rest = _LEADING.sub("", rest, count=1) if _LEADING.match(rest) else rest
    name, behind = which.parted(rest)
    within = _IN.match(behind)
    return Copy(package, name, which.parted(behind[within.end() :])[0] if within else "")


async def run(wanted: Copy, ask: Ask) -> Outcome:
    """The review of the copy; its first page where a name is missing or something of it cannot be copied."""
    found = await which.package_of(wanted.package, ask, verb="package clone", usage=USAGE)
    if isinstance(found, Said):
        return found
    refused = None if wanted.catalog else await ask.refuse(Act.BUILD, found.catalog.id)
    if refused:
        return refused
    package = await ask.deps.governance.blueprint(found.id)
    draft = _draft(package, wanted, ask)
    build = await drafting.begin(draft, ask)
    if not wanted.name:
        notes = (f"Everything “{package.name}” has is filled in. Give the copy a name of its own.",)
        return await wizard.present(build, ask, notes=notes)
    notes = (f"A copy of “{package.name}”: everything it has, and nobody who has it.",)
    return await wizard.to_review(build, await understand(build.draft, ask), ask, notes=notes)


def _draft(package: Blueprint, wanted: Copy, ask: Ask) -> PackageDraft:
    copy = copied(package, wanted.name or f"Copy of {package.name}", now=ask.now)
    draft = draft_of(copy, zone=ask.zone)
    return replace(draft, catalog=wanted.catalog) if wanted.catalog else draft


COMMAND = Command(
    name="package clone",
    usage=USAGE,
    summary="A new package with everything another one has; you look at it before it is made.",
    parse=parse,
    run=run,
    aliases=("package copy", "clone package", "copy package"),
    act=Act.BUILD,
    replaces=True,
    group="package",
)
