"""Logs as one JSON object a line, or readable lines on a terminal."""

from __future__ import annotations

import logging
import sys

from pythonjsonlogger.json import JsonFormatter

_FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"
_NOISY = ("msrest", "aiohttp.access", "httpx", "alembic", "dbos", "urllib3", "azure")


def set_up(level: str) -> None:
    """Every record goes to standard error; fields given as `extra` become fields of the line.

    Libraries speak from WARNING up, because some of them log addresses and tokens below that.
    """
    handler = logging.StreamHandler()
    if sys.stderr.isatty():
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S"))
    else:
        renamed = {"asctime": "time", "levelname": "level", "name": "room", "message": "event"}
        handler.setFormatter(JsonFormatter(_FIELDS, rename_fields=renamed))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It warns about every field of channelData that the SDK's models do not know.
    logging.getLogger("msrest.serialization").setLevel(logging.ERROR)
