"""The product's main job in the genuine chat client: from the sentence an admin types to access that is delivered."""

from playwright.async_api import Browser

from tests.browser.driver import ChatClient
from tests.browser.guest_site import GuestSite
from tests.browser.stack import Stack, mail_to


async def test_one_card_follows_the_invite_until_it_is_delivered(
    admin: ChatClient, guest: ChatClient, browser: Browser, stack: Stack
) -> None:
    await admin.open_chat()
    await admin.say('invite ana@fabrikam.com to "Invited users package" for 14 days because "audit"')
    await admin.wait_for("ana@fabrikam.com")
    await admin.wait_for("E-mail sent")
    await admin.shot_card("invite-sent")
    mail = mail_to(stack, "ana@fabrikam.com")

    site = await GuestSite.read(browser, mail)
    await site.shot("mail")
    await site.follow("Accept the invitation")
    await site.accept()
    await site.wait_for("Invited users package")
    await site.shot("my-access-request")
    await site.request("audit")
    await site.wait_for("Delivered")

    await admin.wait_for("Delivered: the guest has access")
    await admin.shot("invite-delivered")
    await admin.picture("invite-card")
    assert await admin.count("Invited users package") == 2, "the sentence and the one card, edited in place"
    await guest.open_chat()
    await guest.say("status")
    await guest.wait_for("Invited users package")
    await guest.shot("guest-status")
