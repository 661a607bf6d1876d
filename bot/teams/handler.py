"""Lead each activity of Teams to what answers it, within the time Teams waits."""

import asyncio
import logging
from dataclasses import replace
from typing import Any, Protocol

from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes

from bot.commands import dispatch
from bot.commands.command import text_of
from bot.domain.outcomes import Outcome, Said, Tone
from bot.domain.turns import Place, Turn
from bot.errors import SignInNeeded, Transient, UsherError
from bot.ports import Deps
from bot.teams.adapter import INVOKE_RESPONSE
from bot.teams.answers import is_for_form
from bot.teams.contacts import Contacts
from bot.teams.dialogs import Forms
from bot.teams.invokes import bad_request, message_answer
from bot.teams.post import Post
from bot.teams.presses import WaitingPresses
from bot.teams.recent import RecentKeys
from bot.teams.signing_in import INVOKES, SigningIn
from bot.teams.turns import CONSENT, to_turn

log = logging.getLogger(__name__)

PRESS_SECONDS = 0.8
QUICK_SECONDS = 0.7
_PRESS = "adaptiveCard/action"


class Answers(Protocol):
    """The part of the messenger that answers a turn on the spot."""

    async def answer_now(self, turn: Turn, outcome: Outcome) -> dict[str, Any]:
        """The outcome is shown; what a press is answered with."""


class Handler(ActivityHandler):  # type: ignore[misc]
    """Messages, presses and installations. What needs Graph becomes the durable job "answer"."""

    def __init__(
        self,
        deps: Deps,
        *,
        messenger: Answers,
        forms: Forms,
        post: Post,
        presses: WaitingPresses,
        contacts: Contacts,
        signing_in: SigningIn,
    ) -> None:
        self._deps = deps
        self._messenger = messenger
        self._forms = forms
        self._post = post
        self._presses = presses
        self._contacts = contacts
        self._signing_in = signing_in
        self._recent = RecentKeys()

    async def on_turn(self, turn_context: TurnContext) -> None:
        """As the SDK leads it, but an invoke's answer is left where the adapter looks, not copied on the way there."""
        if turn_context.activity.type != ActivityTypes.invoke:
            await super().on_turn(turn_context)
            return
        answer = await self.on_invoke_activity(turn_context)
        turn_context.turn_state[INVOKE_RESPONSE] = Activity(type=ActivityTypes.invoke_response, value=answer)

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Typed words, or a button in a client that knows no Action.Execute."""
        turn = await self._turn(turn_context)
        if turn is None or not self._recent.is_new(turn.key):
            return
        if await self._signing_in.typed(turn_context.activity, turn):
            return
        heard = await self._heard(turn_context, turn)
        if heard is not None:
            await self._begin(heard)

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """A button, a sign-in, or a yes or no to a file. Anything else is answered with nothing, which no client shows."""
        if turn_context.activity.name == CONSENT:
            await self._consented(turn_context)
            return InvokeResponse(status=200, body={})
        if turn_context.activity.name in INVOKES:
            return await self._signed(turn_context)
        if turn_context.activity.name != _PRESS:
            log.info("invoke not served", extra={"invoke": turn_context.activity.name})
            return InvokeResponse(status=200, body={})
        turn = await self._turn(turn_context)
        if turn is None:
            return InvokeResponse(status=200, body=message_answer(_STRANGER.title))
        if not turn.value:
            return InvokeResponse(status=200, body=bad_request("This button carries nothing I can read."))
        return InvokeResponse(status=200, body=await self._pressed(turn_context, turn))

    async def _signed(self, context: TurnContext) -> InvokeResponse:
        turn = await self._turn(context)
        if turn is None:
            return InvokeResponse(status=412, body={})
        return await self._signing_in.invoked(context.activity, turn)

    async def _consented(self, context: TurnContext) -> None:
        """The answer to an offered file becomes a turn like any other; the client wants nothing back."""
        turn = await self._turn(context)
        if turn is not None and turn.value and self._recent.is_new(turn.key):
            await self._begin(turn)

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        """Usher was added: greet in a 1:1 chat, stay quiet in teams."""
        activity = turn_context.activity
        await self._contacts.installed(activity)
        turn = to_turn(activity)
        if turn is not None and turn.conversation.place is Place.PERSONAL:
            await self._contacts.met(turn, activity)
            await self._deps.jobs.start("greet", turn.key, {"person": turn.caller.id})

    async def on_installation_update_remove(self, turn_context: TurnContext) -> None:
        """Usher was taken out: remember that nothing arrives here any more."""
        await self._contacts.removed(turn_context.activity)

    async def _turn(self, context: TurnContext) -> Turn | None:
        """What was said, by whom; the contact is remembered. None was answered already."""
        activity: Activity = context.activity
        self._post.service_url = activity.service_url
        turn = to_turn(activity)
        if turn is None:
            if activity.type == "message":
                await context.send_activity(f"{_STRANGER.title}. {_STRANGER.text}")
            return None
        await self._contacts.met(turn, activity)
        return turn

    async def _heard(self, context: TurnContext, turn: Turn) -> Turn | None:
        """The turn as an open form understands it; None when the form has answered."""
        if turn.value or not is_for_form(turn):
            return turn
        heard = await self._forms.hear(context, turn.words)
        if heard.answered:
            return None
        if heard.value is not None:
            return replace(turn, words="", value=heard.value, card=heard.card)
        return turn

    async def _pressed(self, context: TurnContext, turn: Turn) -> dict[str, Any]:
        if text_of(turn.value, "verb") in _FORM_VERBS:
            await self._forms.close(context)
        if dispatch.is_quick(turn):
            return await self._answer_now(turn)
        self._presses.expect(turn.key)
        await self._start(turn)
        answered = await self._presses.wait(turn.key, seconds=PRESS_SECONDS)
        return answered or message_answer("I am on it. The answer follows here.")

    async def _begin(self, turn: Turn) -> None:
        if dispatch.is_quick(turn):
            await self._answer_now(turn)
        else:
            await self._start(turn)

    async def _answer_now(self, turn: Turn) -> dict[str, Any]:
        """The answer of a quick command; when Graph must be asked and is slow, the durable job takes over."""
        try:
            async with asyncio.timeout(QUICK_SECONDS):
                outcome = await dispatch.answer(turn, self._deps)
        except (TimeoutError, Transient, SignInNeeded):
            await self._start(turn)
            return message_answer("I am on it. The answer follows here.")
        except UsherError as error:
            outcome = dispatch.explain(error)
        return await self._messenger.answer_now(turn, outcome)

    async def _start(self, turn: Turn) -> None:
        await self._deps.jobs.start("answer", turn.key, turn.to_json())


_FORM_VERBS = frozenset({"invite.submit", "assign.submit", "cancel", "package.drop", "package.create"})
_STRANGER = Said(
    "I cannot tell who you are",
    "Teams did not say which account of this organisation you use. Sign in to this organisation and try again.",
    Tone.WARNING,
)
