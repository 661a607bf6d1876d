"""Put the Teams room together: what receives activities, and what sends."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import aiohttp

from bot.ports import Clock, Deps, Ledger
from bot.teams.adapter import Adapter
from bot.teams.auth import Gate
from bot.teams.connector import PER_SECOND, Connector
from bot.teams.contacts import Contacts
from bot.teams.credentials import ConnectorToken
from bot.teams.dialogs import Forms
from bot.teams.files import FileExchange
from bot.teams.handler import Handler
from bot.teams.hosts import ServiceHosts
from bot.teams.keys import SigningKeys
from bot.teams.messenger import TeamsMessenger
from bot.teams.post import Post
from bot.teams.presses import WaitingPresses
from bot.teams.replies import SayIn
from bot.teams.sign_in_service import TeamsSignInService
from bot.teams.signing_in import SigningIn
from bot.teams.storage import LedgerStorage
from bot.teams.token_service import TokenService

# The SDK's serialiser warns in every turn about fields of Teams that its models do not know.
_CHATTY = "msrest.serialization"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in Teams and whom it lets in. `app_id` and `tenant_id` are ids; `hosts` the allow-list.

    `anonymous`: local callers need no token, for the simulated tenant only. `per_second`: messages sent at most.
    """

    app_id: str
    tenant_id: str
    openid_url: str
    hosts: ServiceHosts
    anonymous: bool = False
    per_second: float = PER_SECOND


@dataclass(frozen=True, slots=True)
class Room:
    """The parts that live as long as the process. `messenger` is `bot.ports.Messenger`."""

    adapter: Adapter
    messenger: TeamsMessenger
    forms: Forms
    post: Post
    presses: WaitingPresses
    contacts: Contacts
    files: FileExchange
    sign_in_service: TeamsSignInService

    def handler(self, deps: Deps) -> Handler:
        """What answers activities, once everything it needs exists."""
        return Handler(
            deps,
            messenger=self.messenger,
            forms=self.forms,
            post=self.post,
            presses=self.presses,
            contacts=self.contacts,
            signing_in=SigningIn(self.sign_in_service.service, self.post, deps),
        )


def open_session() -> aiohttp.ClientSession:
    """The one pool of connections to Teams and its keys; every call ends within half a minute."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=100, ttl_dns_cache=300),
        timeout=aiohttp.ClientTimeout(total=30, connect=10),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def open_room(
    identity: Identity,
    session: aiohttp.ClientSession,
    token: ConnectorToken | None,
    *,
    ledger: Ledger,
    clock: Clock,
    say_in: SayIn,
    token_service: TokenService | None = None,
) -> Room:
    """Nothing is sent yet. `token` None: the connector takes anonymous calls (simulated tenant).

    `token_service` None: people cannot sign in.
    """
    logging.getLogger(_CHATTY).setLevel(logging.ERROR)
    gate = Gate(
        identity.app_id,
        identity.tenant_id,
        SigningKeys(identity.openid_url, session),
        identity.hosts,
        anonymous=identity.anonymous,
    )
    connector = Connector(session, identity.hosts, token, per_second=identity.per_second)
    adapter = Adapter(gate, connector)
    bot_id = f"28:{identity.app_id}"
    post = Post(connector, ledger, say_in, bot_id=bot_id, tenant_id=identity.tenant_id)
    presses = WaitingPresses()
    forms = Forms(adapter, LedgerStorage(ledger), post)
    messenger = TeamsMessenger(post, ledger, presses, forms)
    contacts = Contacts(ledger, clock)
    post.on_refusal = contacts.forget
    files = FileExchange(session, identity.hosts)
    sign_in_service = TeamsSignInService(token_service, ledger)
    return Room(adapter, messenger, forms, post, presses, contacts, files, sign_in_service)
