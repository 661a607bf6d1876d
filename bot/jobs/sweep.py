"""Read everybody's access in pages and show each page to the visitors: one sweep at a time, on with it after a crash."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from bot.domain.sweeps import MOST_TRIES, Page, Sweep, taken_up
from bot.errors import NotFound, Throttled, Transient, UsherError
from bot.jobs.job import Again
from bot.jobs.sweep_visitors import VISITORS, Visit
from bot.ports import Deps

log = logging.getLogger(__name__)

NAME = "sweep"
LEASE = timedelta(seconds=15)
#: A run reads no more than this and then makes room; how far it is is stored in between.
MOST_PAGES, MOST_TIME = 100, timedelta(seconds=10)
KEPT_PAGES, KEPT_TIME = 25, timedelta(seconds=2)
PAUSE_SECONDS = 30.0


async def sweep(payload: dict[str, Any], deps: Deps, visitors: Sequence[Visit] | None = None) -> Again | None:
    """The pages that come next have been read and shown; None when the sweep of this slot is over.

    Nothing is held while Graph wants to be left alone, and nobody waits for a replica that died longer than `LEASE`.
    """
    holder = uuid4().hex
    now = deps.clock.now()
    last, wait = await deps.sweeps.take(holder, now, LEASE)
    if wait is not None:
        return Again(wait.total_seconds())
    try:
        mine = taken_up(last, str(payload.get("slot", "")), now)
        if mine is None:
            return None
        return await _Walk(holder, deps, VISITORS if visitors is None else visitors).on(mine)
    finally:
        await deps.sweeps.leave(holder)


class _Walk:
    """Some pages of a sweep, one after the other."""

    def __init__(self, holder: str, deps: Deps, visitors: Sequence[Visit]) -> None:
        self._holder = holder
        self._deps = deps
        self._visitors = visitors

    async def on(self, mine: Sweep) -> Again | None:
        """From `mine` until the run has done enough. What was read is stored with the cursor of what comes next."""
        begun = kept = self._deps.clock.now()
        pages = mine.pages
        while not mine.over:
            try:
                page = await self._deps.assignment_pages.page(mine.cursor)
            except NotFound as fault:
                mine = self._anew(mine, fault)
                kept, pages = begun, mine.pages
                continue
            except Transient as fault:
                await self._keep(mine)
                return _later(fault)
            if not await self._shown(page, mine):
                await self._keep(replace(mine, tries=mine.tries + 1))
                return Again(PAUSE_SECONDS)
            now = self._deps.clock.now()
            mine.tally.count(page.rows, mine.began_at)
            mine = mine.got_on(page, now)
            if mine.over or mine.pages % KEPT_PAGES == 0 or abs(now - kept) >= KEPT_TIME:
                kept = now
                if not await self._keep(mine):
                    return None
            if mine.pages - pages >= MOST_PAGES or abs(now - begun) >= MOST_TIME:
                break
        if mine.over:
            log.info("sweep", extra={"slot": mine.slot, "pages": mine.pages, "rows": mine.rows})
            return None
        await self._keep(mine)
        return Again(0.0)

    async def _keep(self, mine: Sweep) -> bool:
        """False: another replica took over, because this one seemed dead; the sweep is theirs now."""
        return await self._deps.sweeps.keep(self._holder, mine, self._deps.clock.now(), LEASE)

    def _anew(self, mine: Sweep, fault: NotFound) -> Sweep:
        """Graph has forgotten where we were. Raises `fault` when that happens over and over."""
        if not mine.cursor or mine.anew >= MOST_TRIES:
            raise fault
        log.warning("sweep begins anew", extra={"slot": mine.slot, "page": mine.pages, "code": fault.code})
        return mine.begun_anew(self._deps.clock.now())

    async def _shown(self, page: Page, mine: Sweep) -> bool:
        """Every visitor has seen the page, or failed at it so often that the others go on without it."""
        if not page.delivered or not page.rows:
            return True
        whole = True
        for visit in self._visitors:
            try:
                await visit(page.rows, self._deps)
            except UsherError as error:
                whole = False
                log.warning("visitor failed", extra={"visitor": visit.__module__, "reason": type(error).__name__})
            except Exception:  # The job loop: a defect in one visitor must not keep the others from the page.
                whole = False
                log.exception("visitor broke", extra={"visitor": visit.__module__})
        return whole or mine.tries + 1 >= MOST_TRIES


def _later(fault: Transient) -> Again:
    """Where Graph asked for time it gets it; otherwise soon, the next page being the one that was not read."""
    wait = fault.retry_after
    if wait is None:
        wait = PAUSE_SECONDS
    log.info("sweep waits", extra={"seconds": wait, "throttled": isinstance(fault, Throttled)})
    return Again(wait)
