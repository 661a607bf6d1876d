"""What the stock adapter gets wrong, this one gets right; the SDK's own parts keep working on it."""

import asyncio
import json
from typing import Any

import pytest
from botbuilder.core import ActivityHandler, CardFactory, InvokeResponse, MessageFactory, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    AdaptiveCardInvokeResponse,
    ChannelAccount,
    ConversationParameters,
)
from botbuilder.schema.teams import TaskModuleContinueResponse, TaskModuleResponse, TaskModuleTaskInfo

from bot.errors import Forbidden
from tests.teams.channel import APP_ID, TENANT, invoke, message
from tests.teams.conftest import World

PRESS = {"action": {"type": "Action.Execute", "verb": "x", "data": {}}, "trigger": "manual"}


class Cards(ActivityHandler):
    async def on_adaptive_card_invoke(self, turn_context: TurnContext, invoke_value: Any) -> Any:
        return AdaptiveCardInvokeResponse(
            status_code=200, type="application/vnd.microsoft.card.adaptive", value={"type": "AdaptiveCard"}
        )


class Dialogs(TeamsActivityHandler):
    async def on_teams_task_module_fetch(self, turn_context: TurnContext, task_module_request: Any) -> Any:
        info = TaskModuleTaskInfo(title="T", height=100, width=200)
        return TaskModuleResponse(task=TaskModuleContinueResponse(value=info))


def handled_by(world: World, handler: ActivityHandler) -> None:
    world.bot.act = handler.on_turn


def answering(world: World, body: Any, status: int = 200) -> None:
    async def act(context: TurnContext) -> None:
        value = InvokeResponse(status=status, body=body)
        await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=value))

    world.bot.act = act


async def test_a_press_answered_through_the_sdk_replaces_the_card(world: World) -> None:
    handled_by(world, Cards())

    status, body = await world.post(invoke(world.service_url, "adaptiveCard/action", PRESS))

    assert status == 200
    assert json.loads(body) == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.card.adaptive",
        "value": {"type": "AdaptiveCard"},
    }


async def test_a_dialog_opened_through_the_sdk_has_its_body(world: World) -> None:
    handled_by(world, Dialogs())

    status, body = await world.post(invoke(world.service_url, "task/fetch", {"data": {}, "context": {}}))

    assert status == 200
    assert json.loads(body)["task"]["value"]["title"] == "T"


@pytest.mark.parametrize("body", [{"a": [1]}, [1], "text", {}, None])
async def test_any_json_may_answer_an_invoke(world: World, body: Any) -> None:
    answering(world, body)

    status, answer = await world.post(invoke(world.service_url, "x", {}))

    assert status == 200
    assert (json.loads(answer) if answer else None) == body


async def test_a_model_answers_an_invoke_as_json(world: World) -> None:
    answering(world, ChannelAccount(id="29:x", aad_object_id="y"))

    _, answer = await world.post(invoke(world.service_url, "x", {}))

    assert json.loads(answer) == {"id": "29:x", "aadObjectId": "y"}


async def test_a_malformed_press_is_answered_in_words(world: World) -> None:
    status, answer = await world.post(invoke(world.service_url, "adaptiveCard/action", None))

    assert status == 400
    assert "new one" in json.loads(answer)["value"]["message"]


async def test_an_invoke_nobody_knows_is_answered_with_nothing(world: World) -> None:
    async def act(context: TurnContext) -> None:
        del context

    world.bot.act = act

    status, answer = await world.post(invoke(world.service_url, "signin/failure", {"code": "tokenmissing"}))

    assert (status, answer) == (200, b"{}")


async def test_the_tenant_of_the_conversation_is_read(world: World) -> None:
    await world.post(message(world.service_url))

    assert world.bot.turns[0].conversation.tenant_id == TENANT


async def test_the_sdks_replies_reach_the_conversation(world: World) -> None:
    async def act(context: TurnContext) -> None:
        first = await context.send_activity("one")
        await context.send_activity(MessageFactory.attachment(CardFactory.adaptive_card({"type": "AdaptiveCard"})))
        await context.update_activity(Activity(id=first.id, type="message", text="two"))
        await context.delete_activity(first.id)

    world.bot.act = act

    await world.post(message(world.service_url))

    calls = world.connector.calls
    assert [(call.method, call.path) for call in calls] == [
        ("POST", "/amer/v3/conversations/a%3A1alex/activities/1700000000001"),
        ("POST", "/amer/v3/conversations/a%3A1alex/activities/1700000000001"),
        ("PUT", "/amer/v3/conversations/a%3A1alex/activities/sent-1"),
        ("DELETE", "/amer/v3/conversations/a%3A1alex/activities/sent-1"),
    ]
    assert calls[0].body["text"] == "one"
    assert calls[0].body["recipient"]["id"] == "29:1alex"
    assert calls[1].body["attachments"][0]["content"] == {"type": "AdaptiveCard"}


