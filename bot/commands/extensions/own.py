"""A guest's own `extend`: keep an access by themselves where its policy says so, otherwise ask who decides, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands import mine
from bot.commands.command import Ask
from bot.commands.extending import Holding
from bot.commands.extensions import deciders, themselves
from bot.commands.subject import Subject
from bot.domain import extension
from bot.domain.access import Assignment, AssignmentState
from bot.domain.extension_asks import Asked, AskState, ExtensionAsk, ask_id
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


@dataclass(frozen=True, slots=True)
class Wish:
    """What a guest wants: `sent`: they pressed the button that asks; `themselves`: the one that extends in their own
    name, on a card that showed the end `seen` (ISO 8601).
    """

    about: Subject
    reason: str = ""
    sent: bool = False
    themselves: bool = False
    seen: str = ""


async def run(wish: Wish, ask: Ask) -> Outcome:
    """The guest's card about keeping the access they mean; their own access where that is not clear.

    Whatever guest a card or sentence names, it is the asker's own access.
    """
    held = await ask.deps.directory.assignments(person_id=ask.person.id)
    chosen = _chosen(wish.about.package, held, ask)
    if chosen is None or chosen.ends_at is None:
        return await mine.mine(ask)
    moved = await themselves.moved_by(chosen, ask)
    if moved:
        return await shown(moved, ask.deps)
    known = await ask.deps.extension_asks.ask(ask_id(chosen.id, chosen.ends_at))
    if known and (known.asked or known.state is not AskState.ENDING) and not _again(known, wish, ask):
        await _begin(known, ask.deps)
        return await shown(known, ask.deps)
    found, latest = await _holding(chosen, ask)
    if latest <= chosen.ends_at + extension.SAME:
        return await _offer(KeepWay.AT_MOST, chosen, ask)
    if found.policy and found.policy.extendable:
        return await _themselves(wish, found, chosen.ends_at, known, ask)
    whom = await deciders.of(ask.person, found.package, ask.deps)
    if not whom or not (wish.sent or wish.reason):
        return await _offer(KeepWay.OPEN, chosen, ask, whom=tuple(one.name for one in whom))
    question = _question(wish, found, chosen.ends_at, latest, whom, ask)
    stored, is_new = await ask.deps.extension_asks.claim(question)
    if is_new:
        detail = f"{chosen.package_name}: ends {chosen.ends_at:%Y-%m-%d}"
        await ask.record("ask to keep access", ask.person.address, detail=detail, package=chosen.package_id)
    await _begin(stored, ask.deps)
    return await shown(stored, ask.deps)


def _again(known: ExtensionAsk, wish: Wish, ask: Ask) -> bool:
    """The same turn once more: it may have died, or waited for a sign-in, before the request was made."""
    return wish.themselves and known.state is AskState.ASKED and known.key == ask.turn.key


async def _themselves(wish: Wish, found: Holding, ends_at: datetime, known: ExtensionAsk | None, ask: Ask) -> Outcome:
    """The offer to extend it in their own name, or the request that does."""
    days = extension.usual_days(found.policy, ends_at, ask.now) or 1
    until = min(ends_at + timedelta(days=days), extension.latest_end(found.policy, ask.now))
    if not (wish.themselves and ask.deps.themselves.configured and wish.seen == ends_at.isoformat()):
        until_here = until if ask.deps.themselves.configured else None
        return await _offer(KeepWay.OWN, found.assignment, ask, until=until_here)
    await ask.deps.themselves.check(ask.person.id)
    question = _question(wish, found, ends_at, until, (), ask)
    stored, _ = await ask.deps.extension_asks.claim(question)
    if known and known.state is AskState.ENDING:
        # Of two presses at once one asks anew; what the other's request came to meanwhile stays.
        stored = await ask.deps.extension_asks.amend(
            question.id, lambda one: question if one.state is AskState.ENDING else one
        )
    await themselves.begin(found, until, stored, ask)
    return await shown(stored, ask.deps)


def _question(
    wish: Wish, found: Holding, ends_at: datetime, latest: datetime, whom: tuple[Asked, ...], ask: Ask
) -> ExtensionAsk:
    return ExtensionAsk(
        id=ask_id(found.assignment.id, ends_at),
        assignment_id=found.assignment.id,
        person_id=ask.person.id,
        person_name=ask.person.name,
        address=ask.person.address,
        package_id=found.assignment.package_id,
        package_name=found.assignment.package_name,
        ends_at=ends_at,
        latest=latest,
        days=extension.usual_days(found.policy, ends_at, ask.now) or 1,
        asked=whom,
        asked_at=ask.now,
        key=ask.turn.key,
        reason=wish.reason[:_LONGEST_REASON],
        language=read_language(ask.turn.caller.locale) or "en",
        time_zone=ask.turn.caller.time_zone,
    )


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
        by=question.by_name if question.by_id != question.person_id else "",
        new_end=question.new_end,
        ask_id=question.id,
    )


async def _begin(question: ExtensionAsk, deps: Deps) -> None:
    """The cards are on their way, once: also when the process died between the question and them."""
    if question.state is AskState.ASKED and question.asked:
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


async def _holding(chosen: Assignment, ask: Ask) -> tuple[Holding, datetime]:
    """The access with its policy, and the last end that allows now."""
    packages = await ask.deps.directory.packages()
    package = next((one for one in packages if one.id == chosen.package_id), None)
    policy = _policy(package, chosen)
    found = Holding(ask.person.address, ask.person, chosen, package, policy)
    return found, extension.latest_end(policy, ask.now)


def _policy(package: AccessPackage | None, chosen: Assignment) -> Policy | None:
    policies = package.policies if package else ()
    return next((one for one in policies if one.id == chosen.policy_id), None)


async def _offer(
    way: KeepWay, chosen: Assignment, ask: Ask, *, whom: tuple[str, ...] = (), until: datetime | None = None
) -> KeepAccess:
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
        new_end=until,
        link=ask.deps.links.overview(tenant.domain) if way is KeepWay.OWN else "",
        presses=until is not None,
    )
