"""A person can play the guest in a browser: redeem, request, and see the application."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser

from sandbox import Server
from tests.browser.guest_site import GuestSite

PACKAGE = "99999999-9999-4999-8999-999999999991"


@pytest.fixture
def tenant() -> Iterator[str]:
    with Server() as server:
        yield server.url


async def test_guest_redeems_requests_and_finds_the_application(browser: Browser, tenant: str) -> None:
    site = await GuestSite.open(browser, f"{tenant}/myaccess/@contoso.onmicrosoft.com#/access-packages/{PACKAGE}")
    await site.sign_in("carla@northwindtraders.com")
    await site.accept()
    await site.wait_for("Invited users package")

    await site.request("audit")
    await site.wait_for("Delivered")

    await site.show("Active")
    await site.wait_for("Ends on")
    await site.shot("my-access-active")
    await site.goto(f"{tenant}/myapps/")
    await site.wait_for("App4Guest")
    await site.shot("my-apps")


async def test_who_picked_the_wrong_guest_can_pick_again_before_accepting(browser: Browser, tenant: str) -> None:
    site = await GuestSite.open(browser, f"{tenant}/myaccess/")
    await site.sign_in("carla@northwindtraders.com")
    await site.wait_for("Review permissions")

    await site.switch_user()

    await site.wait_for("Pick an account")


async def test_approver_sees_the_package_they_must_decide_about(browser: Browser, tenant: str) -> None:
    site = await GuestSite.open(browser, f"{tenant}/myaccess/?view=approvals")
    await site.sign_in("adele@contoso.com")

    await site.wait_for("Nothing waits for your approval.")
