"""`guests`: who the guests are, filtered by state."""

from __future__ import annotations

from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.outcomes import GuestList, Outcome
from bot.domain.people import Person
from bot.domain.roles import Act

USAGE = "guests pending"
STATES = ("all", "pending", "accepted", "blocked", "deleted")
_WORDS = {
    "pending": "pending", "invited": "pending", "unredeemed": "pending", "open": "pending",
    "accepted": "accepted", "active": "accepted", "redeemed": "accepted",
    "blocked": "blocked", "disabled": "blocked",
    "deleted": "deleted", "removed": "deleted",
}  # fmt: skip


def parse(words: str, value: Value) -> str:
    """One of STATES; anything else means all."""
    word = text_of(value, "state") if value else words.strip().casefold()
    return _WORDS.get(word, "all")


def state_of(person: Person) -> str:
    """The one state a guest is listed under."""
    if person.is_deleted:
        return "deleted"
    if not person.enabled:
        return "blocked"
    return "accepted" if person.has_redeemed else "pending"


async def run(state: str, ask: Ask) -> Outcome:
    """Guests in this state, newest first, and how many there are in each."""
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
    aliases=("guest-list", "gäste"),
    act=Act.READ,
    replaces=True,
)
