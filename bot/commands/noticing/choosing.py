"""`digest`: how often you are told of access that ends, at what time, about whom, and when you are left in peace."""

from __future__ import annotations

from bot.commands.command import Ask, Command, Value, text_of
from bot.domain import digest_words
from bot.domain.digest_words import Saying, shown_time
from bot.domain.digests import Choice as Chosen
from bot.domain.digests import Rhythm
from bot.domain.outcomes import Choice, Field, FieldKind, Form, Outcome, Press, Said, Tone
from bot.domain.roles import Act
from bot.domain.zones import is_known

USAGE = "digest weekly at 8:30 quiet 20:00-7:00"
_SUBMIT = "digest.submit"
_RHYTHMS = {Rhythm.DAILY: "Once a day", Rhythm.WEEKLY: "Once a week, on Monday", Rhythm.OFF: "Never"}


def parse(words: str, value: Value) -> Saying:
    """What was typed, or the fields of the form put as it would be typed."""
    if not value:
        return digest_words.read(words[:200])
    said = [text_of(value, name, most=60) for name in ("rhythm", "at", "quiet", "scope")]
    sentence = " ".join(
        part for part, text in zip((said[0], f"at {said[1]}", f"quiet {said[2]}", said[3]), said, strict=True) if text
    )
    return digest_words.read(sentence)


async def run(said: Saying, ask: Ask) -> Outcome:
    """The form with what holds now, what could not be understood, or what holds from now on."""
    before = await ask.deps.digests.choice(ask.person.id)
    if said.is_empty or said.problems:
        return _form(before, said, ask)
    chosen = said.over(before)
    if chosen.everything and not ask.may(Act.READ, ""):
        refused = await ask.refuse(Act.READ, "")
        if refused:
            return refused
    await ask.deps.digests.choose(ask.person.id, chosen)
    back = Press("Undo", _SUBMIT, _fields(before))
    presses = (back, Press("Change…", "digest")) if chosen != before else (Press("Change…", "digest"),)
    return Said(_title(chosen), _text(chosen), Tone.GOOD, facts=_facts(chosen, ask), presses=presses)


def _title(chosen: Chosen) -> str:
    return (
        "You get no digest" if chosen.rhythm is Rhythm.OFF else f"Your digest comes {_RHYTHMS[chosen.rhythm].lower()}"
    )


def _text(chosen: Chosen) -> str:
    match chosen.rhythm:
        case Rhythm.OFF:
            return "Nobody tells you before access ends. Type expiring mine to look, or digest daily to be told again."
        case Rhythm.WEEKLY:
            return (
                "One card for all, and none when there is nothing to tell. What ends within a day cannot wait for it."
            )
    return "One card for all, and none when there is nothing to tell."


def _facts(chosen: Chosen, ask: Ask) -> tuple[tuple[str, str], ...]:
    if chosen.rhythm is Rhythm.OFF:
        return ()
    return (
        ("Not before", f"{shown_time(chosen.at)} ({ask.zone.key})"),
        ("Quiet hours", _quiet(chosen, ask) or "none"),
        ("About", "the whole tenant" if chosen.everything else "guests you answer for"),
    )


def _quiet(chosen: Chosen, ask: Ask) -> str:
    hours = chosen.quiet_hours(zone_known=is_known(ask.turn.caller.time_zone))
    return f"{shown_time(hours[0])}-{shown_time(hours[1])}" if hours else ""


def _fields(chosen: Chosen) -> dict[str, str]:
    """What the form would send for this choice."""
    quiet = f"{shown_time(chosen.quiet[0])}-{shown_time(chosen.quiet[1])}" if chosen.quiet else ""
    return {
        "rhythm": chosen.rhythm.value,
        "at": shown_time(chosen.at),
        "quiet": quiet,
        "scope": "everything" if chosen.everything else "mine",
    }


def _form(before: Chosen, said: Saying, ask: Ask) -> Form:
    now = said.over(before)
    scopes = (Choice("Guests I answer for", "mine"), Choice("The whole tenant", "everything"))
    about = Field("scope", "About", "everything" if now.everything else "mine", FieldKind.BUTTONS, scopes)
    return Form(
        title="Your digest of access that ends soon",
        fields=(
            Field(
                "rhythm",
                "How often",
                now.rhythm.value,
                FieldKind.BUTTONS,
                tuple(Choice(title, one.value) for one, title in _RHYTHMS.items()),
            ),
            Field("at", f"Not before ({ask.zone.key})", shown_time(now.at), placeholder="8:30"),
            Field("quiet", "Quiet hours, or off", _quiet(now, ask) or "off", placeholder="20:00-7:00"),
            *([about] if ask.may(Act.READ, "") else []),
        ),
        verb=_SUBMIT,
        submit="Save",
        sentence=USAGE,
        notes=("One card tells of all access that ends soon; without anything to tell there is none.",),
        problems=_problems(said),
    )


def _problems(said: Saying) -> dict[str, str]:
    """Each beside the field it is about."""
    found: dict[str, str] = {}
    for one in said.problems:
        field = "quiet" if "span of hours" in one else "at" if "time of the day" in one else "rhythm"
        found.setdefault(field, one)
    return found


COMMAND = Command(
    name="digest",
    usage=USAGE,
    summary="How often you are told of access that ends, and when not (just “digest” asks).",
    parse=parse,
    run=run,
    aliases=("digests",),
    verbs=(_SUBMIT,),
    replaces=True,
)
