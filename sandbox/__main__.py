"""`python -m sandbox --port 8180`: the simulated tenant on its own."""

import argparse
import json
import logging

from aiohttp import web

from sandbox.app import create_app


def main() -> None:
    """Serves until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A simulated Entra tenant over HTTP.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8180)
    parser.add_argument("--options", type=json.loads, default={}, help='as for reset, e.g. \'{"seed":"empty"}\'')
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger(__name__).info("simulated tenant: http://%s:%s", chosen.host, chosen.port)
    web.run_app(create_app(chosen.options), host=chosen.host, port=chosen.port, access_log=None, print=None)


if __name__ == "__main__":
    main()