async def test_many_turns_ask_for_one_connector_token(world: World) -> None:
    async def act(context: TurnContext) -> None:
        await context.send_activity("x")

    world.bot.act = act

    await asyncio.gather(*(world.post(message(world.service_url)) for _ in range(12)))

    assert {call.authorization for call in world.connector.calls} == {"Bearer connector-token-1"}
    assert world.keys.fetches == 1


async def test_a_slow_key_document_does_not_stop_the_loop(world: World) -> None:
    world.keys.delay = 0.3
    stalls: list[float] = []

    async def watch() -> None:
        loop = asyncio.get_running_loop()
        while True:
            begun = loop.time()
            await asyncio.sleep(0.01)
            stalls.append(loop.time() - begun)

    watching = asyncio.create_task(watch())
    await world.post(message(world.service_url))
    watching.cancel()

    assert len(stalls) > 5
    assert max(stalls) < 0.2


async def fails(context: TurnContext) -> None:
    raise ZeroDivisionError("secret detail")


async def test_a_failed_message_is_answered_without_a_stack_trace(world: World) -> None:
    world.bot.act = fails

    status, _ = await world.post(message(world.service_url))

    assert status == 201
    text = world.connector.calls[0].body["text"]
    assert "went wrong" in text
    assert "secret" not in text


async def test_an_error_with_words_is_explained(world: World) -> None:
    async def act(context: TurnContext) -> None:
        raise Forbidden("Graph said 403 at /v1.0/x")

    world.bot.act = act

    await world.post(message(world.service_url))

    assert world.connector.calls[0].body["text"] == Forbidden("").explanation


async def test_a_failed_press_is_answered_on_the_card(world: World) -> None:
    world.bot.act = fails

    status, body = await world.post(invoke(world.service_url, "adaptiveCard/action", PRESS))

    answer = json.loads(body)
    assert status == 200
    assert answer["type"] == "application/vnd.microsoft.activity.message"
    assert "went wrong" in answer["value"]


async def test_other_failed_invokes_are_answered_in_their_own_shape(world: World) -> None:
    world.bot.act = fails

    _, dialog = await world.post(invoke(world.service_url, "task/submit", {}))
    _, search = await world.post(invoke(world.service_url, "application/search", {}))

    assert json.loads(dialog)["task"]["type"] == "message"
    assert json.loads(search)["statusCode"] == 500


async def test_a_turn_that_cannot_even_apologise_is_still_accepted(world: World) -> None:
    world.bot.act = fails
    world.connector.refuse(403, {"error": {"code": "BotNotInConversationRoster"}})

    status, _ = await world.post(message(world.service_url))

    assert status == 201


async def test_a_failed_update_from_the_channel_says_nothing_to_anyone(world: World) -> None:
    world.bot.act = fails

    status, _ = await world.post(message(world.service_url, None, type="conversationUpdate"))

    assert status == 201
    assert world.connector.calls == []


async def test_a_stored_conversation_is_continued(world: World) -> None:
    await world.post(message(world.service_url))
    reference = TurnContext.get_conversation_reference(world.bot.turns[0])
    reference.activity_id = None

    async def logic(context: TurnContext) -> None:
        await context.send_activity("later")

    await world.adapter.continue_conversation(reference, logic, APP_ID)

    call = world.connector.calls[0]
    assert call.body["text"] == "later"
    assert call.path.startswith("/amer/v3/conversations/a%3A1alex/activities")


async def test_a_conversation_is_created_with_tenant_and_member(world: World) -> None:
    parameters = ConversationParameters(
        is_group=False,
        bot=ChannelAccount(id=f"28:{APP_ID}"),
        members=[ChannelAccount(id="29:1megan")],
        tenant_id=TENANT,
        channel_data={"tenant": {"id": TENANT}},
    )
    seen = []

    async def logic(context: TurnContext) -> None:
        seen.append(context.activity.conversation.id)

    await world.adapter.create_conversation(APP_ID, logic, parameters, "msteams", world.service_url)

    assert seen == ["a:new1"]
    assert world.connector.calls[0].body["members"] == [{"id": "29:1megan"}]
    assert world.connector.calls[0].body["channelData"] == {"tenant": {"id": TENANT}}


async def test_replies_are_handed_back_when_the_channel_expects_them(world: World) -> None:
    async def act(context: TurnContext) -> None:
        await context.send_activity("here")

    world.bot.act = act

    status, body = await world.post(message(world.service_url, deliveryMode="expectReplies"))

    assert status == 200
    assert json.loads(body)["activities"][0]["text"] == "here"


async def test_a_guest_joining_reaches_the_sdks_handler(world: World) -> None:
    joined = []

    class Joins(ActivityHandler):
        async def on_members_added_activity(self, members_added: Any, turn_context: TurnContext) -> None:
            joined.extend(member.id for member in members_added)

    handled_by(world, Joins())

    await world.post(message(world.service_url, None, type="conversationUpdate", membersAdded=[{"id": "29:new"}]))

    assert joined == ["29:new"]
