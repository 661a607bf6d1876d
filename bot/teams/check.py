"""Prove to an operator that Teams can reach Usher's trust and Usher can answer: signing keys and connector token."""

from __future__ import annotations

import aiohttp

from bot.domain.checks import Finding
from bot.domain.turns import Place
from bot.errors import SignInNeeded, UsherError
from bot.teams.credentials import TokenSource
from bot.teams.keys import KeysError, SigningKeys
from bot.teams.reference import Reference
from bot.teams.token_service import TokenService


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


async def check_sign_in(service: TokenService | None, app_id: str) -> Finding:
    """Whether people can sign in: the token service is asked for a link through the configured connection."""
    if service is None:
        how = "Optional: docs/deploy.md tells how. Until then approvers and reviewers decide in My Access."
        return Finding(False, "Sign-in of people: switched off (USHER_OAUTH_CONNECTION)", how, needed=False)
    nobody = Reference("", "check", Place.PERSONAL, f"28:{app_id}", user_id="check")
    what = f"Sign-in of people through the OAuth connection {service.connection}"
    try:
        await service.resource(nobody)
    except SignInNeeded as fault:
        how = "Azure Bot, Configuration, OAuth Connection Settings: add it, or correct USHER_OAUTH_CONNECTION."
        return Finding(False, f"{what}: {fault.detail}", how)
    except UsherError as fault:
        return Finding(False, f"{what}: {fault.detail}", "Look at BOT_TOKEN_SERVICE_URL, the network and the proxy.")
    return Finding(True, what)
