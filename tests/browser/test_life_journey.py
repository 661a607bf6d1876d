"""The life of one access in the genuine chat client: asked for, approved, about to end, extended, over."""

import asyncio
import re

from playwright.async_api import Browser

from tests.browser.driver import ChatClient
from tests.browser.guest_site import GuestSite
from tests.browser.stack import Stack, mail_to

DATE = r"\d{1,2} [A-Z][a-z]+ \d{4}"


async def test_from_the_request_to_the_end_nobody_has_to_remember_anything(
    admin: ChatClient, guest: ChatClient, approver: ChatClient, browser: Browser, stack: Stack
) -> None:
    for client in (admin, guest, approver):
        await client.open_chat()
    await admin.say('invite ana@fabrikam.com to "Partner project" because "audit"')
    await admin.wait_for_card("needs approval")
    await admin.click("Invite, approval comes later")
    await admin.wait_for("E-mail sent")

    site = await GuestSite.read(browser, mail_to(stack, "ana@fabrikam.com"))
    await site.follow("Accept the invitation")
    await site.accept()
    await site.wait_for("Partner project")
    await site.page.get_by_label(re.compile("^Which project")).fill("Phoenix")
    await site.request("The audit needs me")

    await approver.wait_for_card("asks for “Partner project”")
    await approver.picture("approval-card")
    await approver.click("Approve")
    await sign_in(approver, "adele@contoso.com")
    await approver.wait_for("Approved by Adele Vance")
    await approver.shot("approval-decided")
    await guest.wait_for("was approved")
    await admin.wait_for("Delivered: the guest has access")

    stack.control("clock", {"advance": "P83D"})
    await guest.wait_for("ends in 7 days", seconds=60)
    await guest.picture("notice-card")
    await admin.wait_for("Your guests whose access ends soon", seconds=60)
    await admin.picture("digest-card")

    await guest.click("Extend")
    await guest.wait_for(re.compile(rf"You can extend it yourself until {DATE}"))
    await guest.click("Extend")
    await sign_in(guest, "ana@fabrikam.com")
    await guest.wait_for(re.compile(rf"Your access goes on until {DATE}"))
    await guest.shot("guest-extended")
    await swept(stack)

    stack.control("clock", {"advance": "P83D"})
    await guest.wait_for(re.compile("ends in 7 days.*goes on until.*ends in 7 days"), seconds=60)
    stack.control("clock", {"advance": "P8D"})
    await guest.wait_for("Your access to “Partner project” has ended", seconds=60)
    await guest.shot("guest-ended")
    await admin.shot("admin-ended")


async def swept(stack: Stack) -> None:
    """Return once everybody's access was read, from the first page on, after this was called."""
    before = _sweeps(stack)
    async with asyncio.timeout(60):
        # The first of the two may have begun before.
        while _sweeps(stack) < before + 2:
            await asyncio.sleep(0.3)


def _sweeps(stack: Stack) -> int:
    return sum("/assignments?" in one["url"] and "'delivered'" in one["url"] for one in stack.control("requests"))


async def sign_in(client: ChatClient, address: str) -> None:
    """On the page that the button opens; the code it shows is typed into the chat."""
    await client.wait_for("please sign in once")
    await client.shot("sign-in-asked")
    async with client.page.context.expect_page() as opened:
        await client.press_text("Sign in")
    site = GuestSite(await opened.value)
    await site.sign_in(address)
    await site.shot("sign-in-code")
    code = re.search(r"\b\d{6}\b", await site.page.locator("main").inner_text())
    assert code, "the page shows a code"
    await client.say(code[0])
