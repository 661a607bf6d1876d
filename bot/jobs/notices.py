"""See to it that everybody concerned is told of access that ends: find what is due, claim it, hand it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.commands.sponsoring import answering
from bot.domain import notices
from bot.domain.access import AccessRequest, Assignment
from bot.domain.delivery import Contact
from bot.domain.notices import Audience, Ending, Notice
from bot.domain.people import Person
from bot.domain.sponsors import Sponsor
from bot.domain.zones import zone_of
from bot.jobs import digest, notice
from bot.ports import Deps

NAME = "notices"
TICK_SECONDS = 20.0
MOST_AT_ONCE = 60
LATER = timedelta(minutes=1)
"""Until an end that could not be seen to is looked at again: it keeps no other waiting, nor the digests."""
PENDING = timedelta(minutes=10)
"""Until a removal that is under way has ended the access, or has not."""
ANEW = timedelta(hours=1)
"""Until it is looked at again whether somebody, or their access, is there again: restored, or shown late by Entra."""
KEPT = timedelta(days=400)


async def visit(page: tuple[Assignment, ...], deps: Deps) -> None:
    """The ends on this page of the sweep that come near are known.

    One that was known and has moved far away is noticed when it is looked at: asking for each that is far costs more
    than reading the page.
    """
    own = await deps.notices.schedules(fresh=False)
    now = deps.clock.now()
    last = now + notices.horizon([*deps.notice_marks, *(mark for marks in own.values() for mark in marks)])
    ends = [notices.ending_of(one) for one in page]
    near = [one for one in ends if one and one.ends_at <= last]
    if near:
        await deps.notices.watch(near, [], _place(own, now, deps))


def _place(own: Mapping[str, tuple[int, ...]], now: datetime, deps: Deps) -> Any:
    def place(before: Ending | None, seen: Ending) -> tuple[Ending, datetime | None]:
        ending = notices.moved(before, seen, now) if before else seen
        return ending, notices.first_look(ending, own.get(ending.package_id, deps.notice_marks), now)

    return place


async def extended(access: Assignment, since: datetime, deps: Deps) -> None:
    """The end that Usher gave this access at `since` is known at once: a mark may pass before the next sweep."""
    ending = notices.ending_of(access)
    if ending is None:
        return
    own = await deps.notices.schedules(fresh=False)
    await deps.notices.watch([ending], [], _place(own, since, deps))


async def is_due(deps: Deps) -> bool:
    """Whether `look` would find an end to look at, or somebody who may want a digest."""
    near = await deps.notices.near(deps.clock.now(), limit=1)
    return bool(near) or bool(await deps.digests.readers())


async def look(payload: dict[str, Any], deps: Deps) -> None:
    """Some of what is due now is claimed and on its way to whom it concerns; once all is, so are digests whose time has come.

    A replica that dies here loses nothing: what it did not get to is due still, and what was claimed but not told is
    handed on again.
    """
    now = deps.clock.now()
    near = await deps.notices.near(now, limit=MOST_AT_ONCE)
    if near:
        await _Round(deps, now).through(near)
    # Digests wait for the ends themselves; begun only now, they need not ask again and again whether these are claimed.
    if not near or not await deps.notices.near(now, limit=1):
        await digest.begin_due(deps)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of one end when it is looked at."""

    ending: Ending
    person: Person | None
    held: tuple[Assignment, ...]
    asked: tuple[AccessRequest, ...]
    marks: tuple[int, ...]
    since: Mapping[int, datetime]
    contact: Contact | None
    answering: tuple[str, ...]


