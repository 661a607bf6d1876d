"""JSON through the SDK's adapter: addresses, pages, batches, and answers nobody expected."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from azure.core.credentials import AccessToken
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.graph.batch import Ask, send
from bot.graph.client import Graph, open_graph, scope_of
from bot.graph.wire import literal, path, with_query


class Anyone:
    """A credential whose token opens everything."""

    async def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        return AccessToken(f"for {scopes[0]}", 9_999_999_999)

    async def close(self) -> None:
        """Nothing to close."""


class Host:
    """A Graph that plays a script: one (status, headers, body) for each request, the last for ever."""

    def __init__(self) -> None:
        self.script: list[tuple[int, dict[str, str], Any]] = []
        self.seen: list[tuple[str, str, dict[str, str], Any]] = []
        self.waits: list[float] = []
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self.server = TestServer(app)

    async def _answer(self, request: web.Request) -> web.Response:
        sent = await request.read()
        body = orjson.loads(sent) if sent else None
        self.seen.append(
            (request.method, request.raw_path, {name.lower(): value for name, value in request.headers.items()}, body)
        )
        status, headers, body = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        raw = body if isinstance(body, bytes) else orjson.dumps(body)
        return web.Response(status=status, headers=headers, body=raw, content_type="application/json")

    async def pause(self, seconds: float) -> None:
        self.waits.append(seconds)

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    made = Host()
    await made.server.start_server()
    yield made
    await made.server.close()


@pytest.fixture
async def graph(host: Host) -> AsyncIterator[Graph]:
    made = open_graph(host.url, Anyone(), pause=host.pause)
    yield made
    await made.close()


def page(*names: str, following: str = "") -> tuple[int, dict[str, str], Any]:
    body: dict[str, Any] = {"value": [{"id": name} for name in names]}
    return 200, {}, {**body, "@odata.nextLink": following} if following else body


async def test_pages_are_followed_word_for_word_past_an_empty_one(graph: Graph, host: Host):
    link = f"{host.url}/v1.0/users?$skiptoken=a%2Bb"
    host.script = [page("1", following=link), page(following=link), page("2")]

    rows = await graph.wire.all("/users", {"$top": 1}, eventual=True)

    assert [row["id"] for row in rows] == ["1", "2"]
    assert host.seen[1][1] == "/v1.0/users?$skiptoken=a%2Bb"
    assert [headers.get("consistencylevel") for _, _, headers, _ in host.seen] == ["eventual"] * 3


@pytest.mark.parametrize("link", ["https://evil.example/v1.0/users", "http://127.0.0.1:1/v1.0/users", "//evil.example"])
async def test_a_next_link_to_another_host_is_refused_and_gets_no_token(graph: Graph, host: Host, link: str):
    host.script = [page("1", following=link)]

    with pytest.raises(errors.Rejected):
        await graph.wire.all("/users")

    assert len(host.seen) == 1


async def test_the_token_is_for_the_public_cloud_when_the_tenant_is_on_loopback(graph: Graph, host: Host):
    host.script = [page()]

    await graph.wire.get("/users")

    assert host.seen[0][2]["authorization"] == "Bearer for https://graph.microsoft.com/.default"
    assert scope_of("https://graph.microsoft.us") == "https://graph.microsoft.us/.default"


@pytest.mark.parametrize("url", ["http://graph.example", "ftp://127.0.0.1", "graph.microsoft.com"])
def test_graph_is_https_or_loopback(url: str):
    with pytest.raises(ValueError, match="https"):
        open_graph(url, Anyone())


@pytest.mark.parametrize("body", [b"<html>proxy</html>", b"[1]", b'"text"', b"{"])
async def test_a_page_that_is_not_graph_s_is_not_taken_for_an_answer(graph: Graph, host: Host, body: bytes):
    host.script = [(200, {}, body)]

    with pytest.raises(errors.Transient):
        await graph.wire.get("/users")
    with pytest.raises(errors.Ambiguous):
        await graph.wire.post("/invitations", {})


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"error":null}', b'{"error":"text"}', b'{"error":{"code":7}}']
)
async def test_an_error_without_a_readable_body_keeps_its_meaning(graph: Graph, host: Host, body: bytes):
    host.script = [(403, {}, body)]

    with pytest.raises(errors.Forbidden):
        await graph.wire.get("/users")


async def test_an_error_s_strange_date_does_not_hide_its_code(graph: Graph, host: Host):
    host.script = [(400, {}, {"error": {"code": "InvalidModel", "message": "no", "innerError": {"date": "soon"}}})]

    with pytest.raises(errors.Rejected) as caught:
        await graph.wire.post("/x", {})

    assert (caught.value.code, caught.value.detail) == ("InvalidModel", "no")


async def test_a_batch_puts_answers_back_in_their_place(graph: Graph, host: Host):
    responses = [
        {"id": "b", "status": 404, "headers": {}, "body": {"error": {"code": "X", "message": "gone"}}},
        {"id": "a", "status": 200, "body": {"id": "1"}},
        {"id": "nobody asked", "status": 200, "body": {}},
        "nonsense",
    ]
    host.script = [(200, {}, {"responses": responses})]

    answers = await send(graph.wire, [Ask("a", "/users/1", {"$select": "id"}), Ask("b", "/users/2", eventual=True)])

    assert answers["a"] == {"id": "1"}
    assert answers.maybe("b") is None
    with pytest.raises(errors.NotFound):
        answers["b"]
    assert host.seen[0][3]["requests"] == [
        {"id": "a", "method": "GET", "url": "/users/1?$select=id"},
        {"id": "b", "method": "GET", "url": "/users/2", "headers": {"ConsistencyLevel": "eventual"}},
    ]


async def test_only_the_throttled_part_of_a_batch_is_sent_again(graph: Graph, host: Host):
    host.script = [
        (
            200,
            {},
            {
                "responses": [
                    {"id": "a", "status": 200, "body": {}},
                    {"id": "b", "status": 429, "headers": {"Retry-After": "2"}, "body": {"error": {"code": "T"}}},
                    {"id": "c", "status": 424, "body": {"error": {"code": "FailedDependency"}}},
                ]
            },
        ),
        (200, {}, {"responses": [{"id": "b", "status": 201, "body": {"id": "1"}}, {"id": "c", "status": 204}]}),
    ]

    answers = await send(
        graph.wire,
        [
            Ask("a", "/a"),
            Ask("b", "/b", method="POST", body={}, after=("a",)),
            Ask("c", "/c", method="POST", body={}, after=("b",)),
        ],
    )

    assert (answers["b"], answers["c"]) == ({"id": "1"}, {})
    assert host.waits == [2.0]
    again = host.seen[1][3]["requests"]
    assert [(item["id"], item.get("dependsOn")) for item in again] == [("b", None), ("c", ["b"])]


async def test_a_write_inside_a_batch_is_not_repeated_after_a_server_fault(graph: Graph, host: Host):
    host.script = [(200, {}, {"responses": [{"id": "a", "status": 503, "body": {}}]})]

    answers = await send(graph.wire, [Ask("a", "/a", method="POST", body={})])

    assert len(host.seen) == 1
    with pytest.raises(errors.Ambiguous):
        answers["a"]


async def test_a_batch_that_writes_is_not_replayed_as_a_whole(graph: Graph, host: Host):
    host.script = [(503, {}, {})]

    with pytest.raises(errors.Ambiguous):
        await send(graph.wire, [Ask("a", "/a", method="PATCH", body={})])

    assert len(host.seen) == 1


async def test_an_answer_missing_from_a_batch_is_asked_for_again(graph: Graph, host: Host):
    host.script = [(200, {}, {}), (200, {}, {"responses": [{"id": "a", "status": 200, "body": {"id": "1"}}]})]

    answers = await send(graph.wire, [Ask("a", "/a")])

    assert answers["a"] == {"id": "1"}


@pytest.mark.parametrize("count", [0, 21])
async def test_a_batch_holds_one_to_twenty(graph: Graph, count: int):
    with pytest.raises(ValueError, match="20"):
        await send(graph.wire, [Ask(str(number), "/a") for number in range(count)])


@given(st.text())
def test_nothing_ends_an_odata_literal_early(text: str):
    quoted = literal(text)

    assert quoted[0] == quoted[-1] == "'"
    assert quoted[1:-1].replace("''", "") == text.replace("'", "")


@given(st.text())
def test_a_path_segment_stays_one_segment(text: str):
    address = path("/users/{}/sponsors", text)

    assert address.count("/") == 3
    assert not set(address) & set("?#% ") - {"%"}


@given(st.text())
def test_a_query_value_stays_inside_its_option(text: str):
    address = with_query("/users", {"$filter": text, "$top": 5})

    assert address.endswith("&$top=5")
    assert address.count("&") == 1
    assert "#" not in address
