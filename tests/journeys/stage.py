"""The stage of a journey: a simulated tenant, a Teams service that answers the connector calls, and the bot."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import signal
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from tests.journeys import forked

ROOT = Path(__file__).resolve().parents[2]
TENANT = "11111111-1111-4111-8111-111111111111"
BOT = "28:22222222-2222-4222-8222-222222222222"
PACKAGE = "99999999-9999-4999-8999-999999999991"
PEOPLE = {
    "alex": ("33333333-3333-4333-8333-333333333333", "Alex Wilber"),
    "megan": ("44444444-4444-4444-8444-444444444441", "Megan Bowen"),
    "adele": ("44444444-4444-4444-8444-444444444442", "Adele Vance"),
    "lee": ("44444444-4444-4444-8444-444444444443", "Lee Gu"),
    "ana": ("55555555-5555-4555-8555-555555555551", "Ana Silva"),
    "ben": ("55555555-5555-4555-8555-555555555552", "Ben Ortiz"),
}


def until(claim: Any, *, seconds: float = 40.0, what: str = "") -> Any:
    """What `claim()` returns once it is truthy; fails with the claim's name when it never is."""
    deadline, pause = time.monotonic() + seconds, 0.02
    while True:
        found = claim()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"did not happen within {seconds} s: {what or claim}")
        # Asking takes time from those who are to bring it about.
        time.sleep(pause)
        pause = min(pause * 1.3, 0.15)


def soon(claim: Any, *, seconds: float = 3.0) -> bool:
    """Whether `claim()` becomes truthy; for what is said again when it was said too early to be heard."""
    try:
        until(claim, seconds=seconds)
    except AssertionError:
        return False
    return True


def http(method: str, url: str, body: Any = None, *, raw: bytes | None = None) -> tuple[int, Any]:
    """Status and decoded JSON (or text) of one HTTP call."""
    data = raw if raw is not None else None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, _decoded(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, _decoded(error.read())


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body.decode(errors="replace")


class Teams:
    """The Bot Connector as bots see it, in a thread; keeps what stands in each conversation, in order."""

    def __init__(self) -> None:
        self.chats: dict[str, dict[str, dict[str, Any]]] = {}
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        self.refusals: dict[str, tuple[int, dict[str, Any]]] = {}
        self.members: dict[str, set[str]] = {}
        self.files: dict[str, bytes] = {}
        self.file_calls: list[tuple[str, str, dict[str, str]]] = []
        self._numbers = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="teams")
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        self._up.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_route("*", "/teams/v3/{tail:.*}", self._connector)
        app.router.add_route("*", "/files/{name}", self._file)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        self._loop.run_until_complete(web.TCPSite(runner, "127.0.0.1", 0).start())
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/teams"
        self._up.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    def file_url(self, name: str) -> str:
        """Where people's files are kept, as pre-authorised links lead there."""
        return f"{self.url.removesuffix('/teams')}/files/{name}?tempauth=secret"

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.file_calls.append((request.method, name, dict(request.headers)))
        if request.method == "PUT":
            self.files[name] = await request.read()
            return web.Response(status=201)
        return web.Response(body=self.files[name]) if name in self.files else web.Response(status=404)

    async def _connector(self, request: web.Request) -> web.Response:
        parts = request.match_info["tail"].split("/")
        body = await request.json() if request.can_read_body else {}
        self.calls.append((request.method, request.path, body))
        if len(parts) == 1:
            return web.json_response({"id": f"a:new-{body['members'][0]['id']}"}, status=201)
        conversation = parts[1]
        if conversation in self.refusals:
            status, error = self.refusals[conversation]
            return web.json_response(error, status=status)
        if parts[2:3] == ["members"]:
            known = parts[3] in self.members.get(conversation, set()) if len(parts) > 3 else False
            return web.json_response({"id": f"29:{parts[3]}"} if known else {}, status=200 if known else 404)
        chat = self.chats.setdefault(conversation, {})
        if request.method == "PUT":
            if parts[3] not in chat:
                return web.json_response({"error": {"code": "ActivityNotFoundInConversation"}}, status=404)
            chat[parts[3]] = body
            return web.json_response({"id": parts[3]})
        activity_id = f"m{next(self._numbers)}"
        chat[activity_id] = body
        return web.json_response({"id": activity_id}, status=201)


