"""Build the Teams app package: manifest, icons and the commands Teams suggests, in one zip."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

import orjson

from bot.errors import Misconfigured

FOLDER = Path(__file__).resolve().parents[2] / "appPackage"
ICONS = {"color.png": 192, "outline.png": 32}
# Teams shows ten commands; the schema takes twelve.
MOST_COMMANDS = 10
_LONGEST_TITLE = 128
_LONGEST_DESCRIPTION = 4000
_SCOPES = (["personal"], ["team", "groupChat"])
_APPS = UUID("9d4a1e5c-0f5b-4f0e-8a5e-6b1f3c2d7a90")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)

Suggestion = tuple[str, str]
"""A command's word, and what it does."""


def build_package(
    app_id: str, teams_app_id: str, public_url: str, commands: Sequence[Suggestion], *, folder: Path = FOLDER
) -> bytes:
    """Return the zip; the same arguments give the same bytes.

    `app_id` is the bot's application id. `teams_app_id` "" derives the Teams app's own id from it, so that
    an update never becomes a second app. `public_url` (https) is where privacy notice and terms are found.
    Raises Misconfigured for ids and addresses that Teams would refuse, and for icons of the wrong size.
    Source: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
    """
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    filled = _filled(manifest, _guid(app_id, "MicrosoftAppId"), teams_app_id, _site(public_url), commands)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "manifest.json", orjson.dumps(filled, option=orjson.OPT_INDENT_2))
        for name, side in ICONS.items():
            _add(archive, name, _icon(folder / name, side))
    return packed.getvalue()


def _filled(
    manifest: dict[str, Any], bot_id: str, teams_app_id: str, site: str, commands: Sequence[Suggestion]
) -> dict[str, Any]:
    own_id = _guid(teams_app_id, "USHER_TEAMS_APP_ID") if teams_app_id else str(uuid5(_APPS, bot_id))
    bot = {**manifest["bots"][0], "botId": bot_id, "commandLists": command_lists(commands)}
    pages = {"websiteUrl": site, "privacyUrl": f"{site}/privacy", "termsOfUseUrl": f"{site}/terms"}
    host = urlsplit(site).hostname or ""
    return {
        **manifest,
        "id": own_id,
        "developer": {**manifest["developer"], **pages},
        "bots": [bot],
        "validDomains": sorted({*manifest["validDomains"], host}),
        "webApplicationInfo": {"id": bot_id, "resource": f"api://botid-{bot_id}"},
    }


def command_lists(commands: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """Return one list for 1:1 chats and one for shared places; `help` is kept when there are too many."""
    first = list(commands[:MOST_COMMANDS])
    asked = [one for one in commands if one[0] == "help"]
    if asked and asked[0] not in first:
        first[-1] = asked[0]
    entries = [{"title": word[:_LONGEST_TITLE], "description": what[:_LONGEST_DESCRIPTION]} for word, what in first]
    return [{"scopes": scopes, "commands": entries} for scopes in _SCOPES]


def _guid(text: str, setting: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise Misconfigured(f"{setting} must be an id like 22222222-2222-4222-8222-222222222222") from error


def _site(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise Misconfigured("USHER_PUBLIC_URL must be an https address without query")
    return url.strip().rstrip("/")


def _icon(path: Path, side: int) -> bytes:
    """Teams refuses icons of other sizes only after the upload, so they are measured here."""
    data = path.read_bytes()
    is_png = data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR"
    if not is_png or struct.unpack(">II", data[16:24]) != (side, side):
        raise Misconfigured(f"{path.name} must be a PNG of {side} by {side} pixels")
    return data


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """At the root of the zip, with a fixed date, so that nothing but a change changes the package."""
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
