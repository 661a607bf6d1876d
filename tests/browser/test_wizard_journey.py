"""An access package from nothing to a guest who uses it, in the genuine chat client: by pages, and in one sentence."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Browser, ViewportSize

from tests.browser.driver import ChatClient
from tests.browser.guest_site import GuestSite
from tests.browser.stack import Stack, mail_to

GUEST = "ana@fabrikam.com"
_TALL: ViewportSize = {"width": 1400, "height": 1900}
SENTENCE = (
    'package new "Guests in one sentence" description:"Opens App4Guest for guests." app:App4Guest '
    'role:"Default access" for:all-users approve:no requests:on days:14 timeline:yes review:no'
)


async def test_the_wizard_and_one_sentence_make_the_same_package_and_an_invited_guest_uses_it(
    admin: ChatClient, browser: Browser, stack: Stack
) -> None:
    await admin.page.set_viewport_size(_TALL)
    await admin.open_chat()
    await _page_by_page(admin, "Guests page by page")
    await admin.wait_for_card("Created: the package is ready")
    await admin.picture("wizard-created")
    await admin.click("Invite someone")
    await admin.wait_for_card("Invite a guest")
    await admin.fill("Guest's e-mail address", GUEST)
    await admin.click("Invite")
    await admin.wait_for("E-mail sent")

    await admin.say(SENTENCE)
    await admin.wait_for_card("Step 6 of 6: Review + create")
    await admin.click("Create")
    await admin.wait_for_card("Created: the package is ready")

    assert stored(stack, "Guests page by page") == stored(stack, "Guests in one sentence")
    await _redeemed(browser, stack, "Guests page by page")
    await admin.wait_for("Delivered: the guest has access")


async def test_a_package_is_looked_at_and_changed_on_cards_that_say_it_all(admin: ChatClient, stack: Stack) -> None:
    await admin.page.set_viewport_size(_TALL)
    await admin.open_chat()

    await admin.say('package edit "Invited users package" days:30')
    await admin.wait_for_card("becomes: 30 days after it was given")
    await admin.picture("package-edit")
    await admin.click("Yes, change it")
    await admin.wait_for_card("Changed: everything is as you asked")
    await admin.click("Show package")

    await admin.wait_for_card("Alex Wilber changed it (Access ends: 14 days after it was given → 30 days")
    await admin.picture("package-card")
    policy = next(one for one in stack.control("state")["assignmentPolicies"] if one["displayName"] == "All users")
    assert policy["expiration"]["duration"] == "P30D"


async def test_fields_that_are_folded_away_are_sent_and_what_is_wrong_stands_beside_its_field(
    admin: ChatClient,
) -> None:
    await admin.page.set_viewport_size(_TALL)
    await admin.open_chat()
    await admin.say('package new "With approval" app:App4Guest role:"No such role" for:all-users days:90')
    await admin.wait_for_card("has no role “No such role”")
    await admin.shot_card("wizard-problem")
    await admin.choose("Role in App4Guest", "Default Access")
    await admin.click("Next")
    await admin.wait_for_card("Step 3 of 6: Requests")
    await admin.choose("Approval", "One stage")
    await admin.click("Next")
    await admin.wait_for_card("Now say who approves in each stage.")
    await admin.fill("Approvers", "a")
    await admin.click("Next")
    await admin.wait_for_card("Which “a” do you mean?")
    await admin.shot_card("wizard-which")
    await admin.choose("Which “a” do you mean?", "Adele Vance (adele@contoso.com)")
    await admin.click("More about approval")
    await admin.fill("Alternate approvers", "Alex Wilber")
    await admin.tick("Approvers must give a reason")
    await admin.shot_card("wizard-approval")
    await admin.click("Next")
    await admin.wait_for_card("Step 4 of 6: Requestor information")
    await admin.fill("Question", "Which team?")
    await admin.choose("Answered with", "One of several choices")
    await admin.fill("Choices, one on each line", "Audit\nSales")
    await admin.click("Add question")
    await admin.wait_for_card("1. Which team? (one of several choices: Audit, Sales; may be left empty)")
    await admin.shot_card("wizard-question")
    await admin.click("Next")
    await admin.wait_for_card("Step 5 of 6: Lifecycle")
    await admin.choose("Access reviews", "Every three months")
    await admin.click("More: reviews, exclusions…")
    await admin.fill("Reviewers", "Adele Vance")
    await admin.choose("When nobody answers", "Access is removed")
    await admin.fill("Who has one of these packages cannot ask", "Staff handbook")
    await admin.shot_card("wizard-lifecycle-more")
    await admin.click("Next")

    await admin.wait_for_card("Step 6 of 6: Review + create")
    await admin.shot_card("wizard-review-approval")
    said = await admin.messages()
    assert "decided by Adele Vance within 14 days" in said
    assert "Alex Wilber may decide too" in said
    assert "Staff handbook" in said


async def _page_by_page(admin: ChatClient, name: str) -> None:
    await admin.say("package new")
    await admin.wait_for_card("Step 1 of 6: Basics")
    await admin.fill("Name", name)
    await admin.fill("Description", "Opens App4Guest for guests.")
    await admin.picture("wizard-basics")
    await admin.click("Next")
    await admin.wait_for_card("Step 2 of 6: Resource roles")
    await admin.choose("Application", "App4Guest")
    await admin.click("Add or update")
    await admin.wait_for_card("App4Guest (application)")
    await admin.picture("wizard-resources")
    await admin.click("Next")
    await admin.wait_for_card("Step 3 of 6: Requests")
    await admin.choose("Who can request", "Everybody here, members and guests")
    await admin.picture("wizard-requests")
    await admin.click("Next")
    await admin.wait_for_card("Step 4 of 6: Requestor information")
    await admin.picture("wizard-questions")
    await admin.click("Next")
    await admin.wait_for_card("Step 5 of 6: Lifecycle")
    await admin.fill("How many days or hours", "14")
    await admin.tick("Requestors may ask for a time of their own")
    await admin.picture("wizard-lifecycle")
    await admin.click("Next")
    await admin.wait_for_card("Step 6 of 6: Review + create")
    await admin.picture("wizard-review")
    await admin.click("Create")


async def _redeemed(browser: Browser, stack: Stack, name: str) -> None:
    """The guest follows the mail, accepts, asks for the package, and has the application's tile."""
    site = await GuestSite.read(browser, mail_to(stack, GUEST))
    await site.follow("Accept the invitation")
    await site.accept()
    await site.wait_for(name)
    await site.request("audit")
    await site.wait_for("Delivered")
    await site.goto(f"{stack.sandbox}/myapps/")
    await site.wait_for("App4Guest")
    await site.shot("wizard-guest-apps")


def stored(stack: Stack, name: str) -> dict[str, Any]:
    """What the tenant holds of a package, without ids, times and its own name."""
    state = stack.control("state")
    package = _package(stack, name)
    policies = [one for one in state["assignmentPolicies"] if one["accessPackage"]["id"] == package["id"]]
    return {
        "package": _bare({**package, "displayName": ""}),
        "policies": [_bare({**one, "accessPackage": None}) for one in policies],
    }


def _package(stack: Stack, name: str) -> dict[str, Any]:
    return next(one for one in stack.control("state")["accessPackages"] if one["displayName"] == name)


def _bare(value: Any) -> Any:
    """Ids and times differ from one package to the next."""
    if isinstance(value, dict):
        own = ("id", "createdDateTime", "modifiedDateTime")
        return {name: _bare(part) for name, part in value.items() if name not in own}
    return [_bare(part) for part in value] if isinstance(value, list) else value
