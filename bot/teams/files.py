"""Read the files people send, and put those they take: straight from and to where Teams keeps people's files.

The URLs are their own keys, so no token is ever sent along, and only Microsoft's file hosts are asked.
Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

from __future__ import annotations

import codecs
import logging

import aiohttp
from yarl import URL

from bot.domain.turns import SentFile
from bot.errors import FileTrouble, Transient
from bot.teams.hosts import ServiceHosts, is_loopback

log = logging.getLogger(__name__)

FILE_HOSTS = ("*.sharepoint.com", "*.svc.ms")
"""Where OneDrive and SharePoint keep files. Bots exchange none in the clouds that have other hosts."""

TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)
_MOST_HOPS = 4
_OVER = "The link to this file is over. Send the file once more."
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"))


class FileExchange:
    """See `bot.ports.Files`. `services`: the allow-list for service URLs, which alone may open loopback."""

    def __init__(self, session: aiohttp.ClientSession, services: ServiceHosts) -> None:
        self._session = session
        self._services = services
        self._hosts = ServiceHosts.of(FILE_HOSTS)

    async def fetch(self, file: SentFile, *, most: int) -> str:
        """Redirects are followed by hand, each to an allowed host only."""
        url = file.url
        for _ in range(_MOST_HOPS):
            answer = await self._get(url, most)
            if isinstance(answer, bytes):
                return _text(answer)
            url = answer
        raise FileTrouble(_OVER, code="TooManyRedirects")

    async def save(self, url: str, text: str) -> None:
        """In one piece, as the upload session asks for it."""
        data = text.encode()
        headers = {
            "Content-Range": f"bytes 0-{len(data) - 1}/{len(data)}",
            "Content-Type": "application/octet-stream",
        }
        try:
            async with self._session.put(
                self._allowed(url), data=data, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                status = response.status
        except (TimeoutError, aiohttp.ClientError) as error:
            raise Transient("the file's host does not answer", code=type(error).__name__) from error
        _judge(status, "The file could not be saved; the offer may be over. Ask for it once more.")

    async def _get(self, url: str, most: int) -> bytes | str:
        """The bytes, or where to look instead."""
        try:
            async with self._session.get(
                self._allowed(url), timeout=TIMEOUT, allow_redirects=False, headers={"Accept-Encoding": "identity"}
            ) as response:
                if response.status in (301, 302, 303, 307, 308):
                    return str(URL(url, encoded=True).join(URL(response.headers.get("Location", ""), encoded=True)))
                _judge(response.status, _OVER)
                return await _bounded(response, most)
        except (TimeoutError, aiohttp.ClientError) as error:
            raise Transient("the file's host does not answer", code=type(error).__name__) from error
        except ValueError as error:
            raise FileTrouble(_OVER, code="BadRedirect") from error

    def _allowed(self, url: str) -> URL:
        hosts = self._services if is_loopback(url.partition("?")[0]) else self._hosts
        if not hosts.allows_file(url):
            log.warning("a file's host is not on the allow-list")
            raise FileTrouble(
                "Teams keeps files elsewhere than this link says, so I did not follow it.", code="FileHost"
            )
        return URL(url, encoded=True)


async def _bounded(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Counted after unpacking, so that nothing small becomes huge."""
    read = bytearray()
    async for chunk in response.content.iter_any():
        read += chunk
        if len(read) > most:
            raise FileTrouble(f"This file is larger than {most // 1024} KB. Split it into several.", code="TooLarge")
    return bytes(read)


def _judge(status: int, words: str) -> None:
    if status in (429, 500, 502, 503, 504):
        raise Transient(f"the file's host answered {status}", code=f"HTTP{status}")
    if not 200 <= status < 300:
        raise FileTrouble(words, code=f"HTTP{status}")


def _text(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileTrouble(
            "This is not a text file (UTF-8). Save it as text and send it again.", code="NotText"
        ) from error
