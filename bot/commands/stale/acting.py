"""Block, or much later delete, forgotten guests: chosen, looked at again, confirmed by typing, then one run."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.sponsoring import running
from bot.commands.stale import facts, resting
from bot.domain import dormancy
from bot.domain.dormancy import STALE, USUAL_DAYS, Sleeper
from bot.domain.guest_runs import GuestRun, Item, ItemState, RunKind, run_id
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Style, Tone
from bot.domain.roles import Act

USAGE = "stale 90d"
_NAMES_EACH = 8


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids of those who were ticked, and what the list was about."""

    picked: tuple[str, ...] = ()
    days: str = ""
    kind: RunKind = RunKind.BLOCK


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the confirmation, and by which question the chosen are kept."""

    question: str = ""
    typed: str = ""


def parse_chosen(words: str, value: Value) -> Chosen:
    """Ticked guests come as one text with commas."""
    picked = [one for one in text_of(value, "picked", most=20_000).split(",") if one]
    kind = RunKind.DELETE if value.get("verb") == "stale.choose.delete" else RunKind.BLOCK
    return Chosen(tuple(dict.fromkeys(picked)), text_of(value, "days", most=5), kind)


async def choose(wanted: Chosen, ask: Ask) -> Outcome:
    """The confirmation that has to be typed, with everybody's name and what gives pause."""
    cap = ask.deps.stale_rules.cap
    if not wanted.picked:
        return Said("Nobody is ticked", "Tick whom you mean first. Nothing was done.", Tone.WARNING)
    if len(wanted.picked) > cap:
        text = f"One run takes {cap} at most (USHER_STALE_CAP); {len(wanted.picked)} are ticked. Nothing was done."
        return Said("That are too many at once", text, Tone.WARNING)
    days = int(wanted.days) if wanted.days.isascii() and wanted.days.isdigit() else USUAL_DAYS
    state = {"picked": list(wanted.picked), "days": days, "kind": wanted.kind.value, "by": ask.person.id}
    fit, gone = await _looked_at(state, ask)
    kept = tuple(f"{one.name} stays as they are: {one.note}" for one in gone if one.note)
    if not fit and kept:
        return Said("None of them can be chosen", "Nothing was done.", Tone.WARNING, points=kept, presses=(_AGAIN,))
    if not fit:
        return Said("None of them is forgotten any more", "Look again. Nothing was done.", presses=(_AGAIN,))
    state["picked"] = [one.guest.id for one in fit]
    await ask.deps.ledger.write_state(_key(ask.turn.key), state, None)
    return await _form(fit, wanted.kind, ask.turn.key, ask, kept=kept)


def parse_typed(words: str, value: Value) -> Typed:
    """What the confirmation sent."""
    return Typed(text_of(value, "question", most=200), text_of(value, "typed", most=60))


async def confirm(wanted: Typed, ask: Ask) -> Outcome:
    """One run over exactly those who were confirmed; who was seen meanwhile is left out and named."""
    key = _key(wanted.question)
    _, state = (await ask.deps.ledger.read_state([key])).get(key, ("", {}))
    if state.get("by") != ask.person.id:
        text = "Whom it was about is no longer known. Nothing was done."
        return Said("This card is out of date", text, Tone.WARNING, presses=(_AGAIN,))
    kind = RunKind(state["kind"])
    named = run_id(wanted.question, kind, state["picked"])
    begun = await ask.deps.guest_runs.run(named)
    if begun:
        return await running.go_on(begun, ask)
    fit, gone = await _looked_at(state, ask)
    if wanted.typed.strip().casefold() != _word(kind, len(state["picked"])).casefold():
        return await _form(fit, kind, wanted.question, ask, problem=True, count=len(state["picked"]))
    items = [Item(one.guest.id, one.guest.name, one.guest.address) for one in fit]
    items += [
        one.settled(ItemState.SKIPPED, ask.now, one.note or "Seen, or no longer as it was, since they were chosen.")
        for one in gone
    ]
    run = GuestRun(named, kind, ask.person.id, ask.person.name, ask.now, tuple(items), ask.turn.key)
    return await running.begin(run, ask)