class _Round:
    """Some ends looked at together: a few round trips for all of them."""

    def __init__(self, deps: Deps, now: datetime) -> None:
        self._deps = deps
        self._now = now

    async def through(self, near: Sequence[Ending]) -> None:
        people = sorted({one.person_id for one in near})
        access = await self._deps.directory.access_of(people)
        sponsors = await answering.sponsors(people, self._deps)
        own = await self._deps.notices.schedules()
        since = await self._deps.notices.marks_since()
        told = await self._deps.notices.told(near)
        for one in await self._deps.notices.open(near):
            await self._hand_on(one)
        for ending in near:
            person, held, asked = access.get(ending.person_id, (None, (), ()))
            facts = _Facts(
                ending,
                person,
                held,
                asked,
                own.get(ending.package_id, self._deps.notice_marks),
                {} if ending.package_id in own else since,
                await self._deps.ledger.contact(ending.person_id),
                await self._answering(ending, sponsors),
            )
            again: datetime | None = self._now + LATER
            try:
                again = await self._see_to(facts, told)
            finally:
                await self._deps.notices.look_at(ending, again)

    async def _answering(self, ending: Ending, sponsors: Mapping[str, tuple[Sponsor, ...]]) -> tuple[str, ...]:
        people = sponsors.get(ending.person_id, ())
        return await answering.or_inviter(ending.person_id, people, self._deps, package_id=ending.package_id)

    async def _see_to(self, facts: _Facts, told: Mapping[tuple[str, str], frozenset[int]]) -> datetime | None:
        """Notices of this end that are due are on their way; when to look again, None for never."""
        ending, person = facts.ending, facts.person
        if person is None or person.is_deleted or all(one.id != ending.assignment_id for one in facts.held):
            return self._now + ANEW if self._now < ending.ends_at + _late(facts.marks) else None
        if not person.is_guest:
            return None
        standing = notice.standing(ending, facts.held, facts.asked, self._now)
        if standing is notice.Standing.MOVED:
            await self._follow(facts)
            return None
        if standing is notice.Standing.GOING:
            return self._now + PENDING
        if standing is notice.Standing.GONE:
            return None
        zone = zone_of(facts.contact.time_zone if facts.contact else "")
        marks = notices.counting(ending, facts.marks, facts.since, zone)
        everybody = told.get((ending.assignment_id, ""), frozenset())

        def mark_for(person_id: str) -> int | None:
            heard = told.get((ending.assignment_id, person_id), frozenset())
            return notices.due(ending, marks, self._now, zone, heard | everybody)

        for who in facts.answering:
            await self._claim(ending, mark_for(who), who, Audience.SPONSOR)
        heard = told.get((ending.assignment_id, person.id), frozenset())
        # Entra blocks the account with the last access, so who is told that it has ended may be blocked.
        if person.enabled or self._now >= ending.ends_at:
            mark = notices.due(ending, marks, self._now, zone, heard)
            await self._claim(ending, mark, person.id, Audience.GUEST)
        return notices.next_look(ending, marks, self._now, zone)

    async def _claim(self, ending: Ending, mark: int | None, person_id: str, audience: Audience) -> None:
        if mark is None:
            return
        claimed = Notice(ending, mark, person_id, audience, self._now)
        if await self._deps.notices.claim(claimed):
            await self._hand_on(claimed)

    async def _hand_on(self, claimed: Notice) -> None:
        """A guest is told by a job of its own; who answers for guests, in the next digest."""
        if claimed.audience is Audience.GUEST:
            await notice.begin(claimed, self._deps)

    async def _follow(self, facts: _Facts) -> None:
        """The end is another one by now: that one is known, before the next sweep comes by."""
        now_held = next(one for one in facts.held if one.id == facts.ending.assignment_id)
        fresh = notices.ending_of(now_held)
        own = await self._deps.notices.schedules()
        gone = [] if fresh else [facts.ending.assignment_id]
        await self._deps.notices.watch([fresh] if fresh else [], gone, _place(own, self._now, self._deps))


def _late(marks: tuple[int, ...]) -> timedelta:
    """How long after the end there still is something to tell."""
    return notices.OVERDUE if 0 in marks else timedelta()


async def begin(deps: Deps) -> None:
    """The tenant's marks are those that are set now. Where they were others, every end is looked at anew; new marks that
    were passed before this are not told.
    """
    await deps.notices.use_marks(deps.notice_marks, deps.clock.now())


async def tidy(deps: Deps) -> None:
    """What was told of access that ended long ago is forgotten."""
    await deps.notices.forget(deps.clock.now() - KEPT)
