from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.delivery import Contact, Reach
from bot.domain.turns import Conversation, Place
from bot.store.ledger import SqlLedger

CHAT = Conversation("a:1ana", Place.PERSONAL, '{"serviceUrl": "https://smba"}')
ANA = Contact(
    "5555", "29:1ana", CHAT, Reach.OK, "", "Ana Silva", "pt-BR", "America/Sao_Paulo", datetime(2026, 3, 1, tzinfo=UTC)
)


async def test_a_person_is_known_once_remembered(ledger: SqlLedger) -> None:
    await ledger.remember(ANA)

    assert await ledger.contact("5555") == ANA
    assert await ledger.contact("6666") is None


async def test_the_newest_is_what_counts_but_a_known_chat_is_not_lost(ledger: SqlLedger) -> None:
    await ledger.remember(ANA)

    await ledger.remember(replace(ANA, conversation=None, name="Ana S.", updated_at=None))

    assert await ledger.contact("5555") == replace(ANA, name="Ana S.", updated_at=None)


async def test_a_time_zone_that_is_not_named_again_stays(ledger: SqlLedger) -> None:
    await ledger.remember(ANA)

    await ledger.remember(replace(ANA, time_zone=""))

    assert await ledger.contact("5555") == ANA
    assert await ledger.time_zone_in("a:1ana") == "America/Sao_Paulo"
    assert await ledger.time_zone_in("a:1nobody") == ""


async def test_a_person_met_without_a_chat_gets_one_later(ledger: SqlLedger) -> None:
    await ledger.remember(replace(ANA, conversation=None))
    without = await ledger.contact("5555")
    await ledger.remember(ANA)

    assert without == replace(ANA, conversation=None)
    assert await ledger.contact("5555") == ANA


async def test_a_chat_that_teams_opened_is_kept_for_somebody_who_never_wrote(ledger: SqlLedger) -> None:
    await ledger.opened("5555", CHAT, instead_of="")

    assert await ledger.contact("5555") == Contact("5555", "", CHAT)


async def test_who_writes_while_a_chat_is_opened_stays_as_they_were_met(ledger: SqlLedger) -> None:
    opened = replace(CHAT, id="a:1opened")
    await ledger.remember(ANA)

    await ledger.opened("5555", opened, instead_of="")
    await ledger.opened("5555", opened, instead_of="a:1gone")

    assert await ledger.contact("5555") == ANA


async def test_a_chat_opened_instead_of_one_that_is_gone_is_the_one_to_write_to(ledger: SqlLedger) -> None:
    opened = replace(CHAT, id="a:1opened")
    await ledger.remember(ANA)
    await ledger.remember(replace(ANA, person_id="6666", conversation=None))
    await ledger.set_reach("7777", Reach.UNKNOWN, "")

    await ledger.opened("5555", opened, instead_of=CHAT.id)
    await ledger.opened("6666", opened, instead_of="")
    await ledger.opened("7777", opened, instead_of="")

    assert await ledger.contact("5555") == replace(ANA, conversation=opened)
    assert await ledger.contact("6666") == replace(ANA, person_id="6666", conversation=opened)
    assert await ledger.contact("7777") == Contact("7777", "", opened)


async def test_somebody_who_blocked_usher_is_reachable_once_they_write_again(ledger: SqlLedger) -> None:
    await ledger.remember(ANA)
    await ledger.set_reach("5555", Reach.BLOCKED, "MessageWritesBlocked")
    blocked = await ledger.contact("5555")
    await ledger.remember(ANA)

    assert blocked == replace(ANA, reach=Reach.BLOCKED, code="MessageWritesBlocked")
    assert await ledger.contact("5555") == ANA


async def test_what_was_learnt_about_somebody_who_never_wrote_is_kept(ledger: SqlLedger) -> None:
    await ledger.set_reach("5555", "not_installed", "BotNotInConversationRoster")

    assert await ledger.contact("5555") == Contact("5555", "", None, Reach.NOT_INSTALLED, "BotNotInConversationRoster")


async def test_a_reach_that_does_not_exist_is_refused(ledger: SqlLedger) -> None:
    with pytest.raises(ValueError, match="perhaps"):
        await ledger.set_reach("5555", "perhaps", "")


async def test_teams_are_remembered_once_and_forgotten(ledger: SqlLedger) -> None:
    partners = Conversation("19:partners@thread.tacv2", Place.CHANNEL, "{}")
    phoenix = Conversation("19:phoenix@thread.tacv2", Place.CHANNEL, "{}")
    for team in (phoenix, partners, replace(partners, reference='{"new": 1}')):
        await ledger.remember_team(team)
    both = await ledger.teams()

    await ledger.forget_team(phoenix.id)
    await ledger.forget_team("19:unknown")

    assert both == (replace(partners, reference='{"new": 1}'), phoenix)
    assert await ledger.teams() == (replace(partners, reference='{"new": 1}'),)
