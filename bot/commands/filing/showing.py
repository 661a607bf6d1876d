"""What people are shown of a plan."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.building import rights
from bot.commands.command import Ask
from bot.commands.filing.keeping import build_id
from bot.commands.filing.planning import Plan, Planned
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.builds import Build
from bot.domain.building.changes import changes
from bot.domain.building.facts import Facts
from bot.domain.building.filed import FiledPackage
from bot.domain.building.lint import lint
from bot.domain.building.rows import listed
from bot.domain.building.wording import headline
from bot.domain.outcomes import Difference, FiledLine, FilePlan, Tone, Verdict
from bot.domain.roles import Act


async def applying(plan: Plan, ask: Ask, *, file_id: str) -> FilePlan:
    """The plan with what this person may not do; nothing to press yet."""
    written = [one.result for one in plan.packages if one.changes]
    packages = [each for one in written for each in (one.before, one.wanted) if each]
    facts = await ask.deps.governance.facts(packages) if packages else Facts()
    lines: list[FiledLine] = []
    for at, one in enumerate(plan.packages):
        line = await _guarded(one, _line(one, plan), ask, file_id, at)
        lines.append(replace(line, notes=(*line.notes, *_doubts(one, facts, ask))))
    return FilePlan(tuple(lines), plan.problems)


def _doubts(one: Planned, facts: Facts, ask: Ask) -> tuple[str, ...]:
    """What the lint says of the package as it shall be and does not say of it as it is."""
    before, wanted = one.result.before, one.result.wanted
    if wanted is None or not one.changes:
        return ()
    known = {each.text for each in lint(before, facts, now=ask.now)} if before else set()
    found = (each for each in lint(wanted, facts, now=ask.now) if each.tone in (Tone.BAD, Tone.WARNING))
    return tuple(f"Worth a look: {each.text}" for each in found if each.text not in known)


def comparing(plan: Plan, ask: Ask) -> FilePlan:
    """The same side by side, without what this person may not look at."""
    lines = [
        _line(one, plan) if _may_read(one, ask) else _closed(one, "You may not look at packages in this catalog.")
        for one in plan.packages
    ]
    return FilePlan(tuple(lines), plan.problems, comparing=True, only_here=_only_here(plan, ask))


def ready(outcome: FilePlan) -> bool:
    """Whether all of it can be applied, and there is anything to apply."""
    verdicts = {one.verdict for one in outcome.lines}
    in_order = not outcome.problems and not verdicts & {Verdict.WRONG, Verdict.CLOSED}
    return in_order and bool(verdicts & {Verdict.CREATE, Verdict.CHANGE})


def _line(one: Planned, plan: Plan) -> FiledLine:
    before, wanted = one.result.before, one.result.wanted
    filed = FiledLine(one.filed.draft.name, one.filed.draft.catalog, Verdict.WRONG, problems=one.result.problems)
    if wanted is None:
        return filed
    named = replace(filed, name=wanted.name, catalog=wanted.catalog.name)
    if before is None:
        return replace(named, verdict=Verdict.CREATE, makes=_makes(wanted, plan))
    found = changes(before, wanted, zone=plan.zone)
    differences = tuple(Difference(f"{each.section}: {each.label}", each.was, each.becomes) for each in found)
    verdict = Verdict.CHANGE if one.changes else Verdict.SAME
    return replace(named, verdict=verdict, differences=differences, notes=_staying(one.filed, before, wanted))


def _makes(wanted: Blueprint, plan: Plan) -> tuple[str, ...]:
    resources = (f"Opens {role.resource.name}: {role.role.name}" for role in wanted.roles)
    policies = (f"{one.name}: {headline(one, zone=plan.zone)}" for one in wanted.policies)
    return (*resources, *policies)


def _staying(filed: FiledPackage, before: Blueprint, wanted: Blueprint) -> tuple[str, ...]:
    """What the package has and the file does not name, where the file names others of its kind."""
    said = {(one.ref.casefold(), one.role.casefold()) for one in filed.draft.resources}
    refs = {ref for ref, _ in said}
    kept = [
        f"{role.resource.name} ({role.role.name})"
        for role in before.roles
        if role in wanted.roles and not refs & {role.resource.name.casefold(), role.resource.origin_id.casefold()}
    ]
    names = {one.policy.casefold() for one in (filed.draft, *filed.draft.others)}
    policies = [f"the policy “{one.name}”" for one in before.policies if one.name.casefold() not in names]
    stays = [*(kept if said else []), *(policies if names != {""} else [])]
    return (f"Stays although the file does not name it: {listed(stays)}.",) if stays else ()


async def _guarded(one: Planned, line: FiledLine, ask: Ask, file_id: str, at: int) -> FiledLine:
    """The line, closed where this person may not write what it says."""
    if line.verdict not in (Verdict.CREATE, Verdict.CHANGE):
        return line
    refused = await rights.refuse_building(build_of(one, file_id, at, ask), ask)
    if refused is None:
        return line
    named = next((f" One of these roles opens it: {value}." for title, value in refused.facts if title == "Roles"), "")
    return _closed(one, f"{refused.text}{named}")


def _closed(one: Planned, why: str) -> FiledLine:
    wanted = one.result.wanted
    catalog = wanted.catalog.name if wanted else one.filed.draft.catalog
    return FiledLine(one.filed.draft.name, catalog, Verdict.CLOSED, notes=(why,))


def build_of(one: Planned, file_id: str, at: int, ask: Ask) -> Build:
    """The build that makes the tenant as the package at this place of the file says."""
    return Build(
        build_id(file_id, at),
        ask.person.id,
        ask.person.name,
        ask.now,
        draft=one.filed.draft,
        before=one.result.before,
        wanted=one.result.wanted,
        file=file_id,
    )


def _may_read(one: Planned, ask: Ask) -> bool:
    there = one.result.before or one.result.wanted
    return there is None or ask.may(Act.READ, there.catalog.id)


def _only_here(plan: Plan, ask: Ask) -> tuple[str, ...]:
    """Packages of the catalogs the file speaks of that it does not name."""
    named = {one.result.before.id for one in plan.packages if one.result.before}
    catalogs = {there.catalog.id for one in plan.packages if (there := one.result.before or one.result.wanted)}
    return tuple(
        one.name
        for one in plan.found.packages
        if one.catalog_id in catalogs and one.id not in named and ask.may(Act.READ, one.catalog_id)
    )
