"""A sweep: one reading of everybody's access in pages, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.access import Assignment
from bot.domain.tally import Tally

#: A reading that was left for longer begins anew: what its first pages showed has changed since.
STALE = timedelta(days=1)
#: So often one sweep begins anew because Graph no longer knew its next page, and so often a page is tried again.
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Page:
    """Some assignments. `next` is the cursor of the following page, "" after the last; `delivered`: all of them are."""

    rows: tuple[Assignment, ...]
    next: str = ""
    delivered: bool = True


@dataclass(frozen=True, slots=True)
class Sweep:
    """`slot` names the sweep, `cursor` the page that comes next ("" for the first).

    `kept_at` is when it last got on. `anew` counts how often it had to begin anew, `tries` how often the page that
    comes next was tried in vain.
    """

    slot: str
    began_at: datetime
    kept_at: datetime
    cursor: str = ""
    pages: int = 0
    rows: int = 0
    anew: int = 0
    tries: int = 0
    over: bool = False
    tally: Tally = field(default_factory=Tally)

    def is_left(self, now: datetime) -> bool:
        """Nobody has gone on with it for so long that it is not worth going on (or the clock was set back)."""
        return abs(now - self.kept_at) > STALE

    def got_on(self, page: Page, now: datetime) -> Sweep:
        """After `page`, whose rows its `tally` has counted by now."""
        return replace(
            self,
            kept_at=now,
            cursor=page.next,
            pages=self.pages + 1,
            rows=self.rows + len(page.rows),
            tries=0,
            over=not page.next,
        )

    def begun_anew(self, now: datetime) -> Sweep:
        """From the first page, with nothing counted."""
        return Sweep(self.slot, now, now, anew=self.anew + 1)


def begun(slot: str, now: datetime) -> Sweep:
    """A sweep that has read nothing yet."""
    return Sweep(slot, now, now)


def taken_up(last: Sweep | None, slot: str, now: datetime) -> Sweep | None:
    """What the run of `slot` has to do: go on with an unfinished sweep, begin its own, or nothing (None)."""
    if last is None or (not last.over and last.is_left(now)):
        return begun(slot, now)
    if not last.over:
        return last
    return None if last.slot == slot else begun(slot, now)
