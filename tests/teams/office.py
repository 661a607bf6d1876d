"""The whole Teams room at work in one process: real ledger, real directory on a simulated tenant, a channel beside."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import aiohttp
import orjson

from bot.jobs import answer, greet
from bot.ports import Deps
from bot.store.ledger import SqlLedger
from bot.teams.room import Room
from tests.teams.channel import ALEX, BOT_ID, TENANT, FakeConnector, Key, claims

MEGAN = "44444444-4444-4444-8444-444444444441"
LEE = "44444444-4444-4444-8444-444444444443"
BEN = "55555555-5555-4555-8555-555555555552"
PEOPLE = {ALEX: ("29:1alex", "Alex Wilber"), MEGAN: ("29:1megan", "Megan Bowen"), LEE: ("29:1lee", "Lee Gu"),
          BEN: ("29:1ben", "Ben Ortiz")}  # fmt: skip


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class TaskJobs:
    """Runs jobs as tasks of this process: at once, once per name and key."""

    deps: Deps | None = None
    started: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    held: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.held.set()

    async def start(self, name: str, key: str, payload: Mapping[str, Any]) -> None:
        if (name, key) not in self.started:
            self.started[name, key] = orjson.loads(orjson.dumps(payload))
            self.tasks.append(asyncio.create_task(self._run(name, dict(self.started[name, key]))))

    async def run_again(self, name: str, key: str, payload: Mapping[str, Any]) -> None:
        await self.start(name, key, payload)

    async def done(self) -> None:
        while pending := [task for task in self.tasks if not task.done()]:
            await asyncio.gather(*pending)

    async def _run(self, name: str, payload: dict[str, Any]) -> None:
        await self.held.wait()
        run = {"answer": answer.answer, "greet": greet.greet}.get(name)
        assert self.deps is not None
        if run:
            await run(payload, self.deps)


@dataclass
class Office:
    """Say and press as people do; read what stands in their chats."""

    room: Room
    deps: Deps
    jobs: TaskJobs
    ledger: SqlLedger
    connector: FakeConnector
    service_url: str
    url: str
    key: Key
    http: aiohttp.ClientSession
    numbers: Any = field(default_factory=lambda: count(1))

    async def say(self, text: str | None, *, who: str = ALEX, **changes: Any) -> int:
        status, _ = await self.post(self.activity(who, text=text, **changes))
        await self.jobs.done()
        return status

    async def press(self, value: dict[str, Any], *, card: str = "", who: str = ALEX, **changes: Any) -> dict[str, Any]:
        """Press an Action.Execute button; the invoke's body."""
        data = {name: part for name, part in value.items() if name != "verb"}
        action = {"type": "Action.Execute", "verb": value.get("verb"), "data": data}
        pressed = self.activity(who, type="invoke", name="adaptiveCard/action", replyToId=card or None, **changes)
        status, body = await self.post({**pressed, "value": {"action": action, "trigger": "manual"}})
        assert status == 200, body
        await self.jobs.done()
        return orjson.loads(body)

    async def submit(self, value: Any, *, card: str = "", who: str = ALEX, **changes: Any) -> int:
        """Press a button in a client that only knows Action.Submit."""
        return await self.say(None, who=who, value=value, replyToId=card or None, **changes)

    def activity(self, who: str, **changes: Any) -> dict[str, Any]:
        teams_id, name = PEOPLE[who]
        good = {
            "type": "message",
            "id": f"17000000000{next(self.numbers):02}",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "locale": "en-GB",
            "from": {"id": teams_id, "name": name, "aadObjectId": who},
            "recipient": {"id": BOT_ID, "name": "Usher"},
            "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": f"a:{teams_id[3:]}"},
            "channelData": {"tenant": {"id": TENANT}},
        }
        return {name: value for name, value in {**good, **changes}.items() if value is not None}

    async def post(self, activity: dict[str, Any]) -> tuple[int, bytes]:
        token = self.key.sign(claims(self.service_url))
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.post(self.url, json=activity, headers=headers) as response:
            return response.status, await response.read()

    def chat(self, conversation: str = "a:1alex") -> dict[str, dict[str, Any]]:
        """Activity id -> what stands there now."""
        part = f"/conversations/{conversation.replace(':', '%3A')}/activities"
        stands: dict[str, dict[str, Any]] = {}
        for number, call in enumerate(self.connector.calls, 1):
            if part in call.path and call.method == "POST":
                stands[f"sent-{number}"] = call.body
            elif part in call.path and call.method == "PUT":
                stands[call.body["id"]] = call.body
        return stands

    def last(self, conversation: str = "a:1alex") -> tuple[str, dict[str, Any]]:
        """Id and content of the newest card."""
        card, activity = list(self.chat(conversation).items())[-1]
        return card, activity["attachments"][0]["content"]

    def texts(self, conversation: str = "a:1alex") -> list[str]:
        """Summary or text of each activity that stands."""
        return [one.get("summary") or one.get("text", "") for one in self.chat(conversation).values()]


def with_jobs(deps: Deps, jobs: TaskJobs) -> Deps:
    jobs.deps = replace(deps, jobs=jobs)
    return jobs.deps


__all__ = ["ALEX", "BEN", "LEE", "MEGAN", "Office", "RealClock", "TaskJobs", "with_jobs"]
