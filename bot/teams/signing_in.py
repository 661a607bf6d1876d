"""What Teams and people send while somebody signs in: the silent exchange, the code, or why it failed."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity

from bot.commands.command import text_of
from bot.domain.outcomes import Said, Tone
from bot.domain.sign_in import code_in, failure_in_words, slot_of, whose
from bot.domain.turns import Place, Turn
from bot.errors import Transient, UsherError
from bot.ports import Deps
from bot.teams.post import Post
from bot.teams.token_service import NotExchangedError, TokenService

log = logging.getLogger(__name__)

EXCHANGE, VERIFY, FAILURE = "signin/tokenExchange", "signin/verifyState", "signin/failure"
INVOKES = frozenset({EXCHANGE, VERIFY, FAILURE})
_LONGEST_TOKEN = 20_000
_LEASE = timedelta(seconds=5)
_PAUSE_SECONDS = 0.3
_PATIENCE_SECONDS = 6.0
"""Longer than the lease, and shorter than Teams waits for the answer to an invoke."""


class SigningIn:
    """Serves the invokes of a sign-in and the typed code; whatever waited for it goes on as a durable job.

    The SDK's OAuthPrompt would keep the question in dialog state and ask the token service on the event loop; here
    nothing of a sign-in is kept but that an exchange was made. `service` None: signing in is not set up.
    """

    def __init__(self, service: TokenService | None, post: Post, deps: Deps) -> None:
        self._service = service
        self._post = post
        self._deps = deps

    async def invoked(self, activity: Activity, turn: Turn) -> InvokeResponse:
        """The answer to one of INVOKES. Only a 1:1 chat has a sign-in: elsewhere others would see it."""
        value = activity.value if isinstance(activity.value, dict) else {}
        if self._service is None or turn.conversation.place is not Place.PERSONAL:
            log.info("sign-in not served", extra={"invoke": activity.name})
            return InvokeResponse(status=412 if activity.name == EXCHANGE else 200, body={})
        if activity.name == EXCHANGE:
            return await self._exchange(self._service, turn, _teams_id(activity), value)
        if activity.name == VERIFY:
            return await self._verify(self._service, turn, _teams_id(activity), text_of(value, "state", most=100))
        await self._failed(turn, text_of(value, "code", most=60))
        return InvokeResponse(status=200, body={})

    async def typed(self, activity: Activity, turn: Turn) -> bool:
        """Whether the words were the code of a sign-in; then it is answered. It counts only while one is waited for."""
        code = code_in(turn.words) if turn.conversation.place is Place.PERSONAL else ""
        if self._service is None or not code or not await self._deps.kept_turns.of(turn.caller.id):
            return False
        try:
            if not await self._prove(self._service, turn, _teams_id(activity), code):
                await self._say(turn, _WRONG_CODE)
        except UsherError as error:
            log.warning("code not proved", extra={"error": error.detail})
            await self._say(turn, _NO_ANSWER)
        return True

    async def _exchange(self, service: TokenService, turn: Turn, user_id: str, value: dict[str, Any]) -> InvokeResponse:
        """200 when the person is signed in, by this client or another of theirs; 412 shows them the button."""
        exchange_id, token = text_of(value, "id", most=200), value.get("token")
        usable = isinstance(token, str) and 0 < len(token) <= _LONGEST_TOKEN
        if not exchange_id or text_of(value, "connectionName") != service.connection or not usable:
            return _not_exchanged(value, "The bot received a request it cannot read.")
        if whose(str(token)) != turn.caller.id.casefold():
            log.warning("sign-in of another account", extra={"person": turn.caller.id})
            return _not_exchanged(value, "The token is for another account.")
        if await self._deps.ledger.slot(slot_of(exchange_id)):
            return InvokeResponse(status=200, body={})
        return await self._once(service, turn, user_id, value)

    async def _once(self, service: TokenService, turn: Turn, user_id: str, value: dict[str, Any]) -> InvokeResponse:
        """The exchange is made here, or was made by whoever claimed it first; whichever dies at it, another makes it."""
        person_id, exchange_id, kept = turn.caller.id, text_of(value, "id", most=200), self._deps.kept_turns
        time = asyncio.get_running_loop().time
        begun = time()
        while time() - begun < _PATIENCE_SECONDS:
            if await kept.claim_exchange(person_id, exchange_id, self._deps.clock.now(), lease=_LEASE):
                return await self._make(service, turn, user_id, value)
            # Another client of theirs is at it, or its replica died at it.
            if await self._is_made(service, user_id, person_id):
                await self._signed_in(person_id, exchange_id)
                return InvokeResponse(status=200, body={})
            await asyncio.sleep(_PAUSE_SECONDS)
        return _not_exchanged(value, _why(Transient("another exchange is not done")))

    async def _make(self, service: TokenService, turn: Turn, user_id: str, value: dict[str, Any]) -> InvokeResponse:
        """The exchange that was claimed. Dying before the end, the claim runs out and a repeat makes it."""
        exchange_id = text_of(value, "id", most=200)
        try:
            await service.exchange(user_id, str(value.get("token")))
        except UsherError as error:
            await self._deps.kept_turns.release_exchange(turn.caller.id, exchange_id)
            log.info("token not exchanged", extra={"code": error.code, "error": error.detail})
            return _not_exchanged(value, _why(error))
        await self._signed_in(turn.caller.id, exchange_id)
        return InvokeResponse(status=200, body={})

    async def _is_made(self, service: TokenService, user_id: str, person_id: str) -> bool:
        try:
            token = await service.token(user_id)
        except UsherError as error:
            log.info("sign-in not looked up", extra={"code": error.code})
            return False
        return token is not None and whose(token) == person_id.casefold()

    async def _verify(self, service: TokenService, turn: Turn, user_id: str, state: str) -> InvokeResponse:
        """As the SDK answers: 200 done, 404 no good, 500 makes Teams send it once more.

        A window that was closed arrives as a state that is no code.
        """
        code = code_in(state)
        if not code:
            await self._say(turn, _CLOSED)
            return InvokeResponse(status=200, body={})
        try:
            if await self._prove(service, turn, user_id, code):
                return InvokeResponse(status=200, body={})
        except Transient as error:
            log.warning("code not proved", extra={"code": error.code})
            return InvokeResponse(status=500, body={})
        await self._say(turn, _WRONG_CODE)
        return InvokeResponse(status=404, body={})

    async def _prove(self, service: TokenService, turn: Turn, user_id: str, code: str) -> bool:
        """Whether the code was good. A sign-in of another account is ended at once, and said."""
        token = await service.token(user_id, code=code)
        if token is None:
            return False
        if whose(token) != turn.caller.id.casefold():
            await service.sign_out(user_id)
            log.warning("sign-in of another account", extra={"person": turn.caller.id})
            await self._say(turn, _OTHER)
            return True
        await self._signed_in(turn.caller.id, turn.key)
        return True

    async def _failed(self, turn: Turn, code: str) -> None:
        log.warning("teams could not sign in", extra={"code": code})
        title, text = failure_in_words(code)
        await self._say(turn, Said(title, text, Tone.WARNING, facts=(("Code", code),) if code else ()))

    async def _signed_in(self, person_id: str, trigger: str) -> None:
        payload = {"person": person_id, "trigger": trigger}
        await self._deps.jobs.start("signed-in", f"{person_id}:{trigger}", payload)

    async def _say(self, turn: Turn, words: Said) -> None:
        await self._post.put(turn.conversation, self._post.drawn(words))


def _teams_id(activity: Activity) -> str:
    return str(activity.from_property.id)


def _not_exchanged(value: dict[str, Any], detail: str) -> InvokeResponse:
    """What the SDK answers, so that the client falls back to the button."""
    told = {"id": text_of(value, "id", most=200), "connectionName": text_of(value, "connectionName")}
    return InvokeResponse(status=412, body={**told, "failureDetail": detail})


def _why(error: UsherError) -> str:
    if isinstance(error, NotExchangedError):
        return "The bot is unable to exchange the token. Proceed with regular sign-in."
    return "The token service does not answer just now. Proceed with regular sign-in."


_WRONG_CODE = Said(
    "That code is not good (any more)",
    "A code is good once and for a few minutes. Press Sign in again, and use the new code. Nothing was changed.",
    Tone.WARNING,
)
_CLOSED = Said(
    "You were not signed in",
    "The window was closed before the sign-in was done. Press Sign in when you want to go on. Nothing was changed.",
    Tone.WARNING,
)
_OTHER = Said(
    "That was another account",
    "Please sign in with the account you use in this chat. I have ended the other sign-in; nothing was done with it.",
    Tone.WARNING,
)
_NO_ANSWER = Said(
    "Microsoft does not answer just now",
    "I could not check the code. Type it again in a minute. Nothing was changed.",
    Tone.WARNING,
)
