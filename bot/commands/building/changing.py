"""Propose a change of a package: what would differ, what gives pause, and a Yes that writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot.commands.building import building
from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.changes import Change, changes
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.lint import lint
from bot.domain.building.pages import Page
from bot.domain.outcomes import Difference, Finding, Outcome, PackageChange, Press, Said, Style, Tone
from bot.domain.roles import Act
from bot.errors import NotFound

PAGE = "change"
"""Marks the builds that were proposed on a card of their own. Stored: never rename it."""
_MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Proposal:
    """A package as it is and as it shall be. `again`: the button that proposes the same on what is there by then."""

    before: Blueprint
    wanted: Blueprint
    title: str
    again: Press
    notes: tuple[str, ...] = ()
    presses: tuple[Press, ...] = ()


async def propose(proposal: Proposal, ask: Ask) -> Outcome:
    """The card with the difference; nothing is written yet. What is the same already is said to be so."""
    before, wanted = proposal.before, proposal.wanted
    refused = await ask.refuse(Act.BUILD, before.catalog.id)
    if refused:
        return refused
    if not changes(before, wanted):
        text = f"“{before.name}” is like that already. Nothing was written."
        return Said("Nothing to change", text, Tone.GOOD, presses=(_show(before.id),))
    build = await ask.deps.ledger.open_build(_opened(proposal, ask))
    return await _card(build, proposal, ask)


def _opened(proposal: Proposal, ask: Ask) -> Build:
    """The same turn twice proposes once."""
    return Build(
        f"change-{ask.turn.key}",
        ask.person.id,
        ask.person.name,
        ask.now,
        draft=PackageDraft(name=proposal.wanted.name),
        page=PAGE,
        before=proposal.before,
        wanted=proposal.wanted,
        updated_at=ask.now,
    )


async def _card(build: Build, proposal: Proposal, ask: Ask) -> PackageChange:
    before, wanted = build.before or proposal.before, build.wanted or proposal.wanted
    data = {"build": build.id, **_sent(proposal.again)}
    return PackageChange(
        build.id,
        proposal.title,
        differences(changes(before, wanted, zone=ask.zone)),
        proposal.notes,
        await new_findings(before, wanted, ask),
        presses=(
            Press("Yes, change it", "package.change.yes", data, style=Style.PRIMARY),
            *proposal.presses,
            Press("No, leave it", "package.change.no", data),
        ),
    )


async def of_form(
    build: Build, before: Blueprint, wanted: Blueprint, ask: Ask, notes: tuple[str, ...] = ()
) -> PackageChange:
    """The last page of the wizard for a package that exists: what would differ, and the way back to each page."""
    data = {"build": build.id, "stamp": build.stamp, "page": Page.REVIEW.value}
    found = differences(changes(before, wanted, zone=ask.zone))
    yes = Press("Yes, change it", "package.create", data, style=Style.PRIMARY)
    pages = (Page.BASICS, Page.RESOURCES, Page.REQUESTS)
    return PackageChange(
        build.id,
        f"Change “{before.name}”?" if found else f"Nothing differs from “{before.name}” yet",
        found,
        (*notes, *for_holders(before, wanted)),
        await new_findings(before, wanted, ask) if found else (),
        presses=(
            *([yes] if found else []),
            Press("Back", "package.back", data),
            *(Press(page.heading, "package.goto", {**data, "goto": page.value}) for page in pages),
            Press("Cancel", "package.drop", data),
        ),
    )


def for_holders(before: Blueprint, after: Blueprint) -> tuple[str, ...]:
    """What a change does, and what it does not do, for those who have the package."""
    old, new = ([terms.ends for terms in one.policies] for one in (before, after))
    kept = ("Whoever has it already keeps the end they were given.",) if old != new else ()
    gone = {role.key for role in before.roles} - {role.key for role in after.roles}
    lost = ("Whoever has it loses what is taken out of it, within minutes.",) if gone else ()
    return (*kept, *lost)


def _sent(again: Press) -> dict[str, Any]:
    """What a button must carry so that the change can be proposed again; all of it is untrusted when it comes back."""
    return {"again": again.verb, "package": again.data.get("package", ""), "words": again.data.get("words", "")}


def differences(found: Iterable[Change]) -> tuple[Difference, ...]:
    """As a card shows them."""
    return tuple(Difference(f"{one.section}: {one.label}", one.was, one.becomes) for one in found)


async def new_findings(before: Blueprint, wanted: Blueprint, ask: Ask) -> tuple[Finding, ...]:
    """What the lint would say of the package afterwards and does not say now."""
    facts = await ask.deps.governance.facts([before, wanted])
    known = {(one.code, one.text) for one in lint(before, facts, now=ask.now)}
    return tuple(one for one in lint(wanted, facts, now=ask.now) if (one.code, one.text) not in known)


def _show(package_id: str) -> Press:
    return Press("Show package", "package", {"package": package_id})


@dataclass(frozen=True, slots=True)
class Answer:
    """What was pressed on a proposal: "yes" or "no", and the button that proposes it again."""

    step: str
    build_id: str
    again: Press


def parse(words: str, value: Value) -> Answer:
    """From the card's buttons alone."""
    step = "yes" if text_of(value, "verb", most=60) == "package.change.yes" else "no"
    data = {"package": text_of(value, "package"), "words": text_of(value, "words", most=_MOST_WORDS)}
    verb = text_of(value, "again", most=60)
    return Answer(step, text_of(value, "build"), Press("Look again", verb if verb.startswith("package") else "", data))


