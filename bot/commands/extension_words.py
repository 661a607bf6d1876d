"""Say why access cannot go on as asked, with the next step as a button."""

from __future__ import annotations

from bot.commands.command import Ask
from bot.commands.extending import Holding
from bot.domain.ends import Ends
from bot.domain.extension import Extension, Obstacle
from bot.domain.outcomes import Press, Said, Style, Tone
from bot.domain.wording import day


def refusal(comes_to: Extension, found: Holding, ends: Ends, ask: Ask) -> Said:
    """The obstacle in plain words; nothing was written."""
    name, ends_at = found.assignment.package_name, found.assignment.ends_at
    present = f"Access to “{name}” ends on {day(ends_at, ask.zone)}." if ends_at else ""
    latest = day(comes_to.latest, ask.zone) if comes_to.latest else ""
    other = Press("Another length…", "extend", found.about)
    match comes_to.obstacle:
        case Obstacle.OVER:
            again = {"addresses": found.address, "package": found.assignment.package_id}
            press = Press("Assign again", "assign", again, style=Style.PRIMARY)
            text = f"The access of {found.address} to “{name}” has ended. It can be given again."
            return Said("This access is over", text, Tone.WARNING, presses=(press,))
        case Obstacle.NOT_DELIVERED:
            text = f"“{name}” is still on its way to {found.address}. Extend it once they have it."
            return Said("Not delivered yet", text, Tone.WARNING, presses=(Press("Why?", "why", found.about),))
        case Obstacle.NEVER_ENDS:
            text = f"{found.address} has “{name}” without an end. There is nothing to extend."
            return Said("This access does not end", text)
        case Obstacle.AT_MOST:
            text = f"{present} The package's policy allows no later end today. Only another policy could."
            about = {"package": found.assignment.package_id}
            return Said("That is the longest already", text, presses=(Press("Show the package", "package", about),))
        case Obstacle.PAST:
            return Said("That day is over", f"{present} Give a later day.", Tone.WARNING, presses=(other,))
        case Obstacle.NOT_LATER:
            text = f"{present} That is no later. To end it sooner, revoke it."
            revoke = Press("Revoke", "revoke", {"address": found.address, "package": found.assignment.package_id})
            return Said("That would not be longer", text, Tone.WARNING, presses=(other, revoke))
        case _:
            seen = ends_at.isoformat() if ends_at else ""
            most = Press(
                f"Extend until {latest}", "extend", {**found.about, "latest": "yes", "seen": seen}, style=Style.PRIMARY
            )
            asked = f"{ends.days} days more" if ends.days is not None else "That day"
            text = f"{present} {asked} would be beyond what the package allows: {latest} at the latest."
            return Said("That is longer than the package allows", text, Tone.WARNING, presses=(most, other))
