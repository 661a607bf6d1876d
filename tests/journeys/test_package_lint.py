"""`package lint`: what is likely wrong, the worst first, and a button or a sentence that mends it."""

from __future__ import annotations

import pytest

from tests.journeys.keeping import EM, GENERAL, PARTNERS, approved_by, fresh_name, made, policies, policy
from tests.journeys.stage import PACKAGE, Stage, until

NEVER = {"type": "noExpiration", "duration": None, "endDateTime": None}


def test_a_healthy_package_is_said_to_be_in_order(stage: Stage) -> None:
    stage.ask("alex", 'package lint "Invited users package"', "“Invited users package” is in order")


def test_what_is_wrong_is_said_with_the_sentence_that_mends_it(stage: Stage) -> None:
    package = made(stage, policy(expiration=NEVER))
    name = package["displayName"]

    card = stage.ask("alex", f'package lint "{name}"', "it never ends", f'package edit "{name}" days:90')

    assert "End after 90 days" in stage.titles("alex", card)


def test_a_button_mends_what_it_stands_beside(stage: Stage) -> None:
    package = made(stage, policy(expiration=NEVER))
    card = stage.ask("alex", f'package lint "{package["displayName"]}"', "it never ends")
    before = set(stage.cards("alex"))

    stage.press("alex", "End after 90 days", card=card)
    until(lambda: "becomes: 90 days" in stage.words("alex", card), what="the difference is shown")
    stage.press("alex", "Yes, change it", card=card)
    until(lambda: "✔ Changed" in stage.words("alex", card), what="it is written")

    assert policies(stage, package)[0]["expiration"]["duration"] == "P90D"
    assert not set(stage.cards("alex")) - before


def test_an_approver_who_cannot_sign_in_is_found(stage: Stage) -> None:
    package = made(stage, policy(requestApprovalSettings=approved_by("lee")))
    lee = next(one for one in stage.state()["users"] if one["displayName"] == "Lee Gu")
    stage.graph("PATCH", f"/users/{lee['id']}", {"accountEnabled": False})

    card = stage.ask("alex", f'package lint "{package["displayName"]}"', "Nobody can approve", "Lee Gu")

    stage.graph("PATCH", f"/users/{lee['id']}", {"accountEnabled": True})
    assert 'approver:"…"' in stage.words("alex", card)


def test_a_package_that_opens_nothing_and_is_closed_is_found(stage: Stage) -> None:
    closed = {"enableTargetsToSelfAddAccess": False}
    package = made(stage, policy(requestorSettings=closed), opens=False)

    card = stage.ask(
        "alex", f'package lint "{package["displayName"]}"', "opens nothing yet", "no policy takes new requests"
    )
    stage.press("alex", "Open requests", card=card)

    until(lambda: "for requests?" in stage.words("alex", card), what="the question")


def test_a_direct_policy_is_added_by_the_button(stage: Stage) -> None:
    package = made(stage, policy(requestApprovalSettings=approved_by("adele")))
    card = stage.ask("alex", f'package lint "{package["displayName"]}"', "cannot assign a guest at once")

    stage.press("alex", "Add a direct policy", card=card)
    until(lambda: "Yes, change it" in stage.titles("alex", card), what="the question")
    stage.press("alex", "Yes, change it", card=card)
    until(lambda: "✔ Changed" in stage.words("alex", card), what="it is written")

    until(lambda: len(policies(stage, package)) == 2, what="there are two policies")
    assert {one["allowedTargetScope"] for one in policies(stage, package)} == {"allDirectoryUsers", "notSpecified"}


def test_a_catalog_that_is_not_published_is_found_and_published_by_its_button(stage: Stage) -> None:
    body = {
        "displayName": fresh_name("Catalog"),
        "description": "d",
        "state": "unpublished",
        "isExternallyVisible": True,
    }
    catalog = stage.graph("POST", f"{EM}/catalogs", body)
    package = made(stage, catalog=catalog["id"], opens=False)

    card = stage.ask("alex", f'package lint "{package["displayName"]}"', "is switched off")

    assert "Publish the catalog" in stage.titles("alex", card)
    assert f'catalog publish "{catalog["displayName"]}"' in stage.words("alex", card)


