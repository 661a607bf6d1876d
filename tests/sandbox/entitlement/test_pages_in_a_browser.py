"""My Access in Chromium: the link's fragment is understood and the page follows what happens."""

import re

import pytest
from playwright.async_api import Page, expect

from dev.browser import find_chromium
from tests.browser.driver import chromium, open_page
from tests.sandbox.entitlement.tenant import ADELE, INVITED, PROJECT, Tenant

pytestmark = pytest.mark.browser
LINK = "/myaccess/@contoso.onmicrosoft.com#/access-packages/"


@pytest.fixture
async def page(tenant: Tenant):
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine; make test installs one where it can")
    async with chromium(program) as browser:
        opened = await open_page(browser, f"{tenant.url}{LINK}{INVITED}")
        yield opened


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=re.compile(name)).first.click()


async def test_guest_follows_the_link_requests_and_sees_the_app_without_a_reload(page: Page, tenant: Tenant):
    await press(page, "Carla Reyes")
    await press(page, "Accept")
    await page.get_by_label("Business justification").fill("Audit")
    await press(page, "Submit request")
    await expect(page.get_by_text("Delivered")).to_be_visible()
    await page.get_by_role("link", name="My Apps").click()

    await expect(page.get_by_role("link", name="App4Guest")).to_be_visible()
    assert page.url.endswith("/myapps/")


async def test_second_link_in_an_open_page_shows_its_package(page: Page, tenant: Tenant):
    await press(page, "Ben Ortiz")
    await expect(page.get_by_role("heading", name="Invited users package").first).to_be_visible()

    await page.goto(f"{tenant.url}{LINK}{PROJECT}")

    await expect(page.get_by_role("heading", name="Partner project").first).to_be_visible()
    await expect(page.get_by_label("In which team?")).to_be_visible()


async def test_waiting_approval_appears_by_itself_and_what_is_typed_stays(page: Page, tenant: Tenant):
    await press(page, "Adele Vance")
    await page.get_by_role("link", name="Approvals").click()
    tenant.act("ben@fabrikam.com", "request", accessPackageId=PROJECT)
    reason = page.get_by_label("Reason")
    await reason.fill("looks fine")
    tenant.act("carla@northwindtraders.com", "request", accessPackageId=PROJECT)
    await page.evaluate("keepFresh()")

    await expect(reason).to_have_value("looks fine")
    await press(page, "Approve")

    await expect(page.get_by_text("Carla Reyes")).to_be_visible()
    waiting = tenant.get("/assignmentRequests/filterByCurrentUser(on='approver')", user=ADELE)["value"]
    assert {request["state"] for request in waiting} > {"pendingApproval"}
