"""Put everything together: each port with the room that keeps it, opened in order and closed in reverse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import ClientSession

from bot.clock import open_clock
from bot.domain.dormancy import Rules
from bot.errors import Misconfigured
from bot.graph.accounts import EntraAccounts
from bot.graph.building import EntraGovernance
from bot.graph.catalogs import EntraCatalogs
from bot.graph.client import Graph, open_graph
from bot.graph.credential import Credential
from bot.graph.directory import EntraDirectory
from bot.graph.endings import EntraEndings
from bot.graph.faults import explained
from bot.graph.login import Certificate, Proof, Registration, Secret, UserAssignedIdentity
from bot.graph.own_token import OwnTokens
from bot.graph.panels import EntraApprovals
from bot.graph.reviews import EntraReviews
from bot.graph.sign_ins import EntraSignIns
from bot.graph.sponsors import EntraSponsors
from bot.graph.sweep import EntraAssignmentPages
from bot.graph.themselves import EntraThemselves
from bot.jobs import notices, roster
from bot.jobs.engine import Engine
from bot.ports import Clock, Deps, Links
from bot.settings import Settings
from bot.store.approval_cases import SqlApprovalCases
from bot.store.campaigns import SqlCampaigns
from bot.store.database import Database
from bot.store.digests import SqlDigests
from bot.store.end_changes import SqlEndChanges
from bot.store.extension_asks import SqlExtensionAsks
from bot.store.farewells import SqlFarewells
from bot.store.guest_runs import SqlGuestRuns
from bot.store.heartbeats import SqlHeartbeats
from bot.store.kept_turns import SqlKeptTurns
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate
from bot.store.notices import SqlNotices
from bot.store.sponsor_books import SqlSponsorBooks
from bot.store.sweeps import SqlSweeps
from bot.teams import credentials
from bot.teams.hosts import ServiceHosts
from bot.teams.room import Identity, Room, open_room, open_session
from bot.teams.token_service import TokenService
from letters.post import Post as Letters
from letters.words import translator
from packagefiles.files import Files as PackageFiles


@asynccontextmanager
async def open_usher(settings: Settings, *, sandboxed: bool) -> AsyncIterator[tuple[Room, Deps]]:
    """Everything is open, migrated and running within the block. Raises Misconfigured, Transient."""
    async with AsyncExitStack() as stack:
        clock = await stack.enter_async_context(open_clock(settings.clock_url))
        await migrate(settings.database_url)
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        ledger = SqlLedger(database, tenant_id=settings.tenant_id)
        credential, graph = open_entra(settings, stack)
        await graph.warm()
        room = await _open_room(settings, credential, ledger, clock, stack, sandboxed=sandboxed)
        engine = Engine(settings.database_url, heartbeats=SqlHeartbeats(database))
        deps = _deps(settings, room, graph, _own_tokens(graph, credential, room), database, ledger, engine, clock)
        roster.register(engine, deps)
        await notices.begin(deps)
        await engine.launch()
        stack.push_async_callback(engine.close)
        yield room, deps


def _own_tokens(graph: Graph, credential: Credential, room: Room) -> OwnTokens:
    signs_in = room.sign_in_service
    return OwnTokens(graph, credential, signs_in.assertion if signs_in.service is not None else None)


def _deps(
    settings: Settings,
    room: Room,
    graph: Graph,
    own: OwnTokens,
    database: Database,
    ledger: SqlLedger,
    engine: Engine,
    clock: Clock,
) -> Deps:
    """Each port with what keeps it."""
    tenant, directory = settings.tenant_id, EntraDirectory(graph, clock)
    return Deps(
        directory=directory,
        ledger=ledger,
        messenger=room.messenger,
        jobs=engine,
        clock=clock,
        letters=Letters(),
        links=Links(settings.myaccess_url, settings.myapps_url, consent_link(settings)),
        catalogs=EntraCatalogs(graph, directory),
        governance=EntraGovernance(graph),
        files=room.files,
        package_files=PackageFiles(),
        endings=EntraEndings(graph),
        sponsors=EntraSponsors(graph),
        sign_ins=EntraSignIns(graph),
        sponsor_books=SqlSponsorBooks(database, tenant_id=tenant),
        guest_runs=SqlGuestRuns(database, tenant_id=tenant),
        end_changes=SqlEndChanges(database, tenant_id=tenant),
        themselves=EntraThemselves(own),
        sign_in_service=room.sign_in_service,
        kept_turns=SqlKeptTurns(database, tenant_id=tenant),
        assignment_pages=EntraAssignmentPages(graph),
        sweeps=SqlSweeps(database, tenant_id=tenant),
        approvals=EntraApprovals(graph),
        approval_cases=SqlApprovalCases(database, tenant_id=tenant),
        extension_asks=SqlExtensionAsks(database, tenant_id=tenant),
        accounts=EntraAccounts(graph),
        farewells=SqlFarewells(database, tenant_id=tenant),
        reviews=EntraReviews(graph),
        campaigns=SqlCampaigns(database, tenant_id=tenant),
        notices=SqlNotices(database, tenant_id=tenant),
        digests=SqlDigests(database, tenant_id=tenant),
        mail_from=settings.mail_from,
        sweep_seconds=settings.sweep_seconds,
        leavers_seconds=settings.leavers_seconds,
        stale_rules=Rules(settings.stale_cap, settings.stale_grace_days),
        sponsors_extend=settings.sponsors_extend,
        notice_marks=settings.notice_marks,
    )


def open_entra(settings: Settings, stack: AsyncExitStack) -> tuple[Credential, Graph]:
    """The way to Entra with Usher's own identity; nothing is asked yet, and `stack` closes both."""
    credential = Credential(registration(settings))
    stack.push_async_callback(credential.close)
    graph = open_graph(settings.graph_url, credential)
    stack.push_async_callback(graph.close)
    return credential, graph


