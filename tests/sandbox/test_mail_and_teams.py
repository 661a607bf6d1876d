"""Mail that the tenant sends and Teams apps that it installs."""

import pytest

from sandbox.seed.applications import BOT_APP_ID, TEAMS_APP
from sandbox.seed.people import ALEX, BEN, DAN, LEE, MAILBOX

MESSAGE = {
    "subject": "Welcome",
    "body": {"contentType": "html", "content": "<p>hi</p>"},
    "toRecipients": [{"emailAddress": {"address": "ana@fabrikam.com"}}],
}


async def test_mail_lands_in_the_mailbox(tenant):
    answer = await tenant.post(f"/users/{MAILBOX}/sendMail", {"Message": MESSAGE, "SaveToSentItems": False})

    mails = await tenant.control("mailbox")
    assert (answer.status, answer.text) == (202, "")
    assert (mails[0]["from"], mails[0]["message"]) == (MAILBOX, MESSAGE)


async def test_mail_may_be_spelled_as_the_documentation_does(tenant):
    answer = await tenant.post(f"/users/{MAILBOX}/sendMail", {"message": MESSAGE, "saveToSentItems": False})

    tenant.world.requests.clear()  # the published schema knows the SDK's spelling only
    assert answer.status == 202


async def test_without_a_mailbox_the_sender_is_refused(tenant):
    await tenant.control("options", {"mailbox": False})

    answer = await tenant.post(f"/users/{MAILBOX}/sendMail", {"message": MESSAGE})

    assert (answer.status, answer.code) == (404, "MailboxNotEnabledForRESTAPI")
    assert await tenant.control("mailbox") == []


@pytest.mark.parametrize(
    "message",
    [
        {**MESSAGE, "toRecipients": []},
        {**MESSAGE, "toRecipients": [{"emailAddress": {"address": "nobody"}}]},
        {**MESSAGE, "toRecipients": [{"emailAddress": {"address": "a@b.c\nBcc: x@y.z"}}]},
        {**MESSAGE, "body": {"contentType": "markdown", "content": "x"}},
        {**MESSAGE, "colour": "red"},
        None,
    ],
    ids=["nobody", "no address", "header injection", "content type", "unknown property", "nothing"],
)
async def test_a_message_that_cannot_be_sent_is_refused(tenant, message):
    answer = await tenant.post(f"/users/{MAILBOX}/sendMail", {"message": message})

    assert answer.status == 400
    assert await tenant.control("mailbox") == []


async def test_the_app_is_found_in_the_catalog_by_its_manifest_id(tenant):
    answer = await tenant.get(f"/appCatalogs/teamsApps?$filter=externalId eq '{BOT_APP_ID}'")

    assert answer.ids == [TEAMS_APP]


async def test_an_app_is_installed_once_and_leads_to_a_chat(tenant):
    path = f"/users/{LEE}/teamwork/installedApps"
    body = {"teamsApp@odata.bind": f"{tenant.url}/v1.0/appCatalogs/teamsApps/{TEAMS_APP}"}

    installed = await tenant.post(path, body)
    again = await tenant.post(path, body)
    listed = await tenant.get(f"{path}?$expand=teamsApp&$filter=teamsApp/externalId eq '{BOT_APP_ID}'")
    chat = await tenant.get(f"{path}/{listed.ids[0]}/chat")
    removed = await tenant.call("DELETE", f"{path}/{listed.ids[0]}")

    assert (installed.status, installed.text) == (201, "")
    assert (again.status, again.code) == (409, "Conflict")
    assert chat.body["id"] == f"19:{LEE}_{BOT_APP_ID}@unq.gbl.spaces"
    assert removed.status == 204
    assert (await tenant.get(path)).ids == []


@pytest.mark.parametrize("user", [BEN, DAN])
async def test_an_app_is_not_installed_for_a_guest(tenant, user):
    body = {"teamsApp@odata.bind": f"{tenant.url}/v1.0/appCatalogs/teamsApps/{TEAMS_APP}"}

    assert (await tenant.post(f"/users/{user}/teamwork/installedApps", body)).code == "Forbidden"


async def test_an_installation_names_an_app_of_the_catalog(tenant):
    path = f"/users/{ALEX}/teamwork/installedApps"

    unknown = await tenant.post(path, {"teamsApp@odata.bind": f"{tenant.url}/v1.0/appCatalogs/teamsApps/nope"})
    unnamed = await tenant.post(path, {"teamsApp": {"id": TEAMS_APP}})

    assert (unknown.status, unnamed.status) == (404, 400)
