"""A guest's own `extend`: keep an access by themselves where its policy says so, otherwise ask who decides, once."""

from __future__ import annotations

from bot.commands import mine
from bot.commands.command import Ask
from bot.commands.extensions import deciders
from bot.commands.subject import Subject
from bot.domain import extension
from bot.domain.access import Assignment, AssignmentState
from bot.domain.extension_asks import AskState, ExtensionAsk, ask_id
from bot.domain.matching import match
from bot.domain.outcomes import KeepAccess, KeepWay, Outcome
from bot.domain.packages import AccessPackage, Policy
from bot.domain.spoken import read_language
from bot.ports import Deps

JOB = "ask_extension"
_LONGEST_REASON = 400
_WAYS = {
    AskState.ASKED: KeepWay.ASKED,
    AskState.EXTENDED: KeepWay.EXTENDED,
    AskState.ENDING: KeepWay.ENDING,
}


async def run(about: Subject, reason: str, ask: Ask, *, sent: bool) -> Outcome:
    """The guest's card about keeping the access they mean; their own access where that is not clear.

    `sent`: they pressed the button that asks. Whatever guest a card or sentence names, it is the asker's own access.
    """
    held = await ask.deps.directory.assignments(person_id=ask.person.id)
    chosen = _chosen(about.package, held, ask)
    if chosen is None or chosen.ends_at is None:
        return await mine.mine(ask)
    known = await ask.deps.extension_asks.ask(ask_id(chosen.id, chosen.ends_at))
    if known:
        if known.state is AskState.ASKED:
            await _begin(known, ask.deps)
        return await shown(known, ask.deps)
    package, policy = await _package(chosen, ask.deps)
    latest = extension.latest_end(policy, ask.now)
    if latest <= chosen.ends_at + extension.SAME:
        return await _offer(KeepWay.AT_MOST, chosen, ask)
    if policy and policy.extendable:
        return await _offer(KeepWay.OWN, chosen, ask)
    whom = await deciders.of(ask.person, package, ask.deps)
    if not whom or not (sent or reason):
        return await _offer(KeepWay.OPEN, chosen, ask, whom=tuple(one.name for one in whom))
    question = ExtensionAsk(
        id=ask_id(chosen.id, chosen.ends_at),
        assignment_id=chosen.id,
        person_id=ask.person.id,
        person_name=ask.person.name,
        address=ask.person.address,
        package_id=chosen.package_id,
        package_name=chosen.package_name,
        ends_at=chosen.ends_at,
        latest=latest,
        days=extension.usual_days(policy, chosen.ends_at, ask.now) or 1,
        asked=whom,
        asked_at=ask.now,
        key=ask.turn.key,
        reason=reason[:_LONGEST_REASON],
        language=read_language(ask.turn.caller.locale) or "en",
        time_zone=ask.turn.caller.time_zone,
    )
    stored, is_new = await ask.deps.extension_asks.claim(question)
    if is_new:
        detail = f"{chosen.package_name}: ends {chosen.ends_at:%Y-%m-%d}"
        await ask.record("ask to keep access", ask.person.address, detail=detail, package=chosen.package_id)
    await _begin(stored, ask.deps)
    return await shown(stored, ask.deps)


async def shown(question: ExtensionAsk, deps: Deps, time_zone: str = "") -> KeepAccess:
    """What its guest is shown of a question."""
    tenant = await deps.directory.tenant()
    return KeepAccess(
        way=_WAYS[question.state],
        package_id=question.package_id,
        package_name=question.package_name,
        ends_at=question.ends_at,
        organisation=tenant.name,
        name=question.person_name,
        language=question.language,
        time_zone=time_zone or question.time_zone,
        whom=tuple(one.name for one in question.asked),
        asked_at=question.asked_at,
        by=question.by_name,
        new_end=question.new_end,
        ask_id=question.id,
    )


async def _begin(question: ExtensionAsk, deps: Deps) -> None:
    """The cards are on their way, once: also when the process died between the question and them."""
    await deps.jobs.start(JOB, question.id, {"ask": question.id})


def _chosen(package: str, held: tuple[Assignment, ...], ask: Ask) -> Assignment | None:
    """The one access that ends and is meant; None where there is none, or several are."""
    ending = [
        one
        for one in held
        if one.state in (AssignmentState.DELIVERED, AssignmentState.PARTIALLY_DELIVERED)
        and one.ends_at
        and one.ends_at > ask.now
    ]
    if package:
        return match(package, ending, name=lambda one: one.package_name, key=lambda one: one.package_id).one
    return ending[0] if len(ending) == 1 else None


async def _package(chosen: Assignment, deps: Deps) -> tuple[AccessPackage | None, Policy | None]:
    packages = await deps.directory.packages()
    package = next((one for one in packages if one.id == chosen.package_id), None)
    policies = package.policies if package else ()
    return package, next((one for one in policies if one.id == chosen.policy_id), None)


async def _offer(way: KeepWay, chosen: Assignment, ask: Ask, *, whom: tuple[str, ...] = ()) -> KeepAccess:
    tenant = await ask.deps.directory.tenant()
    return KeepAccess(
        way=way,
        package_id=chosen.package_id,
        package_name=chosen.package_name,
        ends_at=chosen.ends_at or ask.now,
        organisation=tenant.name,
        name=ask.person.name,
        language=read_language(ask.turn.caller.locale) or "en",
        time_zone=ask.turn.caller.time_zone,
        whom=whom,
        link=ask.deps.links.overview(tenant.domain) if way is KeepWay.OWN else "",
    )
