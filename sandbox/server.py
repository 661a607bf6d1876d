"""The sandbox in a thread of its own, for tests and for running beside the bot."""

import asyncio
import threading
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from sandbox.app import create_app
from sandbox.web import WORLD
from sandbox.world import World


class Server:
    """`with Server() as tenant: tenant.url` answers on loopback until the block ends; port 0 takes any free one."""

    def __init__(self, options: dict[str, Any] | None = None, host: str = "127.0.0.1", port: int = 0) -> None:
        self.host, self.port, self.url = host, port, ""
        self.world = World(options)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._failure: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner = web.AppRunner(create_app(world=self.world), access_log=None, shutdown_timeout=0.1)
        try:
            self._loop.run_until_complete(self._start(runner))
        except OSError as failure:
            self._failure = failure
        self._ready.set()
        if self._failure is None:
            self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _start(self, runner: web.AppRunner) -> None:
        await runner.setup()
        await web.TCPSite(runner, self.host, self.port).start()
        self.port = runner.addresses[0][1]
        self.url = f"http://{self.host}:{self.port}"


__all__ = ["WORLD", "Server"]
