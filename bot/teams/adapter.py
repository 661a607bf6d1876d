"""Run the SDK's turns on our own ways in and out, with its known defects repaired."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import uuid4

import orjson
from aiohttp import web
from botbuilder.core import Bot, BotAdapter, InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ConversationParameters,
    ConversationReference,
    DeliveryModes,
    ExpectedReplies,
    ResourceResponse,
)
from botframework.connector.auth import ClaimsIdentity

from bot.errors import UsherError
from bot.teams.auth import Caller, Gate, NotAuthenticatedError, NotForUsError
from bot.teams.connector import Connector
from bot.teams.inbound import read_json
from bot.teams.invokes import apology, bad_request
from bot.teams.wire import MisshapenError, to_activity, to_json

log = logging.getLogger(__name__)

INVOKE_RESPONSE = BotAdapter._INVOKE_RESPONSE_KEY  # noqa: SLF001 - where the SDK's own parts leave it, too
Logic = Callable[[TurnContext], Awaitable[Any]]


class Adapter(CloudAdapter):  # type: ignore[misc]
    """The SDK's adapter: `TurnContext`, activity handlers and dialogs work as documented.

    The stock 4.17.1 adapter answers 500 to invokes with a body and to most bad tokens, asks Entra for a
    token in each turn on the event loop, opens a connection per turn and retries nothing. Here requests
    pass a `Gate` and sends go through a `Connector`.
    """

    def __init__(self, gate: Gate, connector: Connector) -> None:
        # CloudAdapterBase's own constructor would want the SDK's authentication, which the gate replaces.
        BotAdapter.__init__(self, on_turn_error=self._explain)
        self.connector = connector
        self._gate = gate

    async def process(self, request: web.Request, bot: Bot, ws_response: object = None) -> web.Response:
        """Answer one POST of the channel: 2xx, or 400, 401, 403, 405, 413, 415; never 5xx."""
        del ws_response  # Teams does not use the streaming protocol
        body = await read_json(request)
        claims = await self._admit(request, body)
        activity = _activity(body)
        context = self._context(activity, claims)
        try:
            await self.run_pipeline(context, bot.on_turn)
        except UsherError as error:
            # Even the apology could not be sent. The channel is told nothing: it could only send again.
            log.warning("turn not answered", extra={"activity": activity.id, "error": error.detail})
        return _http(self._answer(context))

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        """Send what the SDK's own parts want sent; ids as Teams gave them."""
        return [await self._send(context, activity) for activity in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replace an activity of the turn's conversation."""
        url, talk = _address(context.activity)
        await self.connector.update(url, talk, activity.id, to_json(activity))
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Take an activity of the turn's conversation away."""
        url, talk = _address(context.activity)
        await self.connector.delete(url, talk, reference.activity_id)

    async def process_proactive(
        self,
        claims_identity: ClaimsIdentity,
        continuation_activity: Activity,
        audience: str | None,
        logic: Logic,
    ) -> None:
        """Run `logic` in a turn of a stored conversation (`continue_conversation` comes here)."""
        del audience  # one bot, one audience
        context = self._context(continuation_activity, claims_identity.claims)
        await self.run_pipeline(context, logic)

    async def create_conversation(
        self,
        bot_app_id: str,
        callback: Logic,
        conversation_parameters: ConversationParameters,
        channel_id: str,
        service_url: str,
        audience: str | None = None,
    ) -> None:
        """Open a conversation and run `callback` in it."""
        del audience
        parameters = to_json(conversation_parameters)
        opened = await self.connector.create_conversation(service_url, parameters)
        event = self._create_create_activity(_Opened(opened), channel_id, service_url, conversation_parameters)
        context = self._context(event, self.create_claims_identity(bot_app_id).claims)
        await self.run_pipeline(context, callback)

    async def _admit(self, request: web.Request, body: Mapping[str, Any]) -> dict[str, Any]:
        caller = Caller(
            authorization=request.headers.get("Authorization", ""),
            peer=request.remote or "",
            host=request.url.host or "",
        )
        try:
            return await self._gate.admit(body, caller)
        except NotAuthenticatedError as error:
            log.warning("activity refused", extra={"status": 401, "reason": str(error)})
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"}) from error
        except NotForUsError as error:
            log.warning("activity refused", extra={"status": 403, "reason": str(error)})
            raise web.HTTPForbidden(text=str(error)) from error

    def _context(self, activity: Activity, claims: dict[str, Any]) -> TurnContext:
        context = TurnContext(self, activity)
        context.turn_state[self.BOT_IDENTITY_KEY] = ClaimsIdentity(claims, True)
        return context

    async def _send(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type == ActivityTypes.invoke_response:
            context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
            return ResourceResponse(id="")
        if activity.type in (ActivityTypes.trace, "delay"):
            return ResourceResponse(id="")
        url, talk = _address(activity)
        sent = await self.connector.send(url, talk, to_json(activity), reply_to=activity.reply_to_id)
        return ResourceResponse(id=sent)

    def _answer(self, context: TurnContext) -> InvokeResponse | None:
        activity = context.activity
        if activity.delivery_mode == DeliveryModes.expect_replies:
            replies = ExpectedReplies(activities=context.buffered_reply_activities)
            return InvokeResponse(status=200, body=replies)
        if activity.type != ActivityTypes.invoke:
            return None
        given = context.turn_state.get(self._INVOKE_RESPONSE_KEY)
        # An invoke nobody knows is answered with nothing; 501 would show the person an error.
        return given.value if given else InvokeResponse(status=200, body={})

    async def _explain(self, context: TurnContext, error: Exception) -> None:
        """Every person gets an answer, also when the turn failed; the log has the rest under the same mark."""
        mark = uuid4().hex[:8]
        known = isinstance(error, UsherError)
        log.error("turn failed", exc_info=None if known else error, extra={"mark": mark, "error": repr(error)})
        text = error.explanation if isinstance(error, UsherError) else _SORRY.format(mark=mark)
        if context.activity.type == ActivityTypes.invoke:
            body = InvokeResponse(status=200, body=apology(context.activity.name, text))
            await self._send(context, Activity(type=ActivityTypes.invoke_response, value=body))
        elif context.activity.type == ActivityTypes.message:
            await context.send_activity(text)


_SORRY = (
    "Something went wrong on my side, and I could not finish that. Please try again. "
    "If it stays, tell whoever runs Usher and mention {mark}."
)


class _Opened:
    """What the SDK reads of a created conversation."""

    def __init__(self, conversation_id: str) -> None:
        self.id = conversation_id
        self.activity_id: str | None = None


def _activity(body: Mapping[str, Any]) -> Activity:
    try:
        return to_activity(body)
    except MisshapenError as error:
        raise web.HTTPBadRequest(text=str(error)) from error


def _address(activity: Activity) -> tuple[str, str]:
    return activity.service_url, activity.conversation.id


def _http(answer: InvokeResponse | None) -> web.Response:
    if answer is None:
        return web.Response(status=201)
    status, body = int(answer.status), _body(answer)
    if body is None:
        return web.Response(status=status)
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")


def _body(answer: InvokeResponse) -> Any:
    """The SDK's own error answers hold Python exceptions, which are not JSON."""
    try:
        return to_json(answer.body)
    except MisshapenError as error:
        log.warning("invoke answer not sent", extra={"error": str(error)})
        return bad_request("This card could not be read. Please ask for a new one.")
