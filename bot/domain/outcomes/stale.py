"""What looking for forgotten guests comes to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.dormancy import Dormancy, Forgotten
from bot.domain.outcomes.parts import Press


@dataclass(frozen=True, slots=True)
class StaleGuests:
    """Forgotten guests, the longest forgotten first. `counts`: group -> how many of all guests, `total` of the stale.

    `blind` says why Entra tells no sign-ins, "" where it does. `choose` is the verb that acts on those who are ticked,
    "" while nothing may be chosen; at most `cap` at once. `waiting`: about accounts that were blocked here long ago and
    may be deleted. Times are shown in `time_zone` (IANA name).
    """

    guests: tuple[Forgotten, ...]
    counts: dict[Dormancy, int]
    total: int
    days: int
    cap: int
    blind: str = ""
    choose: str = ""
    waiting: bool = False
    time_zone: str = "UTC"
    presses: tuple[Press, ...] = ()
