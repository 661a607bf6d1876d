"""What is repeated, after how long, and what never is."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kiota_http.middleware import REQUEST_OPTIONS_KEY

from bot.graph.retries import CarefulRetry, OnlyReads, retry_after

URL = "http://127.0.0.1/v1.0/x"


class Script(httpx.AsyncBaseTransport):
    """Answers with each status or fault in turn; the last one for ever."""

    def __init__(self, *steps: int | Exception | httpx.Response) -> None:
        self.steps = list(steps)
        self.calls = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.calls += 1
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, httpx.Response) else httpx.Response(step)


async def attempt(method: str, *steps: int | Exception | httpx.Response, only_reads: bool = False):
    """The final status or the fault's type, how many requests were made, and the waits between them."""
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    transport = Script(*steps)
    options = {OnlyReads.get_key(): OnlyReads()} if only_reads else {}
    request = httpx.Request(method, URL, extensions={REQUEST_OPTIONS_KEY: options})
    try:
        result: object = (await CarefulRetry(pause=pause).send(request, transport)).status_code
    except httpx.TransportError as fault:
        result = type(fault)
    return result, transport.calls, waits


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_post_is_never_replayed_on_a_server_fault(status: int):
    assert (await attempt("POST", status, 201))[:2] == (status, 1)


async def test_a_post_is_never_replayed_when_the_connection_breaks():
    assert (await attempt("POST", httpx.ReadError("gone"), 201))[:2] == (httpx.ReadError, 1)


async def test_a_post_that_never_left_is_sent_again():
    assert (await attempt("POST", httpx.ConnectError("no"), 201))[:2] == (201, 2)


async def test_a_throttled_post_waits_and_is_sent_again():
    assert (await attempt("POST", httpx.Response(429, headers={"Retry-After": "3"}), 201)) == (201, 2, [3.0])


@pytest.mark.parametrize("step", [500, 502, 503, 504, httpx.ReadError("gone"), httpx.ReadTimeout("slow")])
async def test_a_read_is_repeated(step: int | Exception):
    assert (await attempt("GET", step, 200))[:2] == (200, 2)


async def test_a_post_that_only_reads_is_repeated():
    result = await attempt("POST", 503, httpx.ReadError("gone"), 200, only_reads=True)

    assert result[:2] == (200, 3)


async def test_there_is_an_end_to_trying():
    assert (await attempt("GET", 503))[:2] == (503, 4)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412])
async def test_an_answer_is_an_answer(status: int):
    assert (await attempt("GET", status, 200))[:2] == (status, 1)


async def test_a_long_wait_is_handed_on():
    assert await attempt("GET", httpx.Response(429, headers={"Retry-After": "120"}), 200) == (429, 1, [])


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("5", 5.0), ("2.128", 2.128), ("0", 0.0), ("-3", 0.0), ("", None), (None, None), ("soon", None), ("inf", None)],
)
def test_retry_after_is_read_in_seconds(header: str | None, seconds: float | None):
    assert retry_after(header) == seconds


def test_retry_after_is_read_as_a_date():
    soon = datetime.now(UTC) + timedelta(seconds=30)

    assert retry_after(format_datetime(soon, usegmt=True)) == pytest.approx(30, abs=2)


@given(st.text())
def test_no_header_breaks_the_reader(header: str):
    seconds = retry_after(header)

    assert seconds is None or seconds >= 0
