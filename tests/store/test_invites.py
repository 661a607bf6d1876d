import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import errors
from bot.domain.ends import Ends
from bot.domain.invites import Failure, Invite, Milestone, Way, Wish
from bot.store.database import Database
from bot.store.ledger import SqlLedger

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
ANA = Wish("ana@fabrikam.com", "package-1", "Invited users package")


async def claimed(ledger: SqlLedger, wish: Wish = ANA, now: datetime = NOW) -> Invite:
    invite, _ = await ledger.claim(wish, asked_by="alex", asked_by_name="Alex Wilber", now=now)
    return invite


def closed(invite: Invite) -> Invite:
    return invite.reached(Milestone.REVOKED, NOW)


async def test_the_first_claim_makes_the_invite_and_the_second_finds_it(ledger: SqlLedger) -> None:
    first, made = await ledger.claim(ANA, asked_by="alex", asked_by_name="Alex Wilber", now=NOW)
    second, made_again = await ledger.claim(
        replace(ANA, way=Way.ASSIGN), asked_by="megan", asked_by_name="Megan Bowen", now=NOW + timedelta(days=1)
    )

    assert (made, made_again) == (True, False)
    assert second == first == Invite(first.id, ANA, "alex", "Alex Wilber", NOW)


async def test_many_claims_at_the_same_moment_are_one_invite(ledger: SqlLedger, url: str) -> None:
    elsewhere = Database(url)
    other = SqlLedger(elsewhere, tenant_id=ledger._tenant_id)

    answers = await asyncio.gather(
        *(who.claim(ANA, asked_by=str(n), asked_by_name="", now=NOW) for n in range(10) for who in (ledger, other))
    )
    await elsewhere.close()

    assert sum(made for _, made in answers) == 1
    assert len({invite.id for invite, _ in answers}) == 1


async def test_another_package_address_or_tenant_is_another_invite(ledger: SqlLedger, database: Database) -> None:
    foreign = SqlLedger(database, tenant_id="another")

    first = await claimed(ledger)
    others = [
        await claimed(ledger, replace(ANA, package_id="package-2")),
        await claimed(ledger, replace(ANA, package_id="")),
        await claimed(ledger, replace(ANA, address="ben@fabrikam.com")),
        await claimed(foreign),
    ]

    assert len({first.id, *(other.id for other in others)}) == 5


async def test_a_closed_invite_makes_room_for_a_new_one(ledger: SqlLedger) -> None:
    first = await claimed(ledger)
    await ledger.amend(first.id, closed)

    second, made = await ledger.claim(ANA, asked_by="alex", asked_by_name="Alex", now=NOW + timedelta(hours=1))

    assert made
    assert [invite.id for invite in await ledger.invites(address=ANA.address)] == [first.id, second.id]


async def test_an_invite_cannot_be_reopened_beside_an_open_one(ledger: SqlLedger) -> None:
    first = await claimed(ledger)
    await ledger.amend(first.id, closed)
    await claimed(ledger)

    with pytest.raises(errors.Conflict):
        await ledger.amend(first.id, lambda invite: replace(invite, open=True))


async def test_everything_about_an_invite_comes_back_as_it_was_stored(ledger: SqlLedger) -> None:
    invite = await claimed(
        ledger,
        Wish(
            "ana@fabrikam.com",
            "p",
            "Päckchen 🎁",
            Way.ASSIGN,
            Ends(on=date(2026, 12, 24)),
            "s",
            "Sponsor",
            "pt-BR",
            "Grüße\n\x00\ud83d",
            "audit",
            "Ana",
            "America/Sao_Paulo",
        ),
    )
    full = replace(
        invite, guest_id="g", guest_name="Ana Silva", redeem_url="https://x", policy_id="po", request_id="r",
        assignment_id="as", ends_at=NOW + timedelta(days=14), approval_needed=True, governed=False,
        milestones={Milestone.INVITED: NOW, Milestone.REDEEMED: NOW + timedelta(hours=1)},
        attempts=("invitation", "assignment"), failure=Failure("No", "code", "assign", NOW), looks=3,
        next_look_at=NOW + timedelta(minutes=1), updated_at=NOW,
    )  # fmt: skip

    amended = await ledger.amend(invite.id, lambda _: full)

    assert amended == full
    assert await ledger.invite(invite.id) == full


async def test_an_unknown_invite_is_none_and_cannot_be_amended(ledger: SqlLedger) -> None:
    assert await ledger.invite("nobody") is None
    with pytest.raises(errors.NotFound):
        await ledger.amend("nobody", closed)


async def test_amendments_at_the_same_moment_do_not_lose_each_other(ledger: SqlLedger) -> None:
    invite = await claimed(ledger)

    await asyncio.gather(
        *(ledger.amend(invite.id, lambda stored: replace(stored, looks=stored.looks + 1)) for _ in range(20))
    )

    stored = await ledger.invite(invite.id)
    assert stored is not None
    assert stored.looks == 20


