"""Drive the genuine chat client in Chromium the way a person does: by what is written on the screen."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Locator, Page, Route, async_playwright, expect
from playwright.async_api import TimeoutError as TooLate

from dev.browser import FLAGS

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"
_WAIT_SECONDS = 30.0
_SIZE = {"width": 1400, "height": 950}
_LOCAL = ("127.0.0.1", "localhost")

# The message pane is the widest ancestor of the compose box that holds neither the rail nor the log.
_MESSAGES = """() => {
  let pane = document.querySelector('[role=textbox][contenteditable=true]');
  if (!pane) return '';
  const apart = e => e.querySelector('[role=treeitem]') || /Log Panel/.test(e.innerText);
  while (pane.parentElement && !apart(pane.parentElement)) pane = pane.parentElement;
  return pane.innerText;
}"""
# An answer is drawn twice when the press and the edit of the message both bring it; who types in between loses it.
_STANDS = """wanted => {
  const card = [...document.querySelectorAll('.ac-adaptiveCard')].at(-1);
  const now = performance.now();
  if (!card || window.usherCard !== card) { window.usherCard = card; window.usherSince = now; }
  return !!card && now - window.usherSince > 500 && card.innerText.includes(wanted);
}"""
_SHOWS = f"([pattern, wanted]) => new RegExp(pattern, 's').test(({_MESSAGES})()) === wanted"


@asynccontextmanager
async def chromium(program: str) -> AsyncIterator[Browser]:
    """A headless browser that ends with the block."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, headless=True, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


async def open_page(browser: Browser, url: str) -> Page:
    """A page of its own session, which reaches this machine only."""
    context = await browser.new_context(viewport=_SIZE, locale="en-GB", timezone_id="Europe/Berlin")
    context.set_default_timeout(_WAIT_SECONDS * 1000)
    await context.route(_is_remote, _refuse)
    page = await context.new_page()
    await page.goto(url, wait_until="domcontentloaded")
    return page


