"""My Access, My Apps and redemption as a browser without scripts sees them."""

import re
from datetime import datetime, timedelta
from html import unescape

import httpx
import pytest

from tests.sandbox.entitlement.tenant import (
    ADELE,
    ALEX,
    BEN,
    CARLA,
    CLOSED,
    DAN,
    HANDBOOK,
    HIDDEN,
    INVITED,
    PROJECT,
    Tenant,
)

SITE = "/myaccess/@contoso.onmicrosoft.com"


class Browser:
    """A browser that plays one person."""

    def __init__(self, tenant: Tenant) -> None:
        self.http = httpx.Client(base_url=tenant.http.base_url, follow_redirects=True, timeout=10)

    def sign_in(self, user: str, onward: str = SITE) -> httpx.Response:
        return self.http.post("/myaccess/signin", data={"user": user, "next": onward})

    def main(self, address: str) -> str:
        """The text of the page's main part."""
        return text(self.http.get(address))


def text(answer: httpx.Response) -> str:
    main = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
    assert main is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


@pytest.fixture
def browser(tenant: Tenant):
    playing = Browser(tenant)
    with playing.http:
        yield playing


def test_stranger_picks_an_account_and_comes_back_to_the_package(browser: Browser):
    link = f"{SITE}?package={INVITED}"

    asked = browser.http.get(link)
    answer = browser.sign_in(BEN, link)

    assert "Pick an account" in asked.text
    assert f'name="next" value="{link}"' in asked.text
    assert "You have this package" in text(answer)


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/myaccess\\..", "javascript:alert(1)"]
)
def test_sign_in_never_leads_off_the_site(browser: Browser, onward: str):
    answer = browser.http.post("/myaccess/signin", data={"user": BEN, "next": onward}, follow_redirects=False)

    assert answer.headers["location"] == "/myaccess/"


def test_pending_guest_accepts_the_invitation_before_anything_else(tenant: Tenant, browser: Browser):
    consent = browser.sign_in(CARLA, f"{SITE}?package={INVITED}")

    form = {"user": CARLA, "next": f"{SITE}?package={INVITED}"}
    onward = browser.http.post("/myaccess/accept", data=form)

    users = {user["id"]: user for user in tenant.control("state")["users"]}
    assert "Review permissions" in consent.text
    assert "Submit request" in onward.text
    assert users[CARLA]["externalUserState"] == "Accepted"


def invite(tenant: Tenant, address: str, redirect: str) -> str:
    """The redeem URL of a new invitation, below this server."""
    body = {"invitedUserEmailAddress": address, "inviteRedirectUrl": redirect}
    headers = {"Authorization": f"Bearer {tenant.token()}"}
    answer = tenant.http.post("/v1.0/invitations", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["inviteRedeemUrl"])


def test_redeem_url_asks_once_and_leads_to_the_redirect_url(tenant: Tenant, browser: Browser):
    redeem = invite(tenant, "ana@fabrikam.com", "https://example.com/after#/x")
    ticket = redeem.partition("ticket=")[2]

    consent = browser.http.get(redeem)
    accepted = browser.http.post("/myaccess/redeem", data={"next": ticket}, follow_redirects=False)
    again = browser.http.get(redeem, follow_redirects=False)

    ana = next(user for user in tenant.control("state")["users"] if user["mail"] == "ana@fabrikam.com")
    assert "Review permissions" in consent.text
    assert accepted.headers["location"] == "https://example.com/after#/x"
    assert again.headers["location"] == "https://example.com/after#/x"
    assert ana["externalUserState"] == "Accepted"


def test_unknown_invitation_says_so(browser: Browser):
    answer = browser.http.get("/myaccess/redeem?ticket=nothing")

    assert answer.status_code == 404
    assert "no longer valid" in answer.text


def test_request_is_submitted_delivered_and_opens_its_app(tenant: Tenant, browser: Browser):
    tenant.act(CARLA, "redeem")
    browser.sign_in(CARLA)
    before = browser.main("/myapps/")

    answer = browser.http.post(f"{SITE}/requests", data={"package": INVITED, "justification": "Audit <b>1</b>"})
    tenant.pass_time("PT2S")

    assert "There are no apps" in before
    assert "Submitted" in text(answer)
    assert "Audit &lt;b&gt;1&lt;/b&gt;" in answer.text
    assert "Delivered" in browser.main(f"{SITE}?view=history")
    assert "Invited users package Delivered" in browser.main(f"{SITE}?view=active")
    assert "App4Guest" in browser.main("/myapps/")
    assert "You have this package" in browser.main(f"{SITE}?package={INVITED}")