class Bot:
    """The product as a process of its own. `env` goes over what every journey needs."""

    ARGUMENTS = ("--sandbox",)

    def __init__(self, graph_url: str, folder: Path, env: dict[str, str] | None = None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "bot.log"
        self._env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("USHER_", "MicrosoftApp"))},
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "GRAPH_URL": graph_url,
            "DATABASE_URL": f"sqlite:///{folder / 'usher.db'}",
            "USHER_SWEEP_SECONDS": "4",
            **(env or {}),
        }
        self._process: BaseProcess | None = None

    @property
    def database_url(self) -> str:
        """Where the bot keeps its ledger."""
        return self._env["DATABASE_URL"]

    def start(self) -> Bot:
        self._process = forked.begin(self.ARGUMENTS, self.log, self._env, ROOT)
        until(self._is_ready, seconds=40, what=f"the bot is ready; its log is {self.log}")
        return self

    def _is_ready(self) -> bool:
        assert self._process is not None
        assert self._process.is_alive(), self.log.read_text()[-2000:]
        try:
            return http("GET", f"{self.url}/readyz")[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        """As by `kill -9`."""
        assert self._process is not None
        self._process.kill()
        self._process.join()

    def freeze(self) -> None:
        """It hangs, with its connections open."""
        assert self._process is not None
        os.kill(self._process.pid or 0, signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it hung."""
        assert self._process is not None
        os.kill(self._process.pid or 0, signal.SIGCONT)

    def stop(self) -> None:
        if self._process and self._process.is_alive():
            self._process.terminate()
            self._process.join(15)
            if self._process.is_alive():
                self.kill()


def free_port() -> int:
    """A port of loopback that nobody uses."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stage:
    """What a journey does and sees, in the words of Teams and of the tenant's control API."""

    _numbers = itertools.count(1)

    def __init__(self, tenant_url: str, teams: Teams, bot: Bot) -> None:
        self.tenant_url = tenant_url
        self.teams = teams
        self.bot = bot

    def fresh(self, name: str = "guest") -> str:
        """An address nobody has used."""
        return f"{name}{next(self._numbers)}-{os.getpid()}@fabrikam.com"

    def activity(self, who: str, **changes: Any) -> dict[str, Any]:
        person_id, name = PEOPLE[who]
        chat = {"conversationType": "personal", "tenantId": TENANT, "id": f"a:1{who}"}
        return {
            "type": "message",
            "id": f"in-{next(self._numbers)}-{os.getpid()}",
            "channelId": "msteams",
            "serviceUrl": self.teams.url,
            "locale": "en-US",
            "from": {"id": f"29:1{who}", "name": name, "aadObjectId": person_id},
            "recipient": {"id": BOT, "name": "Usher"},
            "conversation": chat,
            "channelData": {"tenant": {"id": TENANT}},
            **changes,
        }

    def post(self, activity: dict[str, Any]) -> tuple[int, Any]:
        return http("POST", f"{self.bot.url}/api/messages", activity)

    def say(self, who: str, text: str, **changes: Any) -> dict[str, Any]:
        """Type a sentence; the activity that was sent."""
        activity = self.activity(who, text=text, textFormat="plain", **changes)
        status, body = self.post(activity)
        assert status in (200, 201, 202), (status, body)
        return activity

    def attached(self, name: str, text: str) -> dict[str, Any]:
        """What a message carries when a file is attached in Teams, the text once more as HTML included."""
        self.teams.files[name] = text.encode()
        content = {"downloadUrl": self.teams.file_url(name), "uniqueId": name, "fileType": "yaml"}
        file = {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "contentUrl": f"https://contoso-my.sharepoint.com/personal/{name}",
            "name": name,
            "content": content,
        }
        return {"attachments": [{"contentType": "text/html", "content": "<p>a file</p>"}, file]}

    def ask(self, who: str, text: str, *words: str, seconds: float = 40.0, **changes: Any) -> str:
        """Type a sentence; the activity id of the card that came new with these words."""
        before = set(self.cards(who))
        self.say(who, text, **changes)
        return self.news(who, before, *words, seconds=seconds)

    def news(self, who: str, before: set[str], *words: str, seconds: float = 40.0) -> str:
        """The activity id of the card that was not there before and holds all these words, waited for."""

        def find() -> str:
            fresh = {name: one for name, one in self.cards(who).items() if name not in before}
            fitting = (name for name, one in fresh.items() if all(word in readable(one) for word in words))
            return next((name for name in fitting if not _is_working(fresh[name])), "")

        try:
            return str(until(find, seconds=seconds, what=f"{who} is told {words}"))
        except AssertionError as error:
            seen = "\n---\n".join(readable(one) for name, one in self.cards(who).items() if name not in before)
            raise AssertionError(f"{error}; the new cards say:\n{seen}") from None

    def words(self, who: str, card: str) -> str:
        """What a person reads on the card with this activity id."""
        return readable(self.card(who, card))

    def titles(self, who: str, card: str) -> list[str]:
        """The titles of a card's buttons."""
        return [str(one.get("title")) for one in actions(self.card(who, card))]

    def user(self, address: str) -> dict[str, Any]:
        """The account behind an address, deleted ones included."""
        return next(one for one in self.state()["users"] if one.get("mail") == address)

    def held(self, address: str) -> list[str]:
        """The states of a guest's assignments."""
        person = self.user(address)["id"]
        return [one["state"] for one in self.state()["assignments"] if one["target"]["objectId"] == person]

    def press(self, who: str, title: str, *, card: str, inputs: dict[str, str] | None = None) -> Any:
        """Press a button of the card with this activity id; the invoke's answer."""
        action = next(one for one in actions(self.card(who, card)) if one.get("title") == title)
        return self.execute(who, {**action.get("data", {}), "verb": action.get("verb"), **(inputs or {})}, card=card)

    def execute(self, who: str, data: dict[str, Any], *, card: str) -> Any:
        """What a button with this data sends, wherever the data is from; the invoke's answer."""
        action = {"type": "Action.Execute", "verb": data.get("verb"), "data": data}
        invoke = self.activity(who, type="invoke", name="adaptiveCard/action", value={"action": action}, replyToId=card)
        status, body = self.post(invoke)
        assert status == 200, (status, body)
        return body

    def cards(self, who: str) -> dict[str, dict[str, Any]]:
        """What stands in a person's chat: activity id -> card content (text messages as {"text"})."""
        return {
            activity_id: one["attachments"][0]["content"] if one.get("attachments") else {"text": one.get("text", "")}
            for activity_id, one in list(self.teams.chats.get(f"a:1{who}", {}).items())
        }

    def card(self, who: str, activity_id: str) -> dict[str, Any]:
        return self.cards(who)[activity_id]

    def shown(self, who: str, *words: str, seconds: float = 40.0) -> str:
        """The activity id of the newest card that holds all these words, waited for."""

        def find() -> str:
            for activity_id, content in reversed(list(self.cards(who).items())):
                if all(word in readable(content) for word in words):
                    return activity_id
            return ""

        try:
            return str(until(find, seconds=seconds, what=f"{who} sees {words}"))
        except AssertionError as error:
            seen = "\n---\n".join(readable(one) for one in list(self.cards(who).values())[-3:])
            raise AssertionError(f"{error}; the last cards say:\n{seen}") from None

    def now(self) -> datetime:
        """The tenant's clock."""
        return datetime.fromisoformat(http("GET", f"{self.tenant_url}/_control/clock")[1]["now"])

    def graph(self, method: str, path: str, body: Any = None) -> Any:
        """What an administrator's own tool does in Graph; the answer's body."""
        form = (
            b"grant_type=client_credentials&client_id=test&client_secret=x&scope=https://graph.microsoft.com/.default"
        )
        url = f"{self.tenant_url}/{TENANT}/oauth2/v2.0/token"
        with urllib.request.urlopen(urllib.request.Request(url, form), timeout=30) as answer:
            token = json.load(answer)["access_token"]
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
        request = urllib.request.Request(f"{self.tenant_url}/v1.0{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return _decoded(answer.read())

    def ledger(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        """What a bot on SQLite has in mind, asked in SQL: where a journey would go on before it is."""
        with contextlib.closing(sqlite3.connect(self.bot.database_url.removeprefix("sqlite:///"))) as ledger:
            return list(ledger.execute(question, values))

    def state(self) -> dict[str, Any]:
        return dict(http("GET", f"{self.tenant_url}/_control/state")[1])

    def control(self, what: str, body: dict[str, Any]) -> Any:
        status, answer = http("POST", f"{self.tenant_url}/_control/{what}", body)
        assert status in (200, 201, 204), (status, answer)
        return answer

    def act(self, user: str, action: str, package: str = PACKAGE, **more: Any) -> None:
        self.control("act", {"user": user, "action": action, "accessPackageId": package, **more})

    def requests(self) -> list[dict[str, Any]]:
        return list(http("GET", f"{self.tenant_url}/_control/requests")[1])

    def mails(self, address: str) -> list[dict[str, Any]]:
        """Messages sent to an address."""
        box = http("GET", f"{self.tenant_url}/_control/mailbox")[1]
        return [
            one["message"]
            for one in box
            if any(to["emailAddress"]["address"] == address for to in one["message"]["toRecipients"])
        ]


def _is_working(content: dict[str, Any]) -> bool:
    """The card that only says that Usher is looking; it becomes the answer."""
    return "I am looking" in readable(content)


def actions(content: Any) -> list[dict[str, Any]]:
    """Every button of a card, wherever it sits."""
    found: list[dict[str, Any]] = []
    if isinstance(content, dict):
        if str(content.get("type", "")).startswith("Action."):
            found.append(content)
        for name, part in content.items():
            if name != "fallback":
                found += actions(part)
    elif isinstance(content, list):
        for part in content:
            found += actions(part)
    return found


def readable(content: Any) -> str:
    """All words a person can read on a card."""
    if isinstance(content, dict):
        own = [
            str(content[name])
            for name in ("text", "title", "label", "value", "errorMessage")
            if isinstance(content.get(name), str)
        ]
        rest = [
            readable(part)
            for name, part in content.items()
            if isinstance(part, dict | list) and name not in ("fallback", "data")
        ]
        return "\n".join(filter(None, [*own, *rest])).replace("\\", "")
    if isinstance(content, list):
        return "\n".join(filter(None, map(readable, content)))
    return ""
