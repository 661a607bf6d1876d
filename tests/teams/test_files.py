"""Files are read from and put to Microsoft's file hosts only, without a token, within limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.domain.turns import SentFile, Turn
from bot.errors import FileTrouble, Transient
from bot.teams.files import FileExchange
from bot.teams.hosts import ServiceHosts
from bot.teams.turns import to_turn
from bot.teams.wire import to_activity
from tests.teams.channel import invoke, message
from tests.teams.conftest import served

DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"


class Host:
    """Where Teams keeps files."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.status = 200
        self.url = ""

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/{name}", self._file)
        return app

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.asked.append((request.method, dict(request.headers)))
        if self.status != 200:
            return web.Response(status=self.status)
        if request.method == "PUT":
            self.files[name] = await request.read()
            return web.Response(status=201)
        if name in self.moved:
            return web.Response(status=302, headers={"Location": self.moved[name]})
        return web.Response(body=self.files[name]) if name in self.files else web.Response(status=404)


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    one = Host()
    server = await served(one.app())
    one.url = str(server.make_url("/"))
    yield one
    await server.close()


@pytest.fixture
def files(http: aiohttp.ClientSession) -> FileExchange:
    return FileExchange(http, ServiceHosts.of(["127.0.0.1"]))


async def fetched(files: FileExchange, url: str, most: int = 1000) -> str:
    return await files.fetch(SentFile("packages.yaml", url), most=most)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_a_text_file_is_read_as_editors_save_it(host: Host, files: FileExchange, encoding: str) -> None:
    host.files["a"] = "name: Zoë 😀".encode(encoding)

    text = await fetched(files, f"{host.url}a?tempauth=secret%2Fkey%3D")

    assert text == "name: Zoë 😀"


async def test_no_token_travels_with_a_file(host: Host, files: FileExchange) -> None:
    host.files["a"] = b"x"

    await fetched(files, f"{host.url}a")
    await files.save(f"{host.url}b", "y")

    assert [method for method, _ in host.asked] == ["GET", "PUT"]
    assert not any("Authorization" in headers or "Cookie" in headers for _, headers in host.asked)


async def test_a_file_is_put_in_one_piece_with_its_range(host: Host, files: FileExchange) -> None:
    await files.save(f"{host.url}b?key=1", "name: Zoë")

    assert host.files["b"] == "name: Zoë".encode()
    assert host.asked[0][1]["Content-Range"] == "bytes 0-9/10"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/a",
        "https://sharepoint.com.evil.example/a",
        "https://evil.example/?https://contoso.sharepoint.com/",
        "https://contoso.sharepoint.com@evil.example/a",
        "https://evil.example\\@contoso.sharepoint.com/a",
        "http://contoso.sharepoint.com/a",
        "http://169.254.169.254/metadata",
        "http://127.0.0.2/a",
        "http://localhost:1/a",
        "file:///etc/passwd",
        "https://contoso.sharepoint.com/ a",
        "https://contoso.sharepoint.com/a\r\nHost: evil",
        "https://contoso.sharepoint.com:99999/a",
        "https://" + "a" * 5000 + ".sharepoint.com/",
        "not a url",
        "",
    ],
)
async def test_no_other_host_is_asked_whatever_the_link_says(files: FileExchange, url: str) -> None:
    with pytest.raises(FileTrouble):
        await fetched(files, url)
    with pytest.raises(FileTrouble):
        await files.save(url, "x")


@pytest.mark.parametrize(
    "url",
    [
        "https://contoso-my.sharepoint.com/personal/alex/_layouts/15/download.aspx?UniqueId=1&tempauth=v1.eyJ%2B=#x",
        "https://euno-1.svc.ms/transform/a?provider=spo",
    ],
)
def test_the_hosts_of_onedrive_are_known(url: str) -> None:
    assert ServiceHosts.of(["*.sharepoint.com", "*.svc.ms"]).allows_file(url)


