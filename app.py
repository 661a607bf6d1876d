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
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from aiohttp import web

from bot import logs
from bot.commands import registry
from bot.errors import Misconfigured, UsherError
from bot.settings import Settings, SettingsError, read_settings, require_identity
from bot.simulated import sandbox_settings
from bot.teams.room import open_session
from bot.wiring import connector_source, open_entra, open_token_service, open_usher

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
    if settings.oauth_connection and settings.app_type == "UserAssignedMSI":
        log.warning("people cannot sign in: a managed identity cannot act for them")
    if not settings.mail_from:
        log.warning("mail is off: USHER_MAIL_FROM is not set")


async def check(settings: Settings, stack: AsyncExitStack) -> int:
    """Print what works and what is missing; 0 when nothing is that Usher cannot do without."""
    from bot.graph.check import check as check_graph
    from bot.store.check import check_ledger
    from bot.teams.check import check_channel, check_sign_in

    async with stack:
        credential, graph = open_entra(settings, stack)
        session = await stack.enter_async_context(open_session())
        findings = await check_graph(graph, credential, mail_from=settings.mail_from)
        findings += await check_channel(session, settings.openid_url, connector_source(credential))
        findings.append(await check_sign_in(open_token_service(settings, credential, session, stack), settings.app_id))
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
