"""What people say and press in Teams is answered: in time, once, in the right chat, on the right card."""

import asyncio
import json
from typing import Any

import pytest

from bot.domain.delivery import Reach
from tests.teams.channel import TENANT
from tests.teams.office import ALEX, LEE, MEGAN, Office

GROUP = {"conversation": {"conversationType": "groupChat", "tenantId": TENANT, "id": "19:group"}}


def words_of(card: dict[str, Any]) -> str:
    return json.dumps(card, ensure_ascii=False)


async def test_help_is_answered_inside_the_turn(office: Office) -> None:
    status = await office.say("help")

    assert status == 201
    assert office.jobs.started == {}
    assert "invite ana@fabrikam.com" in words_of(office.last()[1])


async def test_an_answer_is_a_card_without_text_and_with_its_twin_as_summary(office: Office) -> None:
    await office.say("help")

    sent = next(iter(office.chat().values()))
    assert "text" not in sent
    assert sent["summary"].startswith("What Usher does for you")
    assert sent["from"]["id"] == "28:22222222-2222-4222-8222-222222222222"
    assert sent["recipient"] == {"id": "29:1alex", "name": "Alex Wilber"}


async def test_what_asks_graph_becomes_one_durable_job(office: Office) -> None:
    activity = office.activity(ALEX, text="packages")

    for _ in range(5):
        assert (await office.post(activity))[0] == 201
    await office.jobs.done()

    assert [name for name, _ in office.jobs.started] == ["answer"]
    assert len(office.chat()) == 1
    assert "Invited users package" in words_of(office.last()[1])


async def test_the_same_quick_message_delivered_again_is_answered_once(office: Office) -> None:
    activity = office.activity(ALEX, text="help")

    for _ in range(5):
        await office.post(activity)

    assert len(office.chat()) == 1


async def test_a_turn_ends_while_its_job_still_runs(office: Office) -> None:
    office.jobs.held.clear()

    status, _ = await asyncio.wait_for(office.post(office.activity(ALEX, text="packages")), 1)

    assert status == 201
    assert office.chat() == {}
    office.jobs.held.set()


async def test_the_mention_is_taken_out_in_a_group(office: Office) -> None:
    mention = {
        "type": "mention",
        "text": "<at>Usher</at>",
        "mentioned": {"id": "28:22222222-2222-4222-8222-222222222222", "name": "Usher"},
    }

    await office.say("<at>Usher</at>\xa0help", entities=[mention], **GROUP)

    assert "What Usher does" in office.texts("19:group")[0]


async def test_a_personal_answer_to_a_group_goes_to_the_one_to_one_chat(office: Office) -> None:
    await office.say("help")

    await office.say("guests", **GROUP)

    assert ["I answered in our 1:1 chat" in text for text in office.texts("19:group")] == [True]
    assert "Ben Ortiz" in words_of(office.last()[1])
    assert "Ben Ortiz" not in words_of(office.chat("19:group"))


async def test_an_unknown_one_to_one_chat_is_opened(office: Office) -> None:
    await office.say("guests", who=MEGAN, **GROUP)

    opened = [call.body for call in office.connector.calls if call.path.endswith("/v3/conversations")]
    assert opened == [
        {
            "isGroup": False,
            "bot": {"id": "28:22222222-2222-4222-8222-222222222222"},
            "members": [{"id": "29:1megan"}],
            "tenantId": TENANT,
            "channelData": {"tenant": {"id": TENANT}},
        }
    ]
    contact = await office.ledger.contact(MEGAN)
    assert contact is not None
    assert contact.conversation is not None
    assert len(office.chat(contact.conversation.id)) == 1


async def test_a_person_who_cannot_be_written_to_is_told_where_they_asked(office: Office) -> None:
    office.connector.refuse(403, {"error": {"code": "BotNotInConversationRoster"}})

    await office.say("guests", who=MEGAN, **GROUP)

    assert "open a chat with me" in office.texts("19:group")[0]
    contact = await office.ledger.contact(MEGAN)
    assert contact is not None
    assert contact.reach is Reach.NOT_INSTALLED


async def test_a_form_opens_in_the_one_to_one_chat(office: Office) -> None:
    await office.say("help")

    await office.say("invite new@fabrikam.com", **GROUP)

    assert "new@fabrikam.com" not in words_of(office.chat("19:group"))
    assert "new@fabrikam.com" in words_of(office.last()[1])


async def test_a_press_is_answered_with_the_new_card(office: Office) -> None:
    await office.say("invite new@fabrikam.com")
    card, _ = office.last()

    body = await office.press({"verb": "invite.submit", "addresses": "not an address", "v": 1}, card=card)

    assert body["type"] == "application/vnd.microsoft.card.adaptive"
    assert body["value"]["type"] == "AdaptiveCard"
    assert list(office.chat()) == [card]
    assert office.last()[1] == body["value"]


