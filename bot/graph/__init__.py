"""The only room that knows Microsoft Graph, msgraph-sdk, kiota and msal."""

import sys

# httpx imports its command line program whenever rich and click are there (dbos brings them): 70 ms and 6 MiB that a
# server has no use for. None in sys.modules is Python's way to say "not installed", which httpx allows for.
# https://docs.python.org/3/reference/import.html#the-module-cache
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