async def shot(page: Page, name: str) -> Path:
    """Keep what the page shows now as build/screenshots/NAME.png."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    await page.screenshot(path=path, animations="disabled")
    return path


class ChatClient:
    """One person's chat client: the open conversation, its messages and the newest card."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def connect(cls, browser: Browser, url: str) -> "ChatClient":
        """Open the client and wait until it has found the bot; its history starts empty."""
        client = cls(await open_page(browser, url))
        await client._box().wait_for()
        await expect(client.page.locator("body")).to_contain_text("Connected.", timeout=_WAIT_SECONDS * 1000)
        return client

    async def open_chat(self, name: str = "Personal Chat") -> None:
        """Pick a conversation in the rail: `Personal Chat`, `Sponsors`, or `Partners - General`."""
        item = self.page.get_by_role("treeitem", name=name).last
        await item.click()
        await self._box().wait_for()

    async def say(self, text: str) -> None:
        """Type into the compose box and send."""
        await self._box().click()
        await self.page.keyboard.insert_text(text)
        await self.page.keyboard.press("Enter")

    async def mention_say(self, text: str, name: str = "Usher") -> None:
        """Mention somebody by the pop-up (in a group or channel the bot hears nothing else), then send."""
        await self._box().click()
        await self.page.keyboard.type("@", delay=30)
        await self.page.get_by_role("listbox").get_by_role("menuitem").filter(has_text=name).first.click()
        await expect(self._box()).to_contain_text(name)
        await self.page.keyboard.type(f" {text}", delay=5)
        await expect(self._box()).to_contain_text(text)
        await self.page.keyboard.press("Enter")

    async def messages(self) -> str:
        """All text of the open conversation, cards included."""
        text: str = await self.page.evaluate(_MESSAGES)
        return text

    async def wait_for(self, text: str | re.Pattern[str], *, seconds: float = _WAIT_SECONDS) -> None:
        """Return as soon as the conversation shows `text` (a pattern is read as JavaScript's)."""
        await self._until(text, wanted=True, seconds=seconds)

    async def wait_for_card(self, text: str, *, seconds: float = _WAIT_SECONDS) -> None:
        """Return as soon as the newest card shows `text` and is not drawn anew any more, so that it can be filled in."""
        try:
            await self.page.wait_for_function(_STANDS, arg=text, timeout=seconds * 1000, polling=50)
        except TooLate as late:
            await self.shot("FAILED")
            shown = await self.card().inner_text()
            raise AssertionError(f"After {seconds:.0f} s the newest card does not show {text!r}:\n{shown}") from late

    async def wait_until_gone(self, text: str | re.Pattern[str], *, seconds: float = _WAIT_SECONDS) -> None:
        """Return as soon as the conversation no longer shows `text`."""
        await self._until(text, wanted=False, seconds=seconds)

    async def count(self, text: str) -> int:
        """How often the conversation shows `text` now."""
        return (await self.messages()).count(text)

    def card(self) -> Locator:
        """The newest card."""
        return self.page.locator(".ac-adaptiveCard").last

    async def fill(self, label: str, value: str) -> None:
        """Write into the newest card's input with that label."""
        await self._labelled(label).fill(value)

    async def choose(self, label: str, option: str) -> None:
        """Pick an option of the newest card's choice with that label."""
        field = self._labelled(label)
        if await field.evaluate("e => e.tagName") == "SELECT":
            await field.select_option(label=option)
            return
        await field.click()
        await self.page.get_by_role("option", name=option).last.click()

    async def tick(self, label: str) -> None:
        """Press the newest card's toggle or radio button with that label."""
        await self._labelled(label).click()

    async def click(self, title: str) -> None:
        """Press the newest button or link that is called exactly `title`."""
        named = [self.page.get_by_role(role, name=title, exact=True) for role in ("button", "link", "menuitem")]
        await named[0].or_(named[1]).or_(named[2]).last.click()

    async def press_text(self, text: str) -> None:
        """Press the newest thing on which exactly `text` is written, where the client gave it no name of its own."""
        await self.page.get_by_text(text, exact=True).last.click()

    async def shot(self, name: str) -> Path:
        """Keep what the client shows now as build/screenshots/NAME.png."""
        return await shot(self.page, name)

    async def shot_card(self, name: str) -> Path:
        """Keep the newest card alone as build/screenshots/NAME.png."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        await self.card().screenshot(path=path, animations="disabled")
        return path

    async def picture(self, name: str) -> Path:
        """Keep the newest card alone; where PICTURES=docs asks for it, as the documentation's picture, too."""
        path = await self.shot_card(name)
        if os.environ.get("PICTURES") == "docs":
            shutil.copyfile(path, PICTURES / path.name)
        return path

    def _box(self) -> Locator:
        return self.page.locator("[role=textbox][contenteditable=true]").first

    def _labelled(self, label: str) -> Locator:
        """Labels of required inputs end in a star, so the beginning decides."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).last

    async def _until(self, text: str | re.Pattern[str], *, wanted: bool, seconds: float) -> None:
        pattern = text.pattern if isinstance(text, re.Pattern) else _literal(text)
        try:
            await self.page.wait_for_function(_SHOWS, arg=[pattern, wanted], timeout=seconds * 1000, polling=100)
        except TooLate as late:
            await self.shot("FAILED")
            wish = "show" if wanted else "lose"
            shown = await self.messages()
            raise AssertionError(f"After {seconds:.0f} s the chat does not {wish} {text!r}:\n{shown}") from late


def _literal(text: str) -> str:
    """The text as a JavaScript pattern; only what is special there is escaped."""
    return re.sub(r"[.*+?^${}()|\[\]\\/]", r"\\\g<0>", text)


def _is_remote(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("about", "data", "blob") and parts.hostname not in _LOCAL


async def _refuse(route: Route) -> None:
    await route.abort()
