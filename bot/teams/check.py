"""Prove to an operator that Teams can reach Usher's trust and Usher can answer: signing keys and connector token."""

from __future__ import annotations

import aiohttp

from bot.domain.checks import Finding
from bot.errors import UsherError
from bot.teams.credentials import TokenSource
from bot.teams.keys import KeysError, SigningKeys


async def check_channel(session: aiohttp.ClientSession, openid_url: str, source: TokenSource) -> list[Finding]:
    """The keys inbound tokens are checked with, and the token that opens the Bot Connector. Never raises for either."""
    return [await _keys(SigningKeys(openid_url, session)), await _token(source)]


async def _keys(keys: SigningKeys) -> Finding:
    try:
        count = await keys.fetch()
    except KeysError as fault:
        how = "Look at BOT_OPENID_METADATA_URL, the network and the proxy: without keys nobody is let in."
        return Finding(False, f"Bot Framework's signing keys: {fault}", how)
    return Finding(True, f"Bot Framework's signing keys: {count}")


async def _token(source: TokenSource) -> Finding:
    try:
        await source()
    except UsherError as fault:
        how = "Look at MicrosoftAppId, its secret or certificate, and MicrosoftAppTenantId: without it nobody is answered."
        return Finding(False, f"Token for the Bot Connector: {fault}", how)
    return Finding(True, "Token for the Bot Connector")