async def test_a_slow_press_is_answered_within_a_second_and_the_card_follows(office: Office) -> None:
    await office.say("invite new@fabrikam.com")
    card, before = office.last()
    office.jobs.held.clear()
    asyncio.get_running_loop().call_later(1.2, office.jobs.held.set)
    begun = asyncio.get_running_loop().time()

    pressed = office.activity(ALEX, type="invoke", name="adaptiveCard/action", replyToId=card)
    action = {"type": "Action.Execute", "verb": "invite.submit", "data": {"addresses": "x"}}
    _, body = await office.post({**pressed, "value": {"action": action}})
    took = asyncio.get_running_loop().time() - begun
    await office.jobs.done()

    assert took < 1.1
    assert json.loads(body)["type"] == "application/vnd.microsoft.activity.message"
    assert office.last()[1] != before


async def test_an_old_clients_button_edits_the_card_as_well(office: Office) -> None:
    await office.say("invite new@fabrikam.com")
    card, before = office.last()

    await office.submit({"verb": "invite.submit", "addresses": "not an address"}, card=card)

    assert list(office.chat()) == [card]
    assert office.last()[1] != before


async def test_a_button_nobody_knows_is_explained_and_its_card_stays(office: Office) -> None:
    body = await office.press({"verb": "old.verb"}, card="card-of-yore")

    assert "no longer known" in body["value"]
    assert [call.method for call in office.connector.calls] == ["POST"]


@pytest.mark.parametrize("value", [None, [], "x", {"action": 7}, {"action": {"data": {"verb": ["x"]}}}])
async def test_a_press_of_the_wrong_type_is_answered(office: Office, value: Any) -> None:
    pressed = office.activity(ALEX, type="invoke", name="adaptiveCard/action", value=value)

    status, body = await office.post(pressed)

    assert status == 200
    assert json.loads(body)["type"].startswith("application/vnd.microsoft.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\U0001f600",
        "x" * 10_000,
        "<b>hi</b><script>alert(1)</script>",
        "a\x00b",
        "é" * 300,
        "{{DATE()}}",
        None,
    ],
)
async def test_no_words_are_left_without_an_answer(office: Office, text: str | None) -> None:
    status = await office.say(text)

    assert status == 201
    assert len(office.chat()) == 1


async def test_a_card_value_of_the_wrong_type_is_answered(office: Office) -> None:
    for value in ([1], {"verb": {"a": 1}}, {"verb": "invite.submit", "addresses": {"x": [1]}, "days": 7}):
        assert await office.submit(value) == 201

    assert len(office.chat()) == 3


async def test_someone_without_an_object_id_is_told_so(office: Office) -> None:
    stranger = {"id": "29:x", "name": "X"}

    await office.say("help", **{"from": stranger})
    body = await office.press({"verb": "help"}, **{"from": stranger})

    assert "cannot tell who you are" in office.texts()[0]
    assert "cannot tell who you are" in body["value"]
    assert office.jobs.started == {}


async def test_other_invokes_are_answered_with_nothing(office: Office) -> None:
    for name in ("signin/failure", "message/submitAction", "composeExtension/query", ""):
        status, body = await office.post(office.activity(ALEX, type="invoke", name=name, value={"x": 1}))

        assert (status, body) == (200, b"{}")


async def test_a_deleted_chat_is_opened_anew(office: Office) -> None:
    await office.say("help")
    contact = await office.ledger.contact(ALEX)
    assert contact is not None
    assert contact.conversation is not None
    office.connector.refuse(404, {"error": {"code": "ConversationNotFound"}})
    from bot.domain.outcomes import Said

    await office.room.messenger.show(contact.conversation, Said("Hello again"))

    moved = await office.ledger.contact(ALEX)
    assert moved is not None
    assert moved.conversation is not None
    assert moved.conversation.id.startswith("a:new")
    assert moved.time_zone == contact.time_zone
    assert "Hello again" in office.texts(moved.conversation.id)[0]


async def test_a_card_that_is_gone_is_posted_again(office: Office) -> None:
    await office.say("invite new@fabrikam.com")
    card, _ = office.last()
    office.connector.refuse(404, {"error": {"code": "ActivityNotFoundInConversation"}})

    await office.press({"verb": "invite.submit", "addresses": "nonsense"}, card=card)

    assert len(office.chat()) == 2


async def test_a_person_without_a_role_is_refused_on_a_press_too(office: Office) -> None:
    body = await office.press(
        {"verb": "invite.submit", "addresses": "new@fabrikam.com", "package": "Invited users package", "way": "link"},
        who=LEE,
        card="some-card",
    )

    assert "may not" in words_of(body)