async def _open_room(
    settings: Settings,
    credential: Credential,
    ledger: SqlLedger,
    clock: Clock,
    stack: AsyncExitStack,
    *,
    sandboxed: bool,
) -> Room:
    session = await stack.enter_async_context(open_session())
    token = None
    if not sandboxed:
        token = credentials.ConnectorToken(connector_source(credential))
        stack.push_async_callback(token.close)
    hosts = ServiceHosts.of(settings.service_hosts.split(","), loopback=sandboxed)
    identity = Identity(
        settings.app_id,
        settings.tenant_id,
        settings.openid_url,
        hosts,
        anonymous=sandboxed,
        per_second=settings.messages_per_second,
    )
    return open_room(
        identity,
        session,
        token,
        ledger=ledger,
        clock=clock,
        say_in=translator,
        token_service=open_token_service(settings, credential, session, stack),
    )


def open_token_service(
    settings: Settings, credential: Credential, session: ClientSession, stack: AsyncExitStack
) -> TokenService | None:
    """Where people's sign-ins are kept; None when signing in is not set up, or the bot cannot act for people anyway."""
    if not settings.oauth_connection or not credential.can_act_for_people:
        return None
    # Its own, since the simulated channel takes anonymous calls and the token service never does.
    token = credentials.ConnectorToken(connector_source(credential))
    stack.push_async_callback(token.close)
    return TokenService(
        session, settings.token_service_url, token, connection=settings.oauth_connection, app_id=settings.app_id
    )


def consent_link(settings: Settings) -> str:
    """Where an administrator grants what the app registration asks for.

    https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent#construct-the-url-for-granting-tenant-wide-admin-consent
    """
    return f"{settings.login_url}/{settings.tenant_id}/adminconsent?client_id={settings.app_id}"


def connector_source(credential: Credential) -> credentials.TokenSource:
    """Where tokens for the Bot Connector come from. What it returns raises the errors of `bot.errors`."""

    async def source() -> credentials.AccessToken:
        with explained(writing=False):
            return await credential.get_token(credentials.SCOPE)

    return source


def registration(settings: Settings) -> Registration:
    """How Usher proves itself to Entra. Raises Misconfigured for a certificate that cannot be read."""
    proof: Proof = Secret(settings.app_password)
    if settings.app_type == "UserAssignedMSI":
        proof = UserAssignedIdentity()
    elif settings.certificate:
        try:
            proof = Certificate(settings.certificate.read_text())
        except OSError as error:
            raise Misconfigured(f"USHER_CERTIFICATE cannot be read: {error.strerror}") from error
    return Registration(settings.tenant_id, settings.app_id, proof, settings.login_url)
