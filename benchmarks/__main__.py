"""`make bench`: measure Usher and its peers in one run, print the table, keep it in docs/performance.md."""

from __future__ import annotations

import argparse
import asyncio
import compileall
import json
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import measures
from benchmarks.bench import Bench, call
from benchmarks.load import send, text_turn
from benchmarks.measures import Field, Row, Size
from benchmarks.sweeps import sweeps
from dev.environment import ROOT
from dev.processes import Children

REPORT = ROOT / "docs" / "performance.md"
_BEGIN, _END = "<!-- measured -->", "<!-- end -->"


async def measure(folder: Path, size: Size) -> list[Row]:
    """All rows, in one run, with bytecode compiled as an installed server has it."""
    for room in ("benchmarks", "bot", "cards", "letters", "packagefiles", "sandbox"):
        compileall.compile_dir(ROOT / room, quiet=1)
    with Children(folder) as children:
        field = await _field(Bench(children, folder))
        rows = [
            await measures.text(field, size),
            await measures.click(field, size),
            await measures.throughput(field, size),
            await measures.stall(field, size),
            *await measures.start(field, size),
        ]
        rows.append(await measures.round_trips(field, size))
        rows += await sweeps(field, size)
        return rows


async def _field(bench: Bench) -> Field:
    tenant, connector, slow = bench.tenant(), bench.connector(), bench.connector(200)
    usher = bench.usher(tenant, connector)
    # The raw server sends what Usher sends, byte for byte as much.
    await send(usher, [text_turn(connector)])
    reply = bench.folder / "reply.json"
    reply.write_text(json.dumps(call(f"{connector.url}/last")))
    return Field(
        bench,
        tenant,
        connector,
        slow,
        usher,
        bench.peer("raw", str(reply)),
        bench.peer("botbuilder_echo"),
        bench.peer("agents_echo"),
    )


def table(rows: list[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| what | Usher | peers, same run | budget | met |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.what} | {row.usher} | {row.peers} | {row.budget} | {'yes' if row.met else 'NO'} |" for row in rows
    ]
    return "\n".join(lines)


def keep(text: str) -> None:
    """The table stands in docs/performance.md, between its two marks."""
    before, _, rest = REPORT.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    machine = f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}."
    REPORT.write_text(f"{before}{_BEGIN}\n{text}\n\n{machine}\n{_END}{after}")


def main() -> int:
    """Measure, print, keep; 1 when a budget was missed."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--quick", action="store_true", help="tiny counts: does it run at all? keeps nothing")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(measure(Path(folder), Size(4, 1) if quick else Size()))
    print(table(rows))
    if not quick:
        keep(table(rows))
    return 0 if quick or all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
