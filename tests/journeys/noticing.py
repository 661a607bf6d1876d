"""What the journeys about notices share: guests with access, the clock moved, and what each was told."""

from __future__ import annotations

from tests.journeys.stage import PACKAGE, Stage, readable, until

NAMED = '"Invited users package"'
ENDING = "Your access to “Invited users package”"
DIGEST = "Your guests whose access ends soon"


def delivered(stage: Stage, days: int = 14, *, sponsor: str = "alex@contoso.com", swept: bool = True) -> str:
    """The address of a guest who just got the package for so many days.

    `swept`: once a sweep has seen when it ends. Of ends that nobody knew before the clock jumps, people hear late.
    """
    address = stage.fresh("noticed")
    stage.say("alex", f"assign {address} to {NAMED} for {days} days sponsor {sponsor}")
    stage.shown("alex", address, "✔ Delivered", seconds=40)
    if swept:
        person = stage.user(address)["id"]
        seen = "SELECT 1 FROM endings WHERE person_id = ?"
        until(lambda: stage.ledger(seen, person), what=f"a sweep has seen when the access of {address} ends")
    return address


def advance(stage: Stage, length: str) -> None:
    """The clock of tenant and bot goes forward."""
    stage.control("clock", {"advance": length})


def notices(stage: Stage, address: str) -> list[str]:
    """The subjects of the mails about the end of access that a guest got, in order."""
    subjects = [str(one["subject"]) for one in stage.mails(address)]
    return [one.removeprefix(ENDING).strip() for one in subjects if one.startswith(ENDING)]


def told(stage: Stage, address: str, *ends: str, seconds: float = 40.0) -> None:
    """The guest got exactly these notices so far, waited for."""
    try:
        until(lambda: notices(stage, address) == list(ends), seconds=seconds, what=f"{address} is told {ends}")
    except AssertionError as error:
        raise AssertionError(f"{error}; they were told {notices(stage, address)}") from None


def digests(stage: Stage, who: str, address: str) -> list[str]:
    """The digests in somebody's chat that name this guest as new, as they are read."""
    shown = [readable(one) for one in stage.cards(who).values()]
    return [one for one in shown if DIGEST in one and f"({address})\n● new" in one]


def digested(stage: Stage, who: str, address: str, count: int, *, seconds: float = 60.0) -> None:
    """So many digests told somebody of this guest so far, waited for: what is due by then would join the next one."""
    try:
        until(lambda: len(digests(stage, who, address)) == count, seconds=seconds, what=f"{who} has {count} digests")
    except AssertionError as error:
        all_of_them = [one for one in map(readable, stage.cards(who).values()) if DIGEST in one]
        raise AssertionError("\n---\n".join([f"{error}; those that came, of whomever:", *all_of_them])) from None


def give_back(stage: Stage, address: str) -> None:
    """An administrator takes the access away in the portal."""
    stage.act(address, "remove", PACKAGE)


def weekday(stage: Stage) -> int:
    """The day of the week in the tenant, 0 for Monday."""
    return stage.now().weekday()