def test_chosen_period_ends_the_access_on_that_day(tenant: Tenant, browser: Browser):
    tenant.act(CARLA, "redeem")
    browser.sign_in(CARLA)
    form = browser.http.get(f"{SITE}?package={INVITED}").text
    first = re.search(r'min="([\d-]+)"', form)
    assert first is not None

    browser.http.post(f"{SITE}/requests", data={"package": INVITED, "ends": first[1]})
    tenant.pass_time("PT2S")

    end = tenant.assignment(CARLA, INVITED)["schedule"]["expiration"]["endDateTime"]
    assert end == f"{first[1]}T23:59:59Z"


def test_last_day_of_the_period_is_allowed(tenant: Tenant, browser: Browser):
    tenant.act(CARLA, "redeem")
    browser.sign_in(CARLA)
    last = re.search(r'max="([\d-]+)"', browser.http.get(f"{SITE}?package={INVITED}").text)
    assert last is not None

    answer = browser.http.post(f"{SITE}/requests", data={"package": INVITED, "ends": last[1]})

    assert answer.status_code == 200


@pytest.mark.parametrize("ends", ["2020-01-01", "2999-01-01", "soon", "2026-13-45"])
def test_bad_period_comes_back_on_the_form_with_what_was_typed(tenant: Tenant, browser: Browser, ends: str):
    tenant.act(CARLA, "redeem")
    browser.sign_in(CARLA)

    answer = browser.http.post(
        f"{SITE}/requests", data={"package": INVITED, "ends": ends, "justification": "kept words"}
    )

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "kept words" in answer.text
    assert f'action="{SITE}/requests"' in answer.text


def test_missing_answer_is_named_on_the_form(tenant: Tenant, browser: Browser):
    browser.sign_in(BEN)

    answer = browser.http.post(f"{SITE}/requests", data={"package": PROJECT, "justification": "x"})

    assert answer.status_code == 400
    assert "Which project are you working on?" in text(answer)


def test_approver_sees_reason_and_answers_and_approves(tenant: Tenant, browser: Browser):
    tenant.act(BEN, "request", accessPackageId=PROJECT, justification="Phoenix audit")
    tenant.pass_time("PT1S")
    browser.sign_in(ADELE)
    page = browser.http.get(f"{SITE}?view=approvals")
    names = dict(re.findall(r'name="(request|stage)" value="([^"]+)"', page.text))

    browser.http.post(f"{SITE}/decide", data={**names, "result": "Approve", "justification": "fine"})
    tenant.pass_time("PT1S")

    assert "Ben Ortiz" in text(page)
    assert "Phoenix audit" in text(page)
    assert "Answered for a test" in text(page)
    assert "Approvals (1)" in page.text
    assert tenant.assignment(BEN, PROJECT)["state"] == "delivered"


def review_of_bens_access(tenant: Tenant) -> None:
    which = (
        f"accessPackageId eq '{INVITED}' and assignmentPolicyId eq '99999999-9999-4999-9999-999999999991'"
        " and catalogId eq '88888888-8888-4888-8888-888888888881'"
    )
    body = {
        "displayName": "Review",
        "scope": {
            "@odata.type": "#microsoft.graph.accessReviewQueryScope",
            "query": f"/identityGovernance/entitlementManagement/accessPackageAssignments?$filter=({which})",
            "queryType": "MicrosoftGraph",
        },
        "reviewers": [{"query": f"/users/{ADELE}", "queryType": "MicrosoftGraph"}],
        "settings": {"instanceDurationInDays": 7},
    }
    headers = {"Authorization": f"Bearer {tenant.token()}"}
    made = tenant.http.post("/v1.0/identityGovernance/accessReviews/definitions", json=body, headers=headers)
    assert made.status_code == 201, made.text
    tenant.pass_time("PT1S")


