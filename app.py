"""Compose Usher and run it: serve (default), check, package."""

from __future__ import annotations

import gc

# Next to nothing that a start makes is garbage, and looking for it costs a tenth of the start. `serve` turns it on.
gc.disable()

import argparse
import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from aiohttp import web

from bot import logs
from bot.clock import open_clock
from bot.commands import registry
from bot.errors import Misconfigured, UsherError
from bot.graph.building import EntraGovernance
from bot.graph.catalogs import EntraCatalogs
from bot.graph.client import Graph, open_graph
from bot.graph.credential import Credential
from bot.graph.directory import EntraDirectory
from bot.graph.endings import EntraEndings
from bot.graph.faults import explained
from bot.graph.login import Certificate, Proof, Registration, Secret, UserAssignedIdentity
from bot.jobs import roster
from bot.jobs.engine import Engine
from bot.ports import Clock, Deps, Links
from bot.settings import Settings, SettingsError, read_settings, require_identity
from bot.simulated import sandbox_settings
from bot.store.database import Database
from bot.store.end_changes import SqlEndChanges
from bot.store.heartbeats import SqlHeartbeats
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate
from bot.teams import credentials
from bot.teams.hosts import ServiceHosts
from bot.teams.room import Identity, Room, open_room, open_session
from letters.post import Post as Letters
from letters.words import translator
from packagefiles.files import Files as PackageFiles

log = logging.getLogger("usher")


def main(arguments: list[str]) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python app.py", description="Usher looks after your tenant's guests.")
    parser.add_argument("command", nargs="?", default="serve", choices=["serve", "check", "package"])
    parser.add_argument("--sandbox", action="store_true", help="against a simulated tenant, no account needed")
    parser.add_argument("--out", type=Path, default=Path("build/usher.zip"), help="where package writes the Teams app")
    parser.add_argument("--audit", action="store_true", help="check that nobody has changed the audit trail")
    chosen = parser.parse_args(arguments)
    if chosen.audit and chosen.command != "check":
        parser.error("--audit goes with check: python app.py check --audit")
    try:
        with_tenant = AsyncExitStack()
        settings = sandbox_settings(partial(_start_tenant, with_tenant)) if chosen.sandbox else read_settings()
        logs.set_up(settings.log_level)
        if chosen.command == "package":
            return package(settings, chosen.out)
        if chosen.audit:
            return asyncio.run(audit(settings))
        require_identity(settings)
        if chosen.command == "check":
            return asyncio.run(check(settings, with_tenant))
        return serve(settings, with_tenant, sandboxed=chosen.sandbox)
    except UsherError as error:
        print(f"Usher does not start. {error.explanation}\n  {error.detail}", file=sys.stderr)
    except SettingsError as error:
        print(f"Usher does not start: {error}", file=sys.stderr)
    return 2


def _start_tenant(stack: AsyncExitStack, port: int) -> str:
    """A simulated tenant answers on loopback, in a thread of its own, until `stack` ends it; its address."""
    from sandbox import Server

    try:
        return stack.enter_context(Server(port=port)).url
    except OSError as error:
        raise Misconfigured(f"port {port} is taken: set USHER_SANDBOX_PORT, or GRAPH_URL to attach") from error


def serve(settings: Settings, stack: AsyncExitStack, *, sandboxed: bool) -> int:
    """Listen until the process is told to end."""

    async def running(application: web.Application) -> AsyncIterator[None]:
        async with stack:
            room, deps = await stack.enter_async_context(open_usher(settings, sandboxed=sandboxed))
            handler = room.handler(deps)

            async def messages(request: web.Request) -> web.Response:
                return await room.adapter.process(request, handler)

            async def ready(request: web.Request) -> web.Response:
                await deps.ledger.slot("")
                return web.Response(text="ready")

            application.router.add_post("/api/messages", messages)
            application.router.add_get("/readyz", ready)
            _collect_from_now_on()
            yield

    application = web.Application()
    application.router.add_get("/healthz", _healthy)
    application.cleanup_ctx.append(running)
    application.on_startup.append(lambda _: _announce(settings, sandboxed=sandboxed))
    web.run_app(application, host=settings.host, port=settings.port, print=None, access_log=None)
    return 0


