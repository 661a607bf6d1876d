"""Play a person on the simulated My Access and My Apps pages, by what is written on them."""

import re
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.browser.driver import open_page, shot

_WAIT_MS = 30_000


class GuestSite:
    """The pages one person sees outside Teams: redeem, request, what is active, application tiles."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def open(cls, browser: Browser, url: str) -> "GuestSite":
        """Open a redeem link, a request link or the site itself, in a session of its own."""
        return cls(await open_page(browser, url))

    @classmethod
    async def read(cls, browser: Browser, mail: str) -> "GuestSite":
        """Open an HTML mail, whose links then lead to the pages."""
        page = await open_page(browser, "about:blank")
        await page.set_content(mail)
        return cls(page)

    async def follow(self, link: str) -> None:
        """Press the link that is called `link`."""
        await self.page.get_by_role("link", name=link).click()

    async def goto(self, url: str) -> None:
        """Open another address in the same session."""
        await self.page.goto(url, wait_until="domcontentloaded")

    async def sign_in(self, address: str) -> None:
        """Pick whom to play, by mail address, on the page that asks."""
        await self.page.get_by_role("button", name=address).click()

    async def accept(self) -> None:
        """Give the consent that redeems the invitation."""
        await self.page.get_by_role("button", name="Accept").click()

    async def switch_user(self) -> None:
        """Play nobody any more; the page asks again."""
        await self.page.get_by_role("button", name="Switch user").click()

    async def request(self, why: str = "") -> None:
        """Send the request for the open package."""
        if why:
            await self.page.get_by_label(re.compile("^Business justification")).fill(why)
        await self.page.get_by_role("button", name="Submit request").click()

    async def show(self, view: str) -> None:
        """Open a tab: Available, Active, Request history, Approvals."""
        await self.page.get_by_role("link", name=re.compile(f"^{re.escape(view)}")).click()

    async def approve(self, why: str) -> None:
        """Approve the first request that waits for this person."""
        await self.page.get_by_label(re.compile("^Reason")).first.fill(why)
        await self.page.get_by_role("button", name="Approve").first.click()

    async def wait_for(self, text: str) -> None:
        """Return as soon as the page shows `text`; it refreshes itself while something is under way."""
        await expect(self.page.locator("main")).to_contain_text(text, timeout=_WAIT_MS)

    async def shot(self, name: str) -> Path:
        """Keep what the page shows now as build/screenshots/NAME.png."""
        return await shot(self.page, name)