def test_reviewer_decides_about_a_guest_and_nobody_else_can(tenant: Tenant, browser: Browser):
    review_of_bens_access(tenant)
    browser.sign_in(ADELE)
    page = browser.http.get(f"{SITE}?view=reviews")
    (item,) = re.findall(r'name="item" value="([^"]+)"', page.text)

    browser.http.post(f"{SITE}/review", data={"item": item, "decision": "Deny", "justification": "left"})
    after = browser.main(f"{SITE}?view=reviews")
    browser.sign_in(ALEX)
    refused = browser.http.post(f"{SITE}/review", data={"item": item, "decision": "Approve"})

    assert "Ben Ortiz" in text(page)
    assert "Remove" in after
    (found,) = tenant.control("state")["accessReviewDecisions"]
    assert (found["decision"], found["justification"], found["reviewedBy"]["id"]) == ("Deny", "left", ADELE)
    assert refused.status_code == 400


def test_decision_by_somebody_else_is_refused(tenant: Tenant, browser: Browser):
    tenant.act(BEN, "request", accessPackageId=PROJECT)
    tenant.pass_time("PT1S")
    browser.sign_in(ADELE)
    page = browser.http.get(f"{SITE}?view=approvals").text
    names = dict(re.findall(r'name="(request|stage)" value="([^"]+)"', page))
    browser.sign_in(ALEX)

    answer = browser.http.post(f"{SITE}/decide", data={**names, "result": "Approve"})

    assert answer.status_code == 400
    assert "Insufficient privileges" in text(answer)


def test_request_can_be_withdrawn_while_it_waits(tenant: Tenant, browser: Browser):
    tenant.act(BEN, "request", accessPackageId=PROJECT)
    tenant.pass_time("PT1S")
    browser.sign_in(BEN)
    page = browser.http.get(f"{SITE}?view=history").text
    request = re.search(r'name="request" value="([^"]+)"', page)
    assert request is not None

    answer = browser.http.post(f"{SITE}/cancel", data={"request": request[1]})

    assert "Canceled" in text(answer)


def test_access_can_be_given_back(tenant: Tenant, browser: Browser):
    tenant.call("PATCH", "/settings", json={"externalUserLifecycleAction": "none"})
    browser.sign_in(BEN)

    browser.http.post(f"{SITE}/remove", data={"assignment": tenant.assignment(BEN, INVITED)["id"]})
    tenant.pass_time("PT1S")

    assert "No package is active" in browser.main(f"{SITE}?view=active")
    assert "There are no apps" in browser.main("/myapps/")


def test_guest_extends_as_long_as_the_policy_gives(browser: Browser, tenant: Tenant):
    browser.sign_in(BEN)
    held = tenant.assignment(BEN, INVITED)
    before = held["schedule"]["expiration"]["endDateTime"]

    browser.http.post(f"{SITE}/extend", data={"assignment": held["id"]})
    tenant.pass_time("PT1S")

    after = tenant.assignment(BEN, INVITED)["schedule"]["expiration"]["endDateTime"]
    assert datetime.fromisoformat(after) - datetime.fromisoformat(before) > timedelta(days=3)


@pytest.mark.parametrize("package", [HANDBOOK, CLOSED])
def test_package_that_is_not_for_the_guest_says_so(browser: Browser, package: str):
    browser.sign_in(BEN)

    assert "You can't request this access package" in browser.main(f"{SITE}?package={package}")


def test_hidden_package_opens_by_its_link_only(browser: Browser):
    browser.sign_in(BEN)

    assert "Hidden package" not in browser.main(SITE)
    assert "Submit request" in browser.main(f"{SITE}?package={HIDDEN}")


def test_link_to_nothing_says_so(browser: Browser):
    browser.sign_in(BEN)

    assert "does not exist" in browser.main(f"{SITE}?package={ALEX}")


def test_blocked_guest_cannot_sign_in(browser: Browser):
    answer = browser.sign_in(DAN)

    assert answer.status_code == 403
    assert "blocked" in text(answer)


def test_switching_the_user_forgets_the_last_one(browser: Browser):
    browser.sign_in(BEN)

    answer = browser.http.post("/myaccess/signout")

    assert "Pick an account" in answer.text


def test_reload_of_a_form_address_leads_back_to_the_site(browser: Browser):
    browser.sign_in(BEN)

    answer = browser.http.get(f"{SITE}/requests", follow_redirects=False)

    assert answer.headers["location"] == f"{SITE}/"