def test_a_package_for_all_partners_says_when_there_is_none(stage: Stage) -> None:
    package = made(stage, policy(allowedTargetScope="allConfiguredConnectedOrganizationUsers"))
    name = package["displayName"]
    card = stage.ask("alex", f'package lint "{name}"', "there is none, so nobody can", "org add …")
    assert "Connect an organization" in stage.titles("alex", card)

    body = {"displayName": "Fabrikam", "description": "", "identitySources": [], "state": "proposed"}
    partner = stage.graph("POST", f"{EM}/connectedOrganizations", body)
    stage.ask("alex", f'package lint "{name}"', "“Fabrikam” is only proposed", "Show connected organizations")

    stage.graph("PATCH", f"{EM}/connectedOrganizations/{partner['id']}", {"state": "configured"})
    card = stage.ask("alex", f'package lint "{name}"')
    assert "nobody can" not in stage.words("alex", card)


def test_a_partner_that_is_gone_is_taken_out_and_a_proposed_one_configured(stage: Stage) -> None:
    body = {"displayName": "Proseware", "description": "", "identitySources": [], "state": "proposed"}
    proposed = stage.graph("POST", f"{EM}/connectedOrganizations", body)["id"]
    kind = "#microsoft.graph.connectedOrganizationMembers"
    targets = [
        {"@odata.type": kind, "connectedOrganizationId": key, "description": name}
        for key, name in ((proposed, "Proseware"), ("aaaaaaaa-0000-4000-8000-000000000001", "Adatum"))
    ]
    scope = "specificConnectedOrganizationUsers"
    package = made(stage, policy(allowedTargetScope=scope, specificAllowedTargets=targets))

    card = stage.ask("alex", f'package lint "{package["displayName"]}"', "Adatum” may ask but was removed")

    assert {"Take “Adatum” out", "Configure it"} <= set(stage.titles("alex", card))
    stage.press("alex", "Configure it", card=card)
    until(lambda: "✔ Configured" in stage.words("alex", card), what="Proseware is configured")


@pytest.mark.parametrize("typed", ["package lint all", "package lint", "lint all"])
def test_all_packages_are_linted_the_worst_first(stage: Stage, typed: str) -> None:
    bad = made(stage, opens=False, name=fresh_name("0 worst"))
    for one in policies(stage, bad):
        stage.graph("DELETE", f"{EM}/assignmentPolicies/{one['id']}")

    card = stage.ask("alex", typed, "Lint of the access packages", bad["displayName"], "in order")

    said = stage.words("alex", card)
    assert "✖ Problem" in said
    assert said.index("no assignment policy") < said.index("no policy takes new requests")
    assert len(str(stage.card("alex", card)).encode()) < 25_000


def test_lint_all_leads_to_the_lint_of_one(stage: Stage) -> None:
    made(stage, policy(expiration=NEVER))
    card = stage.ask("alex", "package lint all", "Lint of the access packages")
    before = set(stage.cards("alex"))

    stage.press("alex", next(one for one in stage.titles("alex", card) if one.startswith("Mend")), card=card)

    stage.news("alex", before, "Lint: “", "To mend it")


def test_a_manager_lints_their_catalog_only(stage: Stage) -> None:
    ours, theirs = (made(stage, policy(expiration=NEVER), catalog=one) for one in (PARTNERS, GENERAL))

    card = stage.ask("adele", "package lint all", "Lint of the access packages", ours["displayName"])

    assert theirs["displayName"] not in stage.words("adele", card)
    stage.ask("adele", f'package lint "{theirs["displayName"]}"', "You may not do that")


def test_who_may_only_look_gets_words_and_no_buttons_that_write(stage: Stage) -> None:
    package = made(stage, policy(expiration=NEVER))

    card = stage.ask("megan", f'package lint "{package["displayName"]}"', "it never ends")

    assert stage.titles("megan", card) == ["Show package"]


def test_nobody_without_a_role_lints(stage: Stage) -> None:
    stage.ask("lee", "package lint all", "You may not do that")
    before = set(stage.cards("lee"))

    stage.execute("lee", {"verb": "package lint", "package": PACKAGE}, card="")

    stage.news("lee", before, "You may not do that")