async def test_a_redirect_is_followed_to_an_allowed_host_only(host: Host, files: FileExchange) -> None:
    host.files["a"] = b"x"
    host.moved = {"near": "a?key=1", "far": "https://evil.example/a", "odd": "http://[", "round": "round"}

    near = await fetched(files, f"{host.url}near")

    assert near == "x"
    for name in ("far", "odd", "round"):
        with pytest.raises(FileTrouble):
            await fetched(files, f"{host.url}{name}")


async def test_a_file_over_the_limit_is_refused_however_it_is_packed(host: Host, files: FileExchange) -> None:
    host.files["a"] = b"x" * 1001

    with pytest.raises(FileTrouble, match="larger"):
        await fetched(files, f"{host.url}a")


async def test_what_is_no_text_is_refused(host: Host, files: FileExchange) -> None:
    host.files["a"] = b"\x89PNG\xff\xfe\x00"

    with pytest.raises(FileTrouble, match="not a text file"):
        await fetched(files, f"{host.url}a")


@pytest.mark.parametrize(
    ("status", "error"), [(403, FileTrouble), (404, FileTrouble), (429, Transient), (503, Transient)]
)
async def test_a_host_that_refuses_for_good_is_told_from_one_that_is_busy(
    host: Host, files: FileExchange, status: int, error: type[Exception]
) -> None:
    host.status = status

    with pytest.raises(error):
        await fetched(files, f"{host.url}a")
    with pytest.raises(error):
        await files.save(f"{host.url}a", "x")


async def test_a_host_that_is_not_there_is_worth_another_try(files: FileExchange) -> None:
    with pytest.raises(Transient):
        await fetched(files, "http://127.0.0.1:1/a")


def turn(body: dict[str, Any]) -> Turn:
    found = to_turn(to_activity(body))
    assert found is not None
    return found


def test_a_file_comes_with_its_message_and_nothing_else_that_is_attached() -> None:
    attached = [
        {"contentType": "text/html", "content": "<p>package apply</p>"},
        {"contentType": DOWNLOAD, "name": "a.yaml", "content": {"downloadUrl": "https://x.sharepoint.com/a", "fileType": "yaml"}},
        {"contentType": DOWNLOAD, "name": "b.yaml", "content": {"downloadUrl": 5}},
        {"contentType": DOWNLOAD, "name": "c.yaml", "content": "text"},
        {"contentType": "image/png", "contentUrl": "https://x.sharepoint.com/d", "content": {"downloadUrl": "https://y"}},
    ]  # fmt: skip

    heard = turn(message("https://smba.trafficmanager.net/teams/", "package apply", attachments=attached))

    assert heard.words == "package apply"
    assert heard.files == (SentFile("a.yaml", "https://x.sharepoint.com/a"),)
    assert Turn.from_json(heard.to_json()) == heard
    assert "sharepoint" not in repr(heard)


def test_a_turn_stored_before_there_were_files_is_read() -> None:
    stored = turn(message("https://smba.trafficmanager.net/teams/", "help")).to_json()
    del stored["files"]

    assert Turn.from_json(stored).files == ()


def test_taking_a_file_says_what_was_offered_and_where_to_put_it() -> None:
    value = {
        "type": "fileUpload",
        "action": "accept",
        "context": {"verb": "package.file", "package": "1", "accepted": "forged"},
        "uploadInfo": {"uploadUrl": "https://x.sharepoint.com/up", "name": "a.yaml"},
    }

    heard = turn(invoke("https://smba.trafficmanager.net/teams/", "fileConsent/invoke", value, replyToId="7"))

    assert heard.value["verb"] == "package.file"
    assert heard.value["accepted"] is True
    assert heard.value["upload"]["uploadUrl"] == "https://x.sharepoint.com/up"
    assert heard.card == "7"


@pytest.mark.parametrize("value", [{}, {"action": "decline"}, {"action": [], "context": 5, "uploadInfo": "x"}])
def test_an_odd_answer_to_an_offer_is_read_as_a_no(value: dict[str, Any]) -> None:
    heard = turn(invoke("https://smba.trafficmanager.net/teams/", "fileConsent/invoke", value))

    assert heard.value.get("accepted", False) is False
    assert heard.value.get("upload", {}) == {}
