"""A Teams service and a tenant that fail on request, and counts of what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.web import cut
from tests.journeys.stage import Stage, Teams, http

PACKAGE = '"Invited users package" for 14 days because "audit"'


@dataclass
class Rough:
    """One way Teams fails. `method` and `chat` "" fit all; `after`: what was sent arrives, then the connection ends."""

    status: int = 0
    times: int = 1
    method: str = ""
    chat: str = ""
    code: str = ""
    retry_after: str = ""
    delay: float = 0.0
    after: bool = False

    def fits(self, request: web.Request) -> bool:
        return self.times > 0 and self.method in ("", request.method) and self.chat in request.match_info["tail"]


class RoughTeams(Teams):
    """The Teams service; `faults` are tried in order, each as often as it says."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Rough] = []

    async def _connector(self, request: web.Request) -> web.Response:
        fault = next((one for one in self.faults if one.fits(request)), None)
        if fault is None:
            return await super()._connector(request)
        fault.times -= 1
        if fault.status:
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            body = {"error": {"code": fault.code or f"HTTP{fault.status}", "message": "as asked"}}
            return web.json_response(body, status=fault.status, headers=headers)
        answer = await super()._connector(request) if fault.after else None
        await asyncio.sleep(fault.delay)
        if fault.delay and not fault.after:
            answer = await super()._connector(request)
        return answer if answer is not None and fault.delay else cut(request)


def hold(stage: Stage, method: str, path: str, *, seconds: float = 1.0) -> None:
    """The next such request to Graph is kept waiting, then performed."""
    rule = {"method": method, "path": path, "delaySeconds": seconds, "times": 1}
    stage.control("faults", {"rules": [rule]})


def held(stage: Stage) -> bool:
    """Whether every rule of the tenant has been used up."""
    rules = http("GET", f"{stage.tenant_url}/_control/faults")[1]["rules"]
    return not [one for one in rules if one.get("times", 0) > 0]


def counts(stage: Stage, address: str) -> tuple[int, int, int]:
    """(invitations, assignments asked for by an administrator, mails) there were for an address."""
    state = stage.state()
    guest = next((one["id"] for one in state["users"] if one.get("mail") == address), "")
    invitations = sum(one["invitedUserEmailAddress"] == address for one in state["invitations"])
    return invitations, len(asked(stage, guest, "adminAdd")), len(stage.mails(address))


def asked(stage: Stage, guest: str, kind: str) -> list[dict[str, Any]]:
    """Assignment requests of one kind for the guest with this object id."""
    requests = stage.state()["assignmentRequests"]
    return [one for one in requests if one["requestType"] == kind and one["assignment"]["target"]["objectId"] == guest]


def guest_id(stage: Stage, address: str) -> str:
    return str(next(one["id"] for one in stage.state()["users"] if one.get("mail") == address))
