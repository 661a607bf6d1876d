"""The whole loop stands: the genuine chat client reaches the bot, and the bot reaches the simulated tenant."""

from tests.browser.driver import ChatClient
from tests.browser.stack import Stack


async def test_admin_is_told_what_they_may_do_and_a_stranger_how_to_become_known(
    admin: ChatClient, guest: ChatClient, stack: Stack
) -> None:
    await admin.open_chat()
    await admin.say("help")
    await admin.wait_for("invite")
    await admin.shot("help-admin")

    await guest.open_chat()
    await guest.say("help")
    await guest.wait_for("I do not know you here")
    await guest.shot("help-stranger")

    assert stack.control("state")["tenant"]["domain"] == "contoso.onmicrosoft.com"
