"""The driver works against the genuine chat client and a bot that only echoes."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser

from dev.playground import ensure_playground, start_playground, wait_for_playground
from dev.processes import Children, free_port
from tests.browser.driver import ChatClient
from tests.browser.echo import create_app


@pytest.fixture
async def echoing(browser: Browser, tmp_path: Path) -> AsyncIterator[ChatClient]:
    runner = web.AppRunner(create_app())
    await runner.setup()
    bot, client = free_port(), free_port()
    await web.TCPSite(runner, "127.0.0.1", bot).start()
    with Children(tmp_path) as children:
        page = start_playground(
            children,
            ensure_playground(),
            person="admin",
            port=client,
            bot_url=f"http://127.0.0.1:{bot}",
            folder=tmp_path / "admin",
        )
        await asyncio.to_thread(wait_for_playground, page, client)
        yield await ChatClient.connect(browser, f"http://127.0.0.1:{client}")
    await runner.cleanup()


async def test_driver_talks_fills_a_card_and_sees_it_replaced(echoing: ChatClient) -> None:
    await echoing.open_chat()
    await echoing.say("good morning (all)")
    await echoing.wait_for("heard: good morning (all)")

    await echoing.say("card please")
    await echoing.wait_for("Who comes?")
    await echoing.fill("Address", "ana@fabrikam.com")
    await echoing.choose("Package", "Writers")
    await echoing.tick("Send mail")
    await echoing.click("Invite")

    await echoing.wait_for("Invited ana@fabrikam.com to w, mail true")
    await echoing.wait_until_gone("Who comes?")
    assert (await echoing.shot_card("driver")).stat().st_size > 1_000


async def test_driver_mentions_the_bot_in_a_channel_and_says_what_it_waits_for_in_vain(echoing: ChatClient) -> None:
    await echoing.open_chat("Partners - General")

    await echoing.mention_say("hello")

    await echoing.wait_for("heard: Usher hello")
    with pytest.raises(AssertionError, match="heard: Usher hello"):
        await echoing.wait_for("never said", seconds=0.3)