def _collect_from_now_on() -> None:
    """What lasts as long as the process is left out of every collection: going through it stalls the loop for 50 ms.

    https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.freeze()
    gc.enable()


async def _healthy(request: web.Request) -> web.Response:
    return web.Response(text="ok")


async def _announce(settings: Settings, *, sandboxed: bool) -> None:
    log.info("usher serves", extra={"host": settings.host, "port": settings.port})
    if sandboxed:
        log.warning("simulated tenant, anonymous callers on this machine", extra={"graph": settings.graph_url})
    if settings.openid_url != Settings.model_fields["openid_url"].default:
        log.warning("inbound tokens are checked with keys from elsewhere", extra={"openid": settings.openid_url})
    if not settings.mail_from:
        log.warning("mail is off: USHER_MAIL_FROM is not set")


@asynccontextmanager
async def open_usher(settings: Settings, *, sandboxed: bool) -> AsyncIterator[tuple[Room, Deps]]:
    """Everything is open, migrated and running within the block. Raises Misconfigured, Transient."""
    async with AsyncExitStack() as stack:
        clock = await stack.enter_async_context(open_clock(settings.clock_url))
        await migrate(settings.database_url)
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        ledger = SqlLedger(database, tenant_id=settings.tenant_id)
        credential, graph = _open_graph(settings, stack)
        await graph.warm()
        room = await _open_room(settings, credential, ledger, clock, stack, sandboxed=sandboxed)
        engine = Engine(settings.database_url, heartbeats=SqlHeartbeats(database))
        directory = EntraDirectory(graph, clock)
        deps = Deps(
            directory=directory,
            ledger=ledger,
            messenger=room.messenger,
            jobs=engine,
            clock=clock,
            letters=Letters(),
            links=Links(settings.myaccess_url, settings.myapps_url),
            catalogs=EntraCatalogs(graph, directory),
            governance=EntraGovernance(graph),
            files=room.files,
            package_files=PackageFiles(),
            endings=EntraEndings(graph),
            end_changes=SqlEndChanges(database, tenant_id=settings.tenant_id),
            mail_from=settings.mail_from,
            sweep_seconds=settings.sweep_seconds,
        )
        roster.register(engine, deps)
        await engine.launch()
        stack.push_async_callback(engine.close)
        yield room, deps


def _open_graph(settings: Settings, stack: AsyncExitStack) -> tuple[Credential, Graph]:
    """Nothing is asked yet; `stack` closes both."""
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
        token = credentials.ConnectorToken(_connector_source(credential))
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
    return open_room(identity, session, token, ledger=ledger, clock=clock, say_in=translator)


def _connector_source(credential: Credential) -> credentials.TokenSource:
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


async def check(settings: Settings, stack: AsyncExitStack) -> int:
    """Print what works and what is missing; 0 when nothing is that Usher cannot do without."""
    from bot.graph.check import check as check_graph
    from bot.store.check import check_ledger
    from bot.teams.check import check_channel

    async with stack:
        credential, graph = _open_graph(settings, stack)
        session = await stack.enter_async_context(open_session())
        findings = await check_graph(graph, credential, mail_from=settings.mail_from)
        findings += await check_channel(session, settings.openid_url, _connector_source(credential))
        findings.append(await check_ledger(settings.database_url))
    for one in findings:
        print(f"{one.word:<7}  {one.what}" + ("" if one.good else f"\n         {one.how}"))
    return 1 if any(one.is_fault for one in findings) else 0


async def audit(settings: Settings) -> int:
    """Print whether the audit trail is as it was written; 0 when it is."""
    from bot.store.check import check_audit

    whole, said = await check_audit(settings.database_url)
    print(said)
    return 0 if whole else 1


def package(settings: Settings, out: Path) -> int:
    """Write the Teams app zip; the same settings give the same app id."""
    from bot.teams.package import build_package

    out.parent.mkdir(parents=True, exist_ok=True)
    commands = [(one.name, one.summary) for one in registry.COMMANDS if not one.by_card]
    out.write_bytes(build_package(settings.app_id, settings.teams_app_id, settings.public_url, commands))
    print(f"{out} is ready to upload (Teams admin center, Manage apps, Upload).")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
