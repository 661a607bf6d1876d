"""Checks recorded Graph exchanges against the published schema."""

import importlib.util
import re
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


@lru_cache(maxsize=1)
def specification(shared: Path) -> Any:
    """The Graph v1.0 subset with its validator."""
    found = importlib.util.spec_from_file_location("graph_validate", shared / "tools" / "graph_validate.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):  # it leaves a file open
        return module.GraphSpec(shared / "schemas" / "graph-v1.0-subset.yaml")


_CHECKED = ("method", "url", "status", "requestBody", "responseBody")

# Documented operations that the published subset leaves out.
UNLISTED = re.compile(r"^/(v1\.0/)?(sites\b|.*/incompatibleGroups/[^/]+/\$ref$)")


def findings(shared: Path, requests: list[dict[str, Any]]) -> list[str]:
    """What is wrong with these exchanges; of a refused one only the answer is looked at, of a cut one nothing."""
    spec, found = specification(shared), []
    # Whoever looks every second sees the same many times; it is checked once.
    for one in {repr([each[name] for name in _CHECKED]): each for each in requests}.values():
        if one["status"] == 0 or UNLISTED.match(urlsplit(one["url"]).path):
            continue
        sent = one["requestBody"] if one["status"] < 400 else None
        wrong = spec.check(one["method"], one["url"], sent, one["status"], one["responseBody"])
        wrong = [text for text in wrong if not text.startswith("query $skiptoken")]  # a next link's own business
        if one["status"] >= 400:
            wrong = [text for text in wrong if not text.startswith(("path", "query"))]
        found += [f"{one['method']} {one['url']}: {text}" for text in wrong]
    return found
