"""Answer a guest who asks to keep an access: extend it in one press, or let it end."""

from __future__ import annotations

from bot.commands import extend, extending
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.subject import Subject
from bot.domain.end_changes import ChangeState, is_same
from bot.domain.extension_asks import AskState, ExtensionAsk
from bot.domain.outcomes import Extending, ExtensionAsked, Outcome, Press, Said, Tone

TOLD = "answer_extension"


def parse(words: str, value: Value) -> str:
    """The id of the question."""
    return text_of(value, "ask", most=80)


async def extend_it(wanted: str, ask: Ask) -> Outcome:
    """The access goes on by the days the card proposed; the rules are those of `extend`, read anew."""
    question = await ask.deps.extension_asks.ask(wanted)
    if question is None:
        return _unknown()
    about = _about(question)
    if question.state is AskState.EXTENDED:
        # Looked for only to see whether the asker may: the question tells whose access it is, and why they want it.
        found = await extending.find(about, "extend", ask)
        return found if isinstance(found, Said) else ExtensionAsked(question, ask.turn.caller.time_zone)
    days, seen = str(question.days), question.ends_at.isoformat()
    return await extend.run(extend.Wanted(about, days=days, capped=True, seen=seen), ask)


async def let_end(wanted: str, ask: Ask) -> Outcome:
    """The access ends when it was to, and the guest is told; whoever extended it before is named instead."""
    question = await ask.deps.extension_asks.ask(wanted)
    if question is None:
        return _unknown()
    found = await extending.find(_about(question), "extend", ask)
    if isinstance(found, Said):
        return found
    if question.state is AskState.EXTENDED:
        return ExtensionAsked(question, ask.turn.caller.time_zone)
    change = await ask.deps.end_changes.change(question.change_id)
    if change and change.state is not ChangeState.FAILED and not change.undone_by:
        return Extending(change, ask.turn.caller.time_zone)
    if found.assignment.id != question.assignment_id or not is_same(found.assignment.ends_at, question.ends_at):
        return extend.moved(found, ask)
    mine = ask.person
    decided = await ask.deps.extension_asks.amend(question.id, lambda one: one.let_end(mine.id, mine.name, ask.now))
    if decided.state is AskState.ENDING and decided.by_id == mine.id:
        await ask.record("let access end", question.address, detail=question.package_name, package=question.package_id)
    await tell(decided, ask)
    return ExtensionAsked(decided, ask.turn.caller.time_zone)


async def tell(decided: ExtensionAsk, ask: Ask) -> None:
    """The guest and everybody who was asked are on the way of being told, once for this decision."""
    await ask.deps.jobs.start(TOLD, decided.decision, {"ask": decided.id, "decision": decided.decision})


def _about(question: ExtensionAsk) -> Subject:
    return Subject(question.address, question.package_id, person=question.person_id)


def _unknown() -> Said:
    text = "I no longer know what this card is about. Nothing was done."
    return Said("This card is out of date", text, Tone.WARNING, presses=(Press("Guests", "guests"),))


COMMANDS = (
    Command(
        name="ask.extend",
        usage="ask.extend",
        summary="Let a guest who asked keep an access.",
        parse=parse,
        run=extend_it,
        by_card=True,
        replaces=True,
    ),
    Command(
        name="ask.end",
        usage="ask.end",
        summary="Let the access of a guest who asked end.",
        parse=parse,
        run=let_end,
        by_card=True,
        replaces=True,
    ),
)
