"""`approve` and `deny`: decide a request in one's own name, by a button or typed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands import subject
from bot.commands.approving import deciding, showing, waiting
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.subject import Subject
from bot.domain import sentence
from bot.domain.approvals import ApprovalCase
from bot.domain.outcomes import ApprovalList, Outcome, Press, Said, Tone

APPROVE = 'approve ana@fabrikam.com "Partner project"'
DENY = 'deny ana@fabrikam.com "Partner project" because "the project has ended"'
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, unchecked. `request` and `stage` come from a card; `approve` None only shows the card.

    `said`: what was typed where no address was: a name, of the person or of the package.
    """

    approve: bool | None
    about: Subject
    request: str = ""
    stage: int = 0
    reason: str = ""
    said: str = ""


def parse_approve(words: str, value: Value) -> Wanted:
    """The guest and the package where they were named, and the reason; or what the pressed card carries."""
    return _parse(words, value, approve=True)


def parse_deny(words: str, value: Value) -> Wanted:
    """As `parse_approve`."""
    return _parse(words, value, approve=False)


def _parse(words: str, value: Value, *, approve: bool) -> Wanted:
    if value:
        stage = value.get("stage")
        return Wanted(
            None if value.get("verb") == "approval.show" else approve,
            subject.parse("", value),
            text_of(value, "request", most=64),
            stage if type(stage) is int else 0,
            text_of(value, "reason", most=LONGEST_REASON),
        )
    if not words.strip():
        return Wanted(approve, Subject())
    reading = sentence.read(words)
    draft = reading.draft
    rest = draft.package or " ".join(word for word, _ in reading.unknown)
    about = replace(subject.parse(words, {}), package=rest if draft.addresses else draft.package)
    said = "" if draft.addresses else rest
    return Wanted(approve, about, reason=draft.justification[:LONGEST_REASON], said=said)


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The card as it stands afterwards; the list where more than one request may be meant; or what is in the way."""
    if wanted.request:
        return await _pressed(wanted, ask)
    mine = await waiting.mine(ask)
    if wanted.said:
        found = waiting.called(mine, wanted.said)
    elif wanted.about.problem:
        return Said("Which request?", f"{wanted.about.problem} For example: {APPROVE}", Tone.WARNING)
    else:
        found = waiting.narrowed(mine, wanted.about.address, wanted.about.package)
    if len(found) == 1 and (wanted.about.address or waiting.is_called(found[0], wanted.said)):
        return await deciding.decide(found[0], ask, approve=wanted.approve is True, reason=wanted.reason)
    if not found:
        return await _none(wanted, mine, ask)
    return await _which(found, ask)


async def _pressed(wanted: Wanted, ask: Ask) -> Outcome:
    case = await waiting.case_of(wanted.request, ask)
    if case is None:
        text = "It was decided or withdrawn, and Entra no longer keeps it. Nothing was changed."
        return Said("This request is gone", text, Tone.WARNING, presses=(Press("What waits for me", "approvals"),))
    zone = ask.turn.caller.time_zone
    if wanted.approve is None:
        shown = await showing.shown(case, ask.person.id, ask.deps, time_zone=zone)
        return deciding.stranger(case, ask) or shown
    if case.is_open and wanted.stage and wanted.stage != case.stage:
        return await deciding.past(case, wanted.stage, ask)
    return await deciding.decide(case, ask, approve=wanted.approve, reason=wanted.reason)


async def _which(found: tuple[ApprovalCase, ...], ask: Ask) -> ApprovalList:
    return ApprovalList(
        found,
        ask.now,
        await showing.link(ask.deps),
        can_decide=ask.deps.themselves.configured,
        title="Which request?",
        note="Open the one you mean, or type its address and package. Nothing was decided.",
        time_zone=ask.turn.caller.time_zone,
    )


async def _none(wanted: Wanted, mine: tuple[ApprovalCase, ...], ask: Ask) -> Outcome:
    """What became of the request that is meant, where one was decided; otherwise what does wait."""
    if wanted.about.address:
        people = await ask.deps.directory.find(wanted.about.address)
        cases = [one for person in people for one in await ask.deps.approval_cases.about(person.id)]
        known = waiting.narrowed(cases, "", wanted.about.package)
        asked = [one for one in known if one.approver(ask.person.id)]
        if asked:
            return await deciding.over(asked[-1], ask)
        # What was typed may be only a part of the package's name, and is never taken for it.
        others = waiting.narrowed(mine, wanted.about.address, "")
        if others:
            return await _which(others, ask)
    about = wanted.about.address or (f"“{wanted.said}”" if wanted.said else "")
    note = f"No request of {about} waits for your approval. Nothing was changed." if about else ""
    return ApprovalList(
        mine,
        ask.now,
        await showing.link(ask.deps),
        can_decide=ask.deps.themselves.configured,
        note=note,
        time_zone=ask.turn.caller.time_zone,
    )


COMMANDS = (
    Command(
        name="approve",
        usage=APPROVE,
        summary="Approve a request for access that waits for you.",
        parse=parse_approve,
        run=run,
        aliases=("genehmigen",),
        verbs=("approval.approve", "approval.show"),
        redraws=("approval.approve",),
        for_guests=True,
    ),
    Command(
        name="deny",
        usage=DENY,
        summary="Deny a request for access that waits for you; whoever asked is told why.",
        parse=parse_deny,
        run=run,
        aliases=("reject", "decline", "ablehnen"),
        verbs=("approval.deny",),
        redraws=("approval.deny",),
        for_guests=True,
    ),
)