async def test_a_change_that_fails_changes_nothing(ledger: SqlLedger) -> None:
    invite = await claimed(ledger)

    def fails(stored: Invite) -> Invite:
        raise ValueError(stored.id)

    with pytest.raises(ValueError, match=invite.id):
        await ledger.amend(invite.id, fails)
    assert await ledger.invite(invite.id) == invite


async def test_a_guest_is_found_by_address_or_by_object_id(ledger: SqlLedger) -> None:
    by_address = await claimed(ledger)
    by_id = await claimed(ledger, replace(ANA, address="ana@new.com"), NOW + timedelta(hours=1))
    await ledger.amend(by_id.id, lambda invite: replace(invite, guest_id="g"))
    await claimed(ledger, replace(ANA, address="ben@fabrikam.com"))

    found = await ledger.invites(address=ANA.address, guest_id="g")

    assert [invite.id for invite in found] == [by_address.id, by_id.id]
    assert [invite.id for invite in await ledger.invites(guest_id="g")] == [by_id.id]


async def test_invites_without_a_guest_id_are_not_found_by_an_empty_one(ledger: SqlLedger) -> None:
    await claimed(ledger)

    assert await ledger.invites(guest_id="") == ()


async def looked_at(ledger: SqlLedger, name: str, at: datetime | None) -> str:
    invite = await claimed(ledger, replace(ANA, address=name))
    await ledger.amend(invite.id, lambda stored: replace(stored, next_look_at=at))
    return invite.id


async def test_due_are_the_open_invites_whose_time_has_come_longest_waiting_first(ledger: SqlLedger) -> None:
    late = await looked_at(ledger, "late", NOW)
    later = await looked_at(ledger, "later", NOW - timedelta(hours=1))
    await looked_at(ledger, "early", NOW + timedelta(seconds=1))
    await looked_at(ledger, "never", None)
    over = await looked_at(ledger, "over", NOW)
    await ledger.amend(over, closed)

    due = await ledger.due(NOW, lease=60, limit=10)

    assert [invite.id for invite in due] == [later, late]


async def test_due_invites_are_leased_and_come_back_when_nobody_looked(ledger: SqlLedger) -> None:
    one = await looked_at(ledger, "one", NOW)

    first = await ledger.due(NOW, lease=60, limit=10)
    meanwhile = await ledger.due(NOW + timedelta(seconds=59), lease=60, limit=10)
    after = await ledger.due(NOW + timedelta(seconds=60), lease=60, limit=10)

    assert [[invite.id for invite in due] for due in (first, meanwhile, after)] == [[one], [], [one]]


async def test_that_an_invite_is_due_can_be_asked_without_taking_it(ledger: SqlLedger) -> None:
    await looked_at(ledger, "one", NOW)

    asked = [await ledger.any_due(NOW - timedelta(seconds=1)), await ledger.any_due(NOW), await ledger.any_due(NOW)]
    await ledger.due(NOW, lease=60, limit=10)

    assert asked == [False, True, True]
    assert not await ledger.any_due(NOW)


async def test_due_invites_are_shared_out_between_replicas(ledger: SqlLedger) -> None:
    all_of_them = {await looked_at(ledger, str(n), NOW) for n in range(12)}

    shares = await asyncio.gather(*(ledger.due(NOW, lease=60, limit=3) for _ in range(6)))

    taken = [invite.id for share in shares for invite in share]
    rest = [invite.id for invite in await ledger.due(NOW, lease=60, limit=12)]
    assert max(map(len, shares)) <= 3
    assert len(taken + rest) == 12
    assert set(taken + rest) == all_of_them


async def test_times_to_access_are_those_of_invites_that_were_delivered(ledger: SqlLedger) -> None:
    for number, hours in enumerate((2, 5)):
        invite = await claimed(ledger, replace(ANA, address=f"guest{number}@fabrikam.com"))
        await ledger.amend(invite.id, lambda one, h=hours: one.reached(Milestone.DELIVERED, NOW + timedelta(hours=h)))
    await claimed(ledger)

    assert sorted(await ledger.times_to_access(NOW)) == [timedelta(hours=2), timedelta(hours=5)]
    assert await ledger.times_to_access(NOW + timedelta(seconds=1)) == ()


async def test_who_invited_a_guest_last_is_found_for_many_at_once(ledger: SqlLedger) -> None:
    for number, (guest, who) in enumerate([("ana", "alex"), ("ana", "megan"), ("ben", "lee"), ("carla", "")]):
        wish = replace(ANA, address=f"{guest}@fabrikam.com", package_id=str(number))
        one, _ = await ledger.claim(wish, asked_by=who, asked_by_name="", now=NOW + timedelta(days=number))
        await ledger.amend(one.id, lambda invite, guest=guest: replace(invite, guest_id=guest))
    many = [f"guest {number}" for number in range(1200)]

    assert await ledger.inviters(["ana", "carla", *many, "ben"]) == {"ana": "megan", "ben": "lee"}
    assert await ledger.inviters([]) == {}
