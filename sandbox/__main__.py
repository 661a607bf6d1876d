"""`python -m sandbox --port 8180`: the simulated tenant on its own."""

import argparse
import asyncio
import json
import logging
import signal
import sys
from contextlib import suppress

from aiohttp import web

from sandbox.app import create_app

LOG = logging.getLogger("sandbox")


async def serve(options: dict[str, object], host: str, port: int) -> None:
    """Serves until a signal asks it to end; says on stderr where once it answers."""
    runner = web.AppRunner(create_app(options), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        LOG.info("simulated tenant: http://%s:%s", host, runner.addresses[0][1])
        ended = asyncio.Event()
        if sys.platform != "win32":  # there, the keyboard's interrupt ends the loop
            for name in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(name, ended.set)
        await ended.wait()
    finally:
        await runner.cleanup()


def main() -> None:
    """Reads the command line and serves."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A simulated Entra tenant over HTTP.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8180)
    parser.add_argument("--options", type=json.loads, default={}, help='as for reset, e.g. \'{"seed":"empty"}\'')
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(chosen.options, chosen.host, chosen.port))


if __name__ == "__main__":
    main()