async def run(wanted: Answer, ask: Ask) -> Outcome:
    """The build's progress card; or what somebody else changed since the card was drawn, and nothing is written."""
    build = await ask.deps.ledger.build(wanted.build_id)
    if build is None or build.before is None or build.wanted is None or build.owner_id != ask.person.id:
        # A build that does not exist is told like another's: ids are nobody's business.
        return Said("That proposal is not yours", "Type what you want to change. Nothing was written.", Tone.WARNING)
    if wanted.step == "no":
        return await _leave(build, ask)
    if build.state is not BuildState.DRAFT:
        return await building.start(build.id, ask)
    return await decide(build, wanted.again, ask)


async def decide(build: Build, again: Press, ask: Ask) -> Outcome:
    """Written when the package is as the person saw it; authorised anew, by the roles they hold now."""
    before = build.before
    assert before is not None
    refused = await ask.refuse(Act.BUILD, before.catalog.id)
    if refused:
        return refused
    try:
        now = await ask.deps.governance.blueprint(before.id)
    except NotFound:
        return Said("The package is gone", "Somebody deleted it meanwhile. Nothing was written.", Tone.WARNING)
    meanwhile = changes(before, now, zone=ask.zone)
    if meanwhile:
        return _overtaken(build, differences(meanwhile), again)
    if now != before:
        await ask.deps.ledger.amend_build(build.id, lambda one: _fresher(one, now))
    return await building.start(build.id, ask)


def _fresher(build: Build, now: Blueprint) -> Build:
    """Entra touched the package without changing what it means: the times it compares are those of now."""
    if build.state is not BuildState.DRAFT or build.before is None or build.wanted is None:
        return build
    times = {terms.id: terms.modified_at for terms in now.policies}
    policies = tuple(replace(one, modified_at=times.get(one.id, one.modified_at)) for one in build.wanted.policies)
    return replace(build, before=now, wanted=replace(build.wanted, policies=policies, modified_at=now.modified_at))


def _overtaken(build: Build, meanwhile: tuple[Difference, ...], again: Press) -> PackageChange:
    name = build.before.name if build.before else ""
    return PackageChange(
        build.id,
        f"“{name}” has changed since you looked",
        (),
        ("Nothing is overwritten: look again to see what your change would do now.",),
        meanwhile=meanwhile,
        presses=(
            *([replace(again, style=Style.PRIMARY)] if again.verb else []),
            Press("No, leave it", "package.change.no", {"build": build.id}),
        ),
    )


async def _leave(build: Build, ask: Ask) -> Outcome:
    if build.state is not BuildState.DRAFT:
        return await building.start(build.id, ask)

    def dropped(one: Build) -> Build:
        return replace(one, state=BuildState.DROPPED) if one.state is BuildState.DRAFT else one

    await ask.deps.ledger.amend_build(build.id, dropped)
    before = build.before
    assert before is not None
    return Said("Nothing was changed", f"“{before.name}” stays as it is.", presses=(_show(before.id),))


COMMAND = Command(
    name="package.change",
    usage="",
    summary="Write a change that was shown.",
    parse=parse,
    run=run,
    verbs=("package.change.yes", "package.change.no"),
    replaces=True,
    by_card=True,
)
