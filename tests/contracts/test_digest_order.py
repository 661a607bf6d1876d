"""No digest is written before every end that is due is claimed: none comes a day late in the next one."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import errors
from bot.domain.digests import NeverAccepted
from bot.domain.notices import Audience, Ending, Notice, ending_of
from bot.domain.outcomes import Digest
from bot.domain.turns import Conversation, Place
from bot.jobs import digest, notice, notices, unredeemed
from bot.jobs.job import Again, Payload
from bot.store.database import Database
from bot.store.digests import SqlDigests
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate
from bot.store.notices import SqlNotices
from tests.contracts.tenant import ALEX, BEN, TENANT, Tenant
from tests.jobs.until import until
from tests.jobs.work import Work, running

UNAVAILABLE = {"method": "GET", "path": "/assignments$", "status": 503, "times": 99}


class Died(Exception):
    """The process, just there."""


class Dying(SimpleNamespace):
    """Digests of a process that dies before it notes that one was sent."""

    async def sent(self, person_id: str, slot: str, *, hidden: object = ()) -> None:
        raise Died


@dataclass
class Office:
    """Alex, who answers for guests; an end of Ben's access that is due a week before it, and for guests who wait."""

    deps: Any
    end: Ending
    cards: list[Digest]

    async def due(self, ending: Ending, at: timedelta = timedelta()) -> None:
        """This end is to be looked at, since some time."""
        seen = self.deps.clock.now() + at
        await self.deps.notices.watch([ending], [], lambda _, found: (found, seen))

    async def told(self) -> list[str]:
        """The assignments in the one digest that came."""
        await until(lambda: self.cards)
        (card,) = self.cards
        return [one.ending.assignment_id for one in card.lines]

    async def claimed(self) -> None:
        """Alex is to be told of something already, of which Entra shows nothing by now."""
        other = replace(self.end, assignment_id="claimed before", ends_at=self.end.ends_at + timedelta(hours=1))
        await self.deps.notices.watch([other], [], lambda _, seen: (seen, None))
        assert await self.deps.notices.claim(Notice(other, 7, ALEX, Audience.SPONSOR, self.deps.clock.now()))


@pytest.fixture
async def office(tenant: Tenant, tmp_path: Path) -> AsyncIterator[Office]:
    url = f"sqlite:///{tmp_path / 'usher.db'}"
    await migrate(url)
    database = Database(url)
    _, held, _ = (await tenant.directory.access_of([BEN]))[BEN]
    (end,) = (found for found in map(ending_of, held) if found)
    now = end.ends_at - timedelta(days=7, hours=-6)
    cards: list[Digest] = []

    async def write(payload: Payload) -> Again | None:
        return await digest.digest(payload, deps)

    async def show(chat: object, card: Digest) -> None:
        cards.append(card)

    async def open_chat(person_id: str) -> Conversation:
        return Conversation(person_id, Place.PERSONAL, "{}")

    async with running(url, **{digest.NAME: write, notice.NAME: Work()}) as engine:
        deps: Any = SimpleNamespace(
            directory=tenant.directory,
            sponsors=tenant.sponsors,
            ledger=SqlLedger(database, tenant_id=TENANT),
            notices=SqlNotices(database, tenant_id=TENANT),
            digests=SqlDigests(database, tenant_id=TENANT),
            messenger=SimpleNamespace(show=show, open_chat=open_chat),
            jobs=engine,
            clock=SimpleNamespace(now=lambda: now),
            notice_marks=(7,),
        )
        yield Office(deps, end, cards)
    await database.close()


async def test_a_digest_about_guests_who_wait_holds_the_ends_that_are_due_by_then(office: Office) -> None:
    await office.due(office.end)

    await unredeemed.look({}, office.deps)
    await notices.look({}, office.deps)

    assert await office.told() == [office.end.assignment_id]
    assert office.cards[0].waiting == NeverAccepted(1, ("Carla Reyes",))


async def test_a_look_that_broke_down_delays_the_digest_until_its_ends_are_claimed(
    office: Office, tenant: Tenant
) -> None:
    await office.claimed()
    await office.due(office.end)
    tenant.break_down(UNAVAILABLE)
    with pytest.raises(errors.Transient):
        await notices.look({}, office.deps)
    tenant.break_down()

    await notices.look({}, office.deps)

    assert await office.told() == [office.end.assignment_id]


async def test_an_end_claimed_after_a_card_whose_sending_was_cut_off_is_left_for_the_next_digest(
    office: Office,
) -> None:
    about_those_who_wait = {"person": ALEX, "slot": "day 1", "waiting": True}
    keeping, office.deps.digests = office.deps.digests, Dying()
    office.deps.digests.choice, office.deps.digests.gather = keeping.choice, keeping.gather
    with pytest.raises(Died):
        await digest.digest(about_those_who_wait, office.deps)
    office.deps.digests = keeping
    await office.deps.notices.watch([office.end], [], lambda _, seen: (seen, None))
    assert await office.deps.notices.claim(Notice(office.end, 7, ALEX, Audience.SPONSOR, office.deps.clock.now()))

    await digest.digest(about_those_who_wait, office.deps)

    assert [len(one.lines) for one in office.cards] == [0]
    assert [one.ending for one in await keeping.gather(ALEX, "day 2") if one.fresh] == [office.end]


async def test_no_digest_begins_while_more_ends_are_due_than_are_looked_at_at_once(office: Office) -> None:
    await office.claimed()
    for number in range(notices.MOST_AT_ONCE):
        await office.due(replace(office.end, assignment_id=f"hidden {number}"), at=timedelta(minutes=-1))
    await office.due(office.end)

    await notices.look({}, office.deps)
    await notices.look({}, office.deps)

    assert await office.told() == [office.end.assignment_id]