async def _looked_at(state: dict[str, object], ask: Ask) -> tuple[list[Sleeper], list[Item]]:
    """Those of the chosen who still are what they were chosen for, read anew, and the others: with a note those who hold
    a role, or might.
    """
    picked = [str(one) for one in state["picked"]] if isinstance(state["picked"], list) else []
    kind, days = RunKind(str(state["kind"])), int(str(state["days"]))
    blind = await ask.deps.sign_ins.unreadable()
    found = await ask.deps.sign_ins.of(picked, with_sign_ins=not blind)
    roles = await ask.deps.sign_ins.role_holders(picked)
    again = await resting.read(ask)
    fit: list[Sleeper] = []
    gone: list[Item] = []
    for one in picked:
        sleeper = found.get(one)
        if sleeper is None:
            gone.append(Item(one, "A guest who is gone", ""))
        elif roles.get(one) is not False:
            gone.append(Item(one, sleeper.guest.name, sleeper.guest.address, note=facts.PROTECTED[roles.get(one)]))
        elif _still(sleeper, kind, days, again, ask):
            fit.append(sleeper)
        else:
            gone.append(Item(one, sleeper.guest.name, sleeper.guest.address))
    return fit, gone


def _still(sleeper: Sleeper, kind: RunKind, days: int, again: resting.Again, ask: Ask) -> bool:
    if kind is RunKind.DELETE:
        blocked = again.blocked.get(sleeper.guest.id)
        return not sleeper.guest.enabled and blocked is not None and blocked <= ask.now - dormancy.KEPT_BLOCKED
    if sleeper.guest.enabled and sleeper.guest.id in again.blocked:
        return False
    return dormancy.judge(sleeper, days=days, now=ask.now, resting=again.resting) in STALE


def _key(question: str) -> str:
    return f"stale-{question}"


def _word(kind: RunKind, count: int) -> str:
    return f"delete {count}" if kind is RunKind.DELETE else str(count)


async def _form(
    fit: list[Sleeper],
    kind: RunKind,
    question: str,
    ask: Ask,
    *,
    problem: bool = False,
    count: int = 0,
    kept: tuple[str, ...] = (),
) -> Form:
    count = count or len(fit)
    word = _word(kind, count)
    names = [one.guest.name for one in fit]
    marks = await facts.marks_of([one.guest.id for one in fit], ask)
    marked = [f"{one.guest.name} {', '.join(marks[one.guest.id])}" for one in fit if marks[one.guest.id]]
    many = f"{count} guest{'' if count == 1 else 's'}"
    effect = (
        "Their accounts are deleted; for 30 days they can be restored (Undo, or restore)."
        if kind is RunKind.DELETE
        else "They can no longer sign in. What they have stays; Undo lets them in again."
    )
    return Form(
        title=f"Delete the accounts of {many}?" if kind is RunKind.DELETE else f"Block sign-in of {many}?",
        fields=(Field("typed", f"Type {word} to confirm", required=f"Type {word}, or cancel."),),
        verb="stale.confirm",
        submit="Delete" if kind is RunKind.DELETE else "Block",
        data={"question": question},
        notes=(
            effect,
            *(", ".join(names[start : start + _NAMES_EACH]) for start in range(0, min(len(names), 24), _NAMES_EACH)),
            *kept[:_NAMES_EACH],
            *((f"⚠ Think twice: {'; '.join(marked)}",) if marked else ()),
        ),
        problems={"typed": f"That was something else. Type {word}, or cancel. Nothing was done."} if problem else {},
        style=Style.DANGER,
    )


_AGAIN = Press("Forgotten guests", "stale")
COMMANDS = (
    Command(
        "stale.choose",
        USAGE,
        "Ask before forgotten guests are blocked or deleted.",
        parse_chosen,
        choose,
        verbs=("stale.choose.delete",),
        act=Act.MANAGE_ACCOUNT,
        by_card=True,
    ),
    Command(
        "stale.confirm",
        USAGE,
        "Block or delete those who were confirmed.",
        parse_typed,
        confirm,
        act=Act.MANAGE_ACCOUNT,
        by_card=True,
        replaces=True,
    ),
)
