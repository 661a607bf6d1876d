"""`guests`: who the guests are, filtered by state."""

from __future__ import annotations

from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.outcomes import GuestList, Outcome, Press, Said, Tone
from bot.domain.report import state_of
from bot.domain.roles import Act

USAGE = "guests pending"
STATES = ("all", "pending", "accepted", "blocked", "deleted")
_WORDS = {
    "all": "all",
    "pending": "pending", "invited": "pending", "unredeemed": "pending", "open": "pending",
    "accepted": "accepted", "active": "accepted", "redeemed": "accepted",
    "blocked": "blocked", "disabled": "blocked",
    "deleted": "deleted", "removed": "deleted",
}  # fmt: skip


def parse(words: str, value: Value) -> str:
    """One of STATES, or what was typed and names none of them."""
    typed = text_of(value, "state") if value else words
    read = [word.strip(" .,:;!?\"'").removeprefix("state:") for word in typed.casefold().split()]
    states = (_WORDS[word] for word in read if word in _WORDS)
    return next(states, "all" if not read or value else " ".join(read)[:60])


async def run(state: str, ask: Ask) -> Outcome:
    """Guests in this state, newest first, and how many there are in each."""
    if state not in STATES:
        presses = tuple(Press(one.capitalize(), "guests", {"state": one}) for one in STATES)
        return Said(f"I do not know guests “{state}”", "Choose which guests to see.", Tone.WARNING, presses=presses)
    everybody = await ask.deps.directory.guests()
    counts = {name: sum(state_of(one) == name for one in everybody) for name in STATES[1:]}
    counts["all"] = len(everybody)
    shown = [one for one in everybody if state in ("all", state_of(one))]
    shown.sort(key=lambda one: (one.created_at is not None, one.created_at, one.name), reverse=True)
    return GuestList(tuple(shown[:50]), state, counts, len(shown), ask.turn.caller.time_zone)


COMMAND = Command(
    name="guests",
    usage=USAGE,
    summary="The guests here: all, pending, accepted, blocked or deleted.",
    parse=parse,
    run=run,
    aliases=("guest", "guest-list", "gäste"),
    act=Act.READ,
    replaces=True,
)
