"""A process that runs jobs, to be killed: `python -m tests.jobs.engine_process URL FOLDER NAME start|serve|schedule hang|end SECONDS`.

It leaves a line in FOLDER/NAME.log for everything it does.
"""

import asyncio
import signal
import sys
from pathlib import Path

from bot.jobs.engine import Again, Engine, Payload
from bot.store.database import Database
from bot.store.heartbeats import SqlHeartbeats
from bot.store.migrate import migrate


async def main(url: str, folder: str, name: str, begin: str, end: str, silence: str) -> None:
    def note(line: str) -> None:
        with (Path(folder) / f"{name}.log").open("a") as file:
            file.write(line + "\n")

    async def job(payload: Payload) -> Again | None:
        if payload["kind"] == "steps" and not (Path(folder) / "first-step").exists():
            (Path(folder) / "first-step").touch()
            note("first")
            return Again(0.05)
        note(f"began {payload['kind']}")
        if end == "hang":
            await asyncio.Event().wait()
        note(f"ended {payload['kind']}")
        return None

    async def slot(payload: Payload) -> None:
        note(f"slot {payload['slot']}")

    await migrate(url)
    database = Database(url)
    engine = Engine(
        url,
        heartbeats=SqlHeartbeats(database),
        beat_seconds=0.1,
        silence_seconds=float(silence),
    )
    engine.register("job", job)
    if begin == "schedule":
        engine.every(0.2, "slot", slot)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await engine.launch()
    note("launched")
    if begin == "start":
        await engine.start("job", "plain", {"kind": "plain"})
        await engine.start("job", "steps", {"kind": "steps"})
        note("started")
    await stop.wait()
    await engine.close(grace_seconds=0.1)
    await database.close()
    note("closed")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
