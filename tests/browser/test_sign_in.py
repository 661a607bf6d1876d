"""Somebody signs in where Teams cannot do it silently: with the button, a browser, and the code it shows."""

from tests.browser.driver import ChatClient, shot


async def test_a_code_from_the_sign_in_page_is_typed_and_what_was_wanted_goes_on(admin: ChatClient) -> None:
    await admin.open_chat()
    await admin.say("sign in")
    await admin.wait_for("please sign in once")
    await admin.shot("sign-in-question")

    async with admin.page.context.expect_page() as opened:
        await admin.press_text("Sign in")
    page = await opened.value
    await page.get_by_role("button", name="Alex Wilber").click()
    code = await page.locator("#code").inner_text()
    await shot(page, "sign-in-page")
    await page.close()
    await admin.say(code)

    await admin.wait_for("I act in your own name")
    await admin.wait_for("I go on with what you wanted")
    await admin.shot("sign-in-done")
