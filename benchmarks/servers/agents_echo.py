"""A bare echo agent on Microsoft's Agents SDK; a dummy token, no authentication. Argument: PORT."""

from __future__ import annotations

import sys
from typing import Any

from aiohttp import web
from microsoft_agents.hosting.aiohttp import CloudAdapter
from microsoft_agents.hosting.core import ActivityHandler, TurnContext
from microsoft_agents.hosting.core.authorization import AnonymousTokenProvider, ClaimsIdentity


class Token(AnonymousTokenProvider):
    """Always the same token."""

    async def get_access_token(self, *_: Any, **__: Any) -> str:
        """A word."""
        return "token"


class Connections:
    """One connection for everything."""

    provider = Token()

    def get_connection(self, *_: Any, **__: Any) -> Token:
        """The one."""
        return self.provider

    get_default_connection = get_token_provider = get_connection

    def get_default_connection_configuration(self) -> Any:
        """Its configuration."""
        return self.provider.configuration


class Echo(ActivityHandler):
    """Says what it hears."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Echo."""
        await turn_context.send_activity(f"echo: {turn_context.activity.text}")


def main(port: int) -> None:
    """Serve until ended."""
    adapter, agent = CloudAdapter(connection_manager=Connections()), Echo()  # type: ignore[arg-type]

    async def messages(request: web.Request) -> web.Response:
        request["claims_identity"] = ClaimsIdentity({"aud": "22222222-2222-4222-8222-222222222222"}, "Bearer")
        answer: web.Response = await adapter.process(request, agent)
        return answer

    async def ready(request: web.Request) -> web.Response:
        return web.Response(text="ready")

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    app.router.add_get("/readyz", ready)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
