from dataclasses import replace

from bot.domain.delivery import ShownCard
from bot.domain.turns import Conversation, Place
from bot.store.ledger import SqlLedger

CHAT = Conversation("a:1alex", Place.PERSONAL, '{"serviceUrl": "https://smba"}')
CARD = ShownCard("invite-1", CHAT, "activity-1", "admin", "digest-1")


async def test_an_invite_knows_the_cards_that_show_it(ledger: SqlLedger) -> None:
    guests = replace(CARD, conversation=replace(CHAT, id="a:1ana"), audience="guest")
    await ledger.add_card(CARD)
    await ledger.add_card(guests)
    await ledger.add_card(replace(CARD, invite_id="invite-2", activity_id="activity-2"))

    assert await ledger.cards("invite-1") == (CARD, guests)
    assert await ledger.cards("invite-3") == ()


async def test_a_card_in_a_chat_knows_what_it_shows(ledger: SqlLedger) -> None:
    await ledger.add_card(CARD)

    assert await ledger.card_at("a:1alex", "activity-1") == CARD
    assert await ledger.card_at("a:1alex", "activity-2") is None
    assert await ledger.card_at("a:1ana", "activity-1") is None


async def test_a_card_that_shows_something_else_now_is_replaced(ledger: SqlLedger) -> None:
    await ledger.add_card(CARD)

    await ledger.add_card(replace(CARD, invite_id="invite-2", digest=""))

    assert await ledger.cards("invite-1") == ()
    assert await ledger.card_at("a:1alex", "activity-1") == replace(CARD, invite_id="invite-2", digest="")


async def test_marking_a_card_changes_that_one_only(ledger: SqlLedger) -> None:
    other = replace(CARD, activity_id="activity-2")
    await ledger.add_card(CARD)
    await ledger.add_card(other)

    await ledger.mark_card(CARD, "digest-2")

    assert await ledger.cards("invite-1") == (replace(CARD, digest="digest-2"), other)


async def test_a_dropped_card_is_forgotten_and_dropping_it_twice_is_fine(ledger: SqlLedger) -> None:
    await ledger.add_card(CARD)

    await ledger.drop_card(CARD)
    await ledger.drop_card(CARD)

    assert await ledger.cards("invite-1") == ()


async def test_a_turn_has_no_card_until_one_is_kept_and_the_newest_counts(ledger: SqlLedger) -> None:
    before = await ledger.slot("turn")
    await ledger.keep_slot("turn", "activity-1")
    first = await ledger.slot("turn")
    await ledger.keep_slot("turn", "activity-2")

    assert [before, first, await ledger.slot("turn"), await ledger.slot("other")] == [
        "", "activity-1", "activity-2", "",
    ]  # fmt: skip
