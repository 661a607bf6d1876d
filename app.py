"""Compose Usher and run it: serve (default), check, package."""

from __future__ import annotations

import gc

# Next to nothing that a start makes is garbage, and looking for it costs a tenth of the start. `serve` turns it on.
gc.disable()

import argparse
import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web
from azure.core.exceptions import AzureError, ServiceRequestError

from bot import clock as clocks
from bot import logs
from bot.commands import registry
from bot.errors import Misconfigured, SignInFailed, Transient, UsherError
from bot.graph.building import EntraGovernance
from bot.graph.catalogs import EntraCatalogs
from bot.graph.client import open_graph
from bot.graph.credential import Credential
from bot.graph.directory import EntraDirectory
from bot.graph.login import Certificate, Proof, Registration, Secret, UserAssignedIdentity
from bot.jobs import answer, build, deliver, dismantle, failed, follow_file, fulfil, greet, look, revoke, share, tidy
from bot.jobs.engine import Engine
from bot.jobs.job import Again
from bot.ports import Clock, Deps, Links
from bot.settings import Settings, SettingsError, is_loopback, read_settings, require_identity
from bot.store.database import Database
from bot.store.heartbeats import SqlHeartbeats
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate
from bot.teams import credentials
from bot.teams.hosts import ServiceHosts
from bot.teams.room import Identity, Room, open_room
from letters.post import Post as Letters
from letters.words import translator
from packagefiles.files import Files as PackageFiles

log = logging.getLogger("usher")

#: The simulated tenant's own, so that `--sandbox` needs no settings at all.
SANDBOX = {
    "app_id": ("MicrosoftAppId", "22222222-2222-4222-8222-222222222222"),
    "app_password": ("MicrosoftAppPassword", "sandbox"),
    "tenant_id": ("MicrosoftAppTenantId", "11111111-1111-4111-8111-111111111111"),
    "mail_from": ("USHER_MAIL_FROM", "usher@contoso.onmicrosoft.com"),
}
JOBS: dict[str, Callable[[dict[str, Any], Deps], Awaitable[Again | None]]] = {
    answer.NAME: answer.answer,
    fulfil.NAME: fulfil.fulfil,
    deliver.NAME: deliver.deliver,
    revoke.NAME: revoke.revoke,
    greet.NAME: greet.greet,
    build.NAME: build.build,
    dismantle.NAME: dismantle.dismantle,
    share.NAME: share.share,
    follow_file.NAME: follow_file.follow,
}


