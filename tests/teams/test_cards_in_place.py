"""A card that follows something is drawn anew where it stands, and the newest view wins."""

import asyncio

from bot.commands import views
from bot.domain.invites import Invite, Milestone, Wish
from bot.jobs import show
from tests.teams.office import ALEX, BEN, MEGAN, Office


async def an_invite(office: Office) -> Invite:
    wish = Wish("new@fabrikam.com", "99999999-9999-4999-8999-999999999991", "Invited users package")
    now = office.deps.clock.now()
    invite, _ = await office.ledger.claim(wish, asked_by=ALEX, asked_by_name="Alex Wilber", now=now)
    return invite


async def test_a_press_on_a_live_card_is_answered_in_words_since_a_job_may_have_edited_the_card_by_then(
    office: Office,
) -> None:
    invite = await an_invite(office)
    await office.say(f"resend {invite.wish.address}")
    card, _ = office.last()

    body = await office.press({"verb": "resend", "invite": invite.id}, card=card)

    assert body["type"] == "application/vnd.microsoft.activity.message"
    assert invite.wish.address in body["value"]
    assert list(office.chat()) == [card]


async def test_a_live_card_that_moved_stays_moved_while_its_invite_changes(office: Office) -> None:
    invite, deps = await an_invite(office), office.deps
    for who in (ALEX, MEGAN):
        await office.say(f"resend {invite.wish.address}", who=who)
    old, _ = office.last("a:1megan")
    megan = await office.ledger.contact(MEGAN)
    assert megan is not None
    assert megan.conversation is not None
    new = await deps.messenger.show(megan.conversation, await views.live(invite, deps, "UTC"))
    await office.ledger.amend(invite.id, lambda one: one.reached(Milestone.INVITED, deps.clock.now()))
    office.connector.delay = 0.1

    refreshing = asyncio.create_task(show.refresh(invite.id, deps))
    while not office.connector.open_now:
        await asyncio.sleep(0)
    await show.keep(invite.id, megan.conversation, new, show.ADMIN, deps)
    await refreshing

    stands = office.chat("a:1megan")
    assert "This card moved" in stands[old]["summary"]
    assert "✔ Invited" in stands[new]["summary"]


async def test_a_guest_who_refreshes_sees_the_same_card_drawn_anew(office: Office) -> None:
    await office.say("status", who=BEN)
    card, _ = office.last("a:1ben")

    body = await office.press({"verb": "guest.refresh"}, card=card, who=BEN)

    assert list(office.chat("a:1ben")) == [card]
    assert body["type"] == "application/vnd.microsoft.card.adaptive"
