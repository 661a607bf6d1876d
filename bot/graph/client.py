"""Open the one connection to Graph that the whole room shares: SDK client, JSON wire, retries, timeouts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import anyio
import anyio.lowlevel
import httpx
from azure.core.credentials_async import AsyncTokenCredential

from bot.graph.login import LOOPBACK
from bot.graph.retries import Pause
from bot.graph.wire import Wire

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

PUBLIC_GRAPH = "https://graph.microsoft.com"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
LIMITS = httpx.Limits(max_connections=20, max_keepalive_connections=20, keepalive_expiry=60.0)


def scope_of(graph_url: str) -> str:
    """The scope that asks for all permissions granted to the app at this cloud's Graph.

    A tenant on loopback stands in for the public cloud.
    """
    host = urlsplit(graph_url).hostname
    return f"{PUBLIC_GRAPH if host in LOOPBACK else graph_url.rstrip('/')}/.default"


def permission_of(graph_url: str, permission: str) -> str:
    """The scope that asks for one delegated permission ("User.Read") at this cloud's Graph."""
    return f"{scope_of(graph_url).removesuffix('.default')}{permission}"


@dataclass(frozen=True, slots=True)
class Graph:
    """Graph as the app itself (or as one person) sees it. `url` is the host without path."""

    sdk: GraphServiceClient
    wire: Wire
    url: str
    http: httpx.AsyncClient
    transports: tuple[httpx.AsyncBaseTransport, ...]

    def as_person(self, credential: AsyncTokenCredential) -> Wire:
        """The same host over the same connections, asked with a person's token."""
        from bot.graph.pipeline import adapter_of

        scope, host = scope_of(self.url), urlsplit(self.url).hostname or ""
        return Wire(adapter_of(f"{self.url}/v1.0", self.http, credential, scope, host), self.wire.pause)

    async def warm(self) -> None:
        """What httpx loads with its first call is there, so that no turn waits for it. Nothing is sent."""
        await anyio.lowlevel.checkpoint()

    async def close(self) -> None:
        """Every connection is closed."""
        await self.http.aclose()
        # msgraph-core wraps the transports in one that does not pass closing on.
        for transport in self.transports:
            await transport.aclose()


def open_graph(
    graph_url: str, credential: AsyncTokenCredential, *, timeout: httpx.Timeout = TIMEOUT, pause: Pause = asyncio.sleep
) -> Graph:
    """A Graph whose tokens go to `graph_url`'s host only; plain http is accepted on loopback only.

    Nothing is sent yet. The stock `GraphServiceClient(credential)` would hand the token to any https host a
    nextLink names.
    """
    parts = urlsplit(graph_url)
    on_loopback = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or on_loopback):
        raise ValueError("the Graph host must be https, or plain http on loopback")
    from bot.graph.pipeline import service_client

    base = graph_url.rstrip("/") + "/v1.0"
    http = httpx.AsyncClient(
        base_url=base,
        timeout=timeout,
        limits=LIMITS,
        http2=parts.scheme == "https",
        # Loading the certificate store takes long, and plain http has no use for it.
        verify=parts.scheme == "https",
        trust_env=parts.hostname not in LOOPBACK,
    )
    transports = (http._transport, *(mounted for mounted in http._mounts.values() if mounted))  # noqa: SLF001
    sdk = service_client(base, http, credential, scope_of(graph_url), parts.hostname, pause)
    return Graph(sdk, Wire(sdk.request_adapter, pause), graph_url.rstrip("/"), http, transports)
