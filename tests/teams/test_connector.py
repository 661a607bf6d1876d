"""What leaves for Teams arrives once, in order, at a bearable rate, and never takes the token elsewhere."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import Reach
from bot.errors import Ambiguous, SignInFailed, Throttled, Transient, Unreachable
from bot.teams import connector as module
from bot.teams.connector import Connector
from bot.teams.credentials import ConnectorToken
from bot.teams.faults import reach_of, retry_after, translate
from bot.teams.hosts import ServiceHosts
from tests.teams.channel import FakeConnector
from tests.teams.conftest import CountedSource, Token, served

LOCAL = ServiceHosts.of(["127.0.0.1"])


@pytest.fixture
async def teams() -> AsyncIterator[tuple[FakeConnector, str]]:
    fake = FakeConnector()
    server = await served(fake.app())
    yield fake, str(server.make_url("/amer"))
    await server.close()


@pytest.fixture
def connector(http: aiohttp.ClientSession) -> Connector:
    return Connector(http, LOCAL, ConnectorToken(CountedSource()))


async def test_a_message_is_posted_with_the_token_and_its_id_returned(teams, connector) -> None:
    fake, url = teams

    sent = await connector.send(url, "19:x@thread.tacv2;messageid=1", {"type": "message", "text": "ä"}, reply_to="7/8")

    assert sent == "sent-1"
    call = fake.calls[0]
    assert call.path == "/amer/v3/conversations/19%3Ax%40thread.tacv2%3Bmessageid%3D1/activities/7%2F8"
    assert call.body == {"type": "message", "text": "ä"}
    assert call.authorization == "Bearer connector-token-1"


async def test_an_edit_puts_the_activity_under_its_id(teams, connector) -> None:
    fake, url = teams

    await connector.update(url, "a:1", "42", {"type": "message"})
    await connector.delete(url, "a:1", "42")

    assert [(call.method, call.path) for call in fake.calls] == [
        ("PUT", "/amer/v3/conversations/a%3A1/activities/42"),
        ("DELETE", "/amer/v3/conversations/a%3A1/activities/42"),
    ]
    assert fake.calls[0].body == {"type": "message", "id": "42"}


@pytest.mark.parametrize("status", [412, 429, 500, 502, 503, 504])
async def test_what_may_pass_is_tried_again(teams, connector, status) -> None:
    fake, url = teams
    fake.refuse(status, {"error": {"code": "X", "message": "y"}}, Retry_After="0")

    sent = await connector.send(url, "a:1", {})

    assert sent == "sent-2"


async def test_a_cut_connection_is_tried_again(teams, connector) -> None:
    fake, url = teams
    fake.cut()

    sent = await connector.send(url, "a:1", {})

    assert sent == "sent-2"


@pytest.mark.parametrize("kind", ["fraction", "date"])
async def test_retry_after_is_waited_for(teams, connector, kind) -> None:
    fake, url = teams
    moment = datetime.now(UTC) + timedelta(seconds=2)
    fake.refuse(429, None, Retry_After="0.4" if kind == "fraction" else format_datetime(moment, usegmt=True))

    await connector.send(url, "a:1", {})

    assert fake.calls[1].at - fake.calls[0].at >= 0.39


async def test_a_long_retry_after_is_handed_to_the_caller(teams, connector) -> None:
    fake, url = teams
    fake.refuse(429, None, Retry_After="600")

    with pytest.raises(Throttled) as caught:
        await connector.send(url, "a:1", {})

    assert caught.value.retry_after == 600
    assert len(fake.calls) == 1


async def test_what_keeps_failing_is_given_up_after_four_tries(teams, connector) -> None:
    fake, url = teams
    for _ in range(9):
        fake.refuse(503, None, Retry_After="0.01")

    with pytest.raises(Transient):
        await connector.send(url, "a:1", {})

    assert len(fake.calls) == 4


FINAL = {
    "uninstalled": (403, {"error": {"code": "BotNotInConversationRoster", "message": "m"}},
                    "BotNotInConversationRoster", Reach.NOT_INSTALLED),
    "blocked": (403, {"error": {"code": "ConversationBlockedByUser"}}, "ConversationBlockedByUser", Reach.BLOCKED),
    "writes blocked": (403, {"errorCode": 209, "message": "write blocked"}, "MessageWritesBlocked", Reach.BLOCKED),
    "disabled": (403, {"error": {"code": "BotDisabledByAdmin"}}, "BotDisabledByAdmin", Reach.BLOCKED),
    "not in personal scope": (
        403,
        {"error": {"code": "ForbiddenOperationException",
                   "message": "The bot is not installed in user's personal scope"}},
        "ForbiddenOperationException",
        Reach.NOT_INSTALLED,
    ),
    "gone": (404, {"error": {"code": "ConversationNotFound"}}, "ConversationNotFound", Reach.UNKNOWN),
    "gone, no body": (404, None, "ConversationNotFound", Reach.UNKNOWN),
    "too big": (413, b"<html>", "MessageSizeTooBig", Reach.UNKNOWN),
    "bad": (400, {"error": {"code": "BadArgument", "message": 7}}, "BadArgument", Reach.UNKNOWN),
    "odd": (418, [], "HTTP418", Reach.UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize(("status", "body", "code", "reach"), FINAL.values(), ids=FINAL.keys())
async def test_a_refusal_is_final_and_says_why(teams, connector, status, body, code, reach) -> None:
    fake, url = teams
    fake.refuse(status, body)

    with pytest.raises(Unreachable) as caught:
        await connector.send(url, "a:1", {})

    assert (caught.value.code, caught.value.status, reach_of(caught.value)) == (code, status, reach)
    assert len(fake.calls) == 1


async def test_messages_of_one_conversation_keep_their_order(teams, connector) -> None:
    fake, url = teams
    fake.delay = 0.02
    fake.refuse(429, None, Retry_After="0.1")

    await asyncio.gather(*(connector.send(url, "a:1", {"text": str(n)}) for n in range(5)))

    assert [call.body["text"] for call in fake.calls] == ["0", "0", "1", "2", "3", "4"]
    assert fake.most_open == 1


async def test_a_slow_conversation_does_not_hold_up_the_others(teams, connector) -> None:
    fake, url = teams
    fake.delay = 0.1
    begun = time.monotonic()

    await asyncio.gather(*(connector.send(url, f"a:{n}", {}) for n in range(10)))

    assert time.monotonic() - begun < 0.6
    assert fake.most_open > 5


async def test_no_more_a_second_leave_than_allowed(teams, http, monkeypatch) -> None:
    fake, url = teams
    connector = Connector(http, LOCAL, ConnectorToken(CountedSource()), per_second=20)
    loop = asyncio.get_running_loop()
    stopped = loop.time()
    monkeypatch.setattr(loop, "time", lambda: stopped)

    sending = [asyncio.create_task(connector.send(url, f"a:{n}", {})) for n in range(26)]
    await _finished(sending, 20)
    while_time_stands_still = len(fake.calls)
    monkeypatch.undo()
    await asyncio.gather(*sending)

    assert (while_time_stands_still, len(fake.calls)) == (20, 26)


async def _finished(sending: list[asyncio.Task[str]], how_many: int) -> None:
    """That many have been answered, and whatever else may leave has had a hundred turns of the loop to do so."""
    waiting = set(sending)
    while len(sending) - len(waiting) < how_many:
        _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for _ in range(100):
        await asyncio.sleep(0)


async def test_finished_conversations_leave_nothing_behind(teams, connector) -> None:
    _, url = teams

    await connector.send(url, "a:1", {})

    assert len(connector._order) == 0


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "http://smba.trafficmanager.net/", "http://localhost:1/", "x"]
)
async def test_the_token_goes_to_no_other_host(http, url) -> None:
    source = CountedSource()

    with pytest.raises(Unreachable):
        await Connector(http, LOCAL, ConnectorToken(source)).send(url, "a:1", {})

    assert source.asked == 0


async def test_a_redirect_is_not_followed(teams, connector) -> None:
    fake, url = teams
    fake.refuse(307, None, Location="http://127.0.0.1:1/steal")

    with pytest.raises(Unreachable) as caught:
        await connector.send(url, "a:1", {})

    assert caught.value.status == 307


@pytest.mark.parametrize("conversation", ["", ".", ".."])
async def test_an_id_cannot_climb_out_of_its_path(teams, connector, conversation) -> None:
    fake, url = teams

    with pytest.raises(Unreachable):
        await connector.send(url, conversation, {})

    assert fake.calls == []


async def test_a_refused_token_is_replaced_once(teams, connector) -> None:
    fake, url = teams
    fake.refuse(401)

    await connector.send(url, "a:1", {})

    assert [call.authorization for call in fake.calls] == ["Bearer connector-token-1", "Bearer connector-token-2"]


async def test_a_bot_that_is_not_registered_is_told_once(teams, connector) -> None:
    fake, url = teams
    fake.refuse(401)
    fake.refuse(401, {"error": {"code": "BotNotRegistered"}})

    with pytest.raises(Unreachable) as caught:
        await connector.send(url, "a:1", {})

    assert caught.value.code == "BotNotRegistered"
    assert len(fake.calls) == 2


async def test_a_message_that_may_have_arrived_is_not_sent_twice(teams, connector, monkeypatch) -> None:
    fake, url = teams
    fake.delay = 0.5
    monkeypatch.setattr(module, "CALL_TIMEOUT", aiohttp.ClientTimeout(total=0.05))

    with pytest.raises(Ambiguous):
        await connector.send(url, "a:1", {})


async def test_members_are_read_to_the_last_page_and_no_further(teams, connector) -> None:
    fake, url = teams
    fake.refuse(200, {"members": [{"id": "29:a"}], "continuationToken": "t 1"})
    fake.refuse(200, {"members": [], "continuationToken": "t2"})
    fake.refuse(200, {"members": [{"id": "29:b"}], "continuationToken": "t2"})

    members = await connector.members(url, "19:team")

    assert [member["id"] for member in members] == ["29:a", "29:b"]
    assert [call.path.partition("&")[2] for call in fake.calls] == [
        "",
        "continuationToken=t%201",
        "continuationToken=t2",
    ]


async def test_a_new_chat_has_an_id(teams, connector) -> None:
    fake, url = teams

    opened = await connector.create_conversation(url, {"members": [{"id": "x"}]})

    assert opened == "a:new1"
    assert fake.calls[0].path == "/amer/v3/conversations"


async def test_no_connection_at_all_is_transient(connector, unused_tcp_port) -> None:
    with pytest.raises(Transient) as caught:
        await connector.send(f"http://127.0.0.1:{unused_tcp_port}", "a:1", {})

    assert caught.value.code == "Network"


async def test_one_token_serves_many_messages(teams, http) -> None:
    _, url = teams
    source = CountedSource()
    connector = Connector(http, LOCAL, ConnectorToken(source))

    await asyncio.gather(*(connector.send(url, f"a:{n}", {}) for n in range(15)))

    assert source.asked == 1


async def test_a_token_is_refreshed_beside_the_turns_that_use_it() -> None:
    now = [1000.0]
    gate, asked = asyncio.Event(), []

    async def source() -> Token:
        asked.append(now[0])
        if len(asked) > 1:
            await gate.wait()
        return Token(f"t{len(asked)}", int(now[0]) + 3600)

    token = ConnectorToken(source, now=lambda: now[0])
    assert await token.get() == "t1"
    now[0] += 3400

    answers = [await token.get() for _ in range(3)]
    gate.set()
    await asyncio.sleep(0.01)

    assert answers == ["t1", "t1", "t1"]
    assert len(asked) == 2
    assert await token.get() == "t2"


async def test_a_failed_refresh_keeps_the_token_that_is_still_good() -> None:
    now, asked = [1000.0], []

    async def source() -> Token:
        asked.append(now[0])
        if len(asked) > 1:
            raise SignInFailed("down")
        return Token("t1", int(now[0]) + 3600)

    token = ConnectorToken(source, now=lambda: now[0])
    await token.get()
    now[0] += 3400

    for _ in range(5):
        assert await token.get() == "t1"
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert len(asked) == 2
    now[0] += 300
    with pytest.raises(SignInFailed):
        await token.get()


@given(st.text(max_size=30))
def test_any_retry_after_is_seconds_or_nothing(value: str) -> None:
    seconds = retry_after(value)

    assert seconds is None or seconds >= 0


@given(st.integers(300, 599), st.binary(max_size=60))
def test_any_answer_becomes_an_error_with_a_code(status: int, body: bytes) -> None:
    assert translate(status, {}, body).code