def main(arguments: list[str]) -> int:
    """Run the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python app.py", description="Usher looks after your tenant's guests.")
    parser.add_argument("command", nargs="?", default="serve", choices=["serve", "check", "package"])
    parser.add_argument("--sandbox", action="store_true", help="against a simulated tenant, no account needed")
    parser.add_argument("--out", type=Path, default=Path("build/usher.zip"), help="where package writes the Teams app")
    chosen = parser.parse_args(arguments)
    try:
        with_tenant = AsyncExitStack()
        settings = sandbox_settings(with_tenant) if chosen.sandbox else read_settings()
        logs.set_up(settings.log_level)
        if chosen.command == "package":
            return package(settings, chosen.out)
        require_identity(settings)
        if chosen.command == "check":
            return asyncio.run(check(settings, with_tenant))
        return serve(settings, with_tenant, sandboxed=chosen.sandbox)
    except UsherError as error:
        print(f"Usher does not start. {error.explanation}\n  {error.detail}", file=sys.stderr)
    except SettingsError as error:
        print(f"Usher does not start: {error}", file=sys.stderr)
    return 2


def sandbox_settings(stack: AsyncExitStack) -> Settings:
    """The settings of the simulated tenant, which is started unless GRAPH_URL names one; `stack` ends it.

    Raises Misconfigured when anything but this machine is involved: nobody is asked for credentials here.
    """
    given = read_settings()
    if not is_loopback(given.host):
        raise Misconfigured("--sandbox listens on loopback only: leave HOST out or set it to localhost")
    own = dict(SANDBOX)
    url = given.graph_url
    if "graph_url" not in given.model_fields_set:
        url = _start_tenant(given.sandbox_port, stack)
        own["database_url"] = ("DATABASE_URL", _fresh_ledger())
    elif not is_loopback(urlsplit(url).hostname or ""):
        raise Misconfigured("--sandbox attaches to a tenant on loopback only: GRAPH_URL names another host")
    own |= {
        "graph_url": ("GRAPH_URL", url),
        "login_url": ("LOGIN_URL", url),
        "myaccess_url": ("MYACCESS_URL", f"{url}/myaccess"),
        "myapps_url": ("MYAPPS_URL", f"{url}/myapps"),
        "clock_url": ("USHER_CLOCK_URL", f"{url}/_control/clock"),
    }
    unset = {env: value for name, (env, value) in own.items() if name not in given.model_fields_set}
    return read_settings(**unset)


def _start_tenant(port: int, stack: AsyncExitStack) -> str:
    """A simulated tenant answers on loopback, in a thread of its own; its address."""
    from sandbox import Server

    try:
        server = Server(port=port).__enter__()
    except OSError as error:
        raise Misconfigured(f"port {port} is taken: set USHER_SANDBOX_PORT, or GRAPH_URL to attach") from error
    stack.callback(server.__exit__, None, None, None)
    return server.url


def _fresh_ledger() -> str:
    """The tenant inside this process begins anew each time, so what Usher remembers must too."""
    for old in Path("var").glob("sandbox*.db*"):
        old.unlink()
    return "sqlite:///var/sandbox.db"


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
        clock: Clock = clocks.SystemClock()
        if settings.clock_url:
            clock = await stack.enter_async_context(clocks.following(settings.clock_url))
        await migrate(settings.database_url)
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        ledger = SqlLedger(database, tenant_id=settings.tenant_id)
        credential = Credential(registration(settings))
        stack.push_async_callback(credential.close)
        graph = open_graph(settings.graph_url, credential)
        stack.push_async_callback(graph.close)
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
            mail_from=settings.mail_from,
            sweep_seconds=settings.sweep_seconds,
        )
        _register(engine, deps)
        await engine.launch()
        stack.push_async_callback(engine.close)
        yield room, deps


def _register(engine: Engine, deps: Deps) -> None:
    def bound(job: Callable[[dict[str, Any], Deps], Awaitable[Again | None]]) -> Any:
        async def run(payload: dict[str, Any]) -> Again | None:
            return await job(payload, deps)

        return run

    for name, job in JOBS.items():
        engine.register(name, bound(job))
    engine.every(min(look.TICK_SECONDS, deps.sweep_seconds), look.NAME, bound(look.look))
    engine.every(tidy.INTERVAL_SECONDS, tidy.NAME, bound(tidy.tidy))

    async def told(name: str, payload: dict[str, Any], error: UsherError) -> None:
        await failed.failed(name, payload, error, deps)

    engine.on_failure(told)


async def _open_room(
    settings: Settings,
    credential: Credential,
    ledger: SqlLedger,
    clock: Clock,
    stack: AsyncExitStack,
    *,
    sandboxed: bool,
) -> Room:
    session = await stack.enter_async_context(_session())
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


def _session() -> ClientSession:
    return ClientSession(
        connector=TCPConnector(limit=100, ttl_dns_cache=300),
        timeout=ClientTimeout(total=30, connect=10),
        cookie_jar=DummyCookieJar(),
    )


def _connector_source(credential: Credential) -> credentials.TokenSource:
    async def source() -> credentials.AccessToken:
        try:
            return await credential.get_token(credentials.SCOPE)
        except ServiceRequestError as error:
            raise Transient(str(error), code="login") from error
        except AzureError as error:
            raise SignInFailed(str(error)) from error

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
        credential = Credential(registration(settings))
        stack.push_async_callback(credential.close)
        graph = open_graph(settings.graph_url, credential)
        stack.push_async_callback(graph.close)
        session = await stack.enter_async_context(_session())
        findings = await check_graph(graph, credential, mail_from=settings.mail_from)
        findings += await check_channel(session, settings.openid_url, _connector_source(credential))
        findings.append(await check_ledger(settings.database_url))
    for one in findings:
        print(f"{one.word:<7}  {one.what}" + ("" if one.good else f"\n         {one.how}"))
    return 1 if any(one.is_fault for one in findings) else 0


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
