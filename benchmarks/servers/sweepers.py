"""Read all assignments of a simulated tenant in one of three ways and print what it cost, as JSON.

`python -m benchmarks.servers.sweepers usher|aiohttp|msgraph TENANT_URL FOLDER`
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

TENANT = "11111111-1111-4111-8111-111111111111"
APP_ID = "22222222-2222-4222-8222-222222222222"
EXPANDED = "target,accessPackage,assignmentPolicy"
DELIVERED = "state eq 'delivered'"
Reader = Callable[[], Awaitable[int]]


def _status(name: str) -> float:
    """A line of /proc/self/status in MiB."""
    rows = Path("/proc/self/status").read_text().splitlines()
    return int(next(row for row in rows if row.startswith(name)).split()[1]) / 1024


def _forget_peak() -> None:
    """The highest memory counts from here on: https://www.kernel.org/doc/html/latest/filesystems/proc.html"""
    Path("/proc/self/clear_refs").write_text("5")


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def measured(read: Reader) -> dict[str, float]:
    """Rows, seconds, seconds of CPU, and MiB at the peak above what the process held before."""
    gc.collect()
    gc.freeze()
    _forget_peak()
    idle, cpu, begun = _status("VmRSS"), _cpu(), time.perf_counter()
    rows = await read()
    seconds, cpu = time.perf_counter() - begun, _cpu() - cpu
    return {"rows": rows, "seconds": seconds, "cpu": cpu, "peak": _status("VmHWM") - idle}


class _Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class _Parts:
    """What of Deps the sweep uses."""

    def __init__(self, pages: Any, sweeps: Any) -> None:
        self.assignment_pages, self.sweeps, self.clock = pages, sweeps, _Clock()


async def usher(url: str, folder: Path) -> dict[str, float]:
    """The job as it is: pages to assignments, counted, and how far it is kept in SQLite."""
    from bot.domain.sweeps import begun
    from bot.graph.client import open_graph
    from bot.graph.credential import Credential
    from bot.graph.login import Registration, Secret
    from bot.graph.sweep import EntraAssignmentPages
    from bot.jobs.sweep import LEASE, sweep
    from bot.ports import Deps
    from bot.store.database import Database
    from bot.store.migrate import migrate
    from bot.store.sweeps import SqlSweeps

    database_url = f"sqlite:///{folder / 'sweeps.db'}"
    await migrate(database_url)
    database, credential = Database(database_url), Credential(Registration(TENANT, APP_ID, Secret("x"), login_url=url))
    graph = open_graph(url, credential)
    pages, sweeps = EntraAssignmentPages(graph), SqlSweeps(database, tenant_id=TENANT)
    deps = cast(Deps, _Parts(pages, sweeps))

    async def read() -> int:
        slot = str(time.time_ns())
        while await sweep({"slot": slot}, deps, ()) is not None:
            pass
        done = await sweeps.finished()
        return done.rows if done else 0

    # A server that has run for a while has read and kept before.
    first = await pages.page()
    await sweeps.take("warm", deps.clock.now(), LEASE)
    await sweeps.keep("warm", begun("warm", deps.clock.now()).got_on(first, deps.clock.now()), deps.clock.now(), LEASE)
    await sweeps.finished()
    await sweeps.leave("warm")
    cost = await measured(read)
    await graph.close()
    await credential.close()
    await database.close()
    return cost


async def bare(url: str, folder: Path) -> dict[str, float]:
    """aiohttp and orjson, which keep and look at nothing."""
    import aiohttp
    import orjson

    address = f"{url}/v1.0/identityGovernance/entitlementManagement/assignments"
    async with aiohttp.ClientSession() as session:
        form = {"grant_type": "client_credentials", "client_id": APP_ID, "client_secret": "x"}
        form["scope"] = "https://graph.microsoft.com/.default"
        async with session.post(f"{url}/{TENANT}/oauth2/v2.0/token", data=form) as answer:
            session.headers["Authorization"] = f"Bearer {(await answer.json())['access_token']}"

        async def page(link: str, query: dict[str, str] | None = None) -> Any:
            async with session.get(link, params=query) as answer:
                return orjson.loads(await answer.read())

        async def read() -> int:
            rows, found = 0, await page(address, {"$filter": DELIVERED, "$expand": EXPANDED})
            while True:
                rows += len(found["value"])
                link = found.get("@odata.nextLink")
                if not link:
                    return rows
                found = await page(link)

        await page(address, {"$filter": DELIVERED, "$expand": EXPANDED})
        return await measured(read)


async def sdk(url: str, folder: Path) -> dict[str, float]:
    """msgraph-sdk as it comes, with its own page iterator."""
    import httpx
    from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
    from msgraph.generated.identity_governance.entitlement_management.assignments.assignments_request_builder import (
        AssignmentsRequestBuilder,
    )
    from msgraph.graph_request_adapter import GraphRequestAdapter
    from msgraph.graph_service_client import GraphServiceClient
    from msgraph_core import GraphClientFactory, PageIterator

    from bot.graph.credential import Credential
    from bot.graph.login import Registration, Secret

    credential = Credential(Registration(TENANT, APP_ID, Secret("x"), login_url=url))
    host = url.partition("//")[2].partition(":")[0]
    provider = AzureIdentityAuthenticationProvider(
        credential, scopes=["https://graph.microsoft.com/.default"], allowed_hosts=[host]
    )
    http = GraphClientFactory.create_with_default_middleware(client=httpx.AsyncClient(base_url=f"{url}/v1.0"))
    adapter = GraphRequestAdapter(provider, client=http)
    adapter.base_url = f"{url}/v1.0"
    builder = GraphServiceClient(request_adapter=adapter).identity_governance.entitlement_management.assignments
    query = AssignmentsRequestBuilder.AssignmentsRequestBuilderGetQueryParameters
    asked: Any = AssignmentsRequestBuilder.AssignmentsRequestBuilderGetRequestConfiguration(
        query_parameters=query(filter=DELIVERED, expand=EXPANDED.split(","))
    )

    async def read() -> int:
        seen = 0

        def one(_: object) -> bool:
            nonlocal seen
            seen += 1
            return True

        first = await builder.get(request_configuration=asked)
        await PageIterator(first, adapter).iterate(one)
        return seen

    await builder.get(request_configuration=asked)
    cost = await measured(read)
    await http.aclose()
    await credential.close()
    return cost


def main() -> None:
    """One way, once."""
    way = {"usher": usher, "aiohttp": bare, "msgraph": sdk}[sys.argv[1]]
    print(json.dumps(asyncio.run(way(sys.argv[2], Path(sys.argv[3])))))


if __name__ == "__main__":
    main()
