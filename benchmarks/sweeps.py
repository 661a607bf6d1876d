"""What it costs to read the access of ten thousand and of a hundred thousand, against those who keep nothing of it."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.bench import Server, call
from benchmarks.measures import Field, Row, Size
from dev.environment import ROOT

MANY, MORE, FEW = 10_000, 100_000, 1_000


@dataclass(frozen=True)
class Cost:
    """Of one reading: seconds, seconds of CPU, MiB at the peak over what the process held before, round trips."""

    rows: int
    seconds: float
    cpu: float
    peak: float
    requests: int


async def sweeps(field: Field, size: Size) -> list[Row]:
    """The sweep as the job does it, on a simulated tenant of its own whose pages hold a hundred assignments each."""
    tenant = field.bench.tenant()
    quick = size.rounds == 1
    many, more, few = (300, 500, 10) if quick else (MANY, MORE, FEW)
    usher, bare = await _rounds(field, tenant, many, size.rounds)
    sdk = await _read(field, tenant, "msgraph", few)
    ratio, scaled = usher.cpu / bare.cpu, sdk.cpu * many / sdk.rows
    compared = Row(
        f"sweep of {many:,} assignments, CPU",
        f"{usher.cpu:.2f} s = {ratio:.1f}×; {usher.seconds:.1f} s, {usher.requests} requests",
        f"aiohttp + orjson {bare.cpu:.2f} s = 1×, {bare.seconds:.1f} s, {bare.requests} requests; msgraph-sdk's page"
        f" iterator {scaled:,.0f} s = {scaled / bare.cpu:,.0f}× (measured over {sdk.rows:,}: {sdk.cpu:.1f} s)",
        "≤ 4× aiohttp + orjson",
        ratio <= 4,
    )
    big, bare = await _rounds(field, tenant, more, 1)
    tenant.child.process.terminate()
    flat = Row(
        f"sweep of {more:,}, peak memory over idle",
        f"{big.peak:.1f} MiB; {big.cpu:.1f} s CPU = {big.cpu / bare.cpu:.1f}×, {big.seconds:.0f} s,"
        f" {big.requests} requests",
        f"aiohttp + orjson {bare.peak:.1f} MiB; {bare.cpu:.1f} s CPU, {bare.seconds:.0f} s, {bare.requests} requests",
        "≤ 32 MiB",
        big.peak <= 32,
    )
    return [compared, flat]


async def _rounds(field: Field, tenant: Server, rows: int, rounds: int) -> tuple[Cost, Cost]:
    """Usher's and aiohttp's cost: medians of interleaved rounds."""
    ways: dict[str, list[Cost]] = {"usher": [], "aiohttp": []}
    for _ in range(rounds):
        for way, costs in ways.items():
            costs.append(await _read(field, tenant, way, rows))
    usher, bare = (_middle(costs) for costs in ways.values())
    return usher, bare


def _middle(costs: list[Cost]) -> Cost:
    return Cost(
        costs[0].rows,
        median(one.seconds for one in costs),
        median(one.cpu for one in costs),
        max(one.peak for one in costs),
        costs[0].requests,
    )


async def _read(field: Field, tenant: Server, way: str, rows: int) -> Cost:
    """In a process of its own, which must have seen everybody."""
    call(f"{tenant.url}/_control/reset", {"seed": "demo", "assignments": rows})
    command = [sys.executable, "-m", "benchmarks.servers.sweepers", way, tenant.url, str(field.bench.folder)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    cost: dict[str, Any] = json.loads(said.splitlines()[-1])
    if cost["rows"] != rows + 1:
        raise RuntimeError(f"{way} saw {cost['rows']} of {rows + 1} assignments")
    return Cost(requests=_requests(tenant), **cost)


def _requests(tenant: Server) -> int:
    """Round trips for assignments, the one page aside that each way reads to warm up."""
    made = call(f"{tenant.url}/_control/requests")
    return sum("/assignments?" in one["url"] for one in made) - 1
