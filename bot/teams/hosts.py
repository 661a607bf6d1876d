"""Decide which hosts Usher may talk to, and so hand a token to."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from yarl import URL

LONGEST_FILE_URL = 4000
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(url: str) -> bool:
    """Say whether the URL's host is this machine."""
    parsed = _plain(url)
    return parsed is not None and parsed.host in LOOPBACK


@dataclass(frozen=True)
class ServiceHosts:
    """The allow-list for service URLs.

    `names` are host names ("smba.trafficmanager.net"), host names with a port ("127.0.0.1:9000") or
    names with a leading dot, which stand for all hosts below. Plain http is for loopback only, and
    loopback only when it is named or `loopback` is set.
    """

    names: frozenset[str]
    loopback: bool = False

    @classmethod
    def of(cls, names: Iterable[str], *, loopback: bool = False) -> "ServiceHosts":
        """Build the list from settings; blanks, letter case and a leading `*` do not matter."""
        cleaned = (name.strip().lower().removeprefix("*") for name in names)
        return cls(frozenset(name for name in cleaned if name), loopback)

    def allows(self, url: str) -> bool:
        """Say whether a token may be sent to this URL."""
        parsed = _plain(url)
        if parsed is None or not parsed.host:
            return False
        if parsed.host in LOOPBACK:
            return self.loopback or self._names(parsed)
        return parsed.scheme == "https" and self._names(parsed)

    def allows_file(self, url: str) -> bool:
        """Say whether a file may be read from, or put to, this URL. It may carry a query, which is its key."""
        if len(url) > LONGEST_FILE_URL or not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
            return False
        try:
            parsed = URL(url, encoded=True)
            return parsed.user is None and parsed.password is None and self.allows(str(parsed.origin()))
        except ValueError:
            return False

    def _names(self, url: URL) -> bool:
        host = url.host or ""
        if host in self.names or f"{host}:{url.port}" in self.names:
            return True
        parts = host.split(".")
        return any("." + ".".join(parts[i:]) in self.names for i in range(1, len(parts)))


@lru_cache(maxsize=256)
def _plain(url: str) -> URL | None:
    """Parse with the parser that will also send, and refuse what two parsers could read differently."""
    if not url.isascii() or not url.isprintable():
        return None
    if "\\" in url or "@" in url or " " in url:
        return None
    try:
        parsed = URL(url)
        parsed.port  # noqa: B018 - a port out of range is found only when it is asked for
    except ValueError:
        return None
    if parsed.scheme not in ("http", "https") or parsed.query_string or parsed.fragment:
        return None
    return parsed
