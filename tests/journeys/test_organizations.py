"""Connected organizations, and what becomes of guests' accounts: looked at and changed from chat."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest

from tests.journeys.stage import PEOPLE, Stage, http, until

CLOSED = "99999999-9999-4999-8999-999999999994"
EM = "entitlementManagement"
PARTNER_TENANT = "bbbbbbbb-0000-4000-8000-000000000001"


def organization(stage: Stage, name: str) -> dict[str, Any]:
    """The connected organization of this name, {} for none."""
    return next((one for one in stage.state()["connectedOrganizations"] if one["displayName"] == name), {})


def connected(stage: Stage) -> str:
    """The name of a new connected organization that is like no other."""
    names = (
        "Alpine Bluebell Cormorant Dandelion Evergreen Foxglove Gazebo Hawthorn Icicle Juniper "
        "Kestrel Lavender Marigold Nightingale Orchard Pomegranate Quartzite Rhododendron Saffron Tamarind"
    ).split()
    taken = {one["displayName"] for one in stage.state()["connectedOrganizations"]}
    free = next(one for one in names if one not in taken)
    stage.ask(
        "alex", f"org add {free.lower()}.example.net name:{free}", f"Connected organization “{free}”", "Connected"
    )
    return free


def graph(stage: Stage, path: str, body: Any = None) -> Any:
    """What Graph answers to Alex: to a GET, or to a POST with a body."""
    token = http("POST", f"{stage.tenant_url}/_control/token", {"user": PEOPLE["alex"][0]})[1]["token"]
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    data = json.dumps(body).encode() if body else None
    asked = urllib.request.Request(f"{stage.tenant_url}/v1.0/identityGovernance/{EM}{path}", data, headers)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return json.load(answer)


def sponsors(stage: Stage, name: str, kind: str) -> list[str]:
    """Names of an organization's sponsors."""
    listed = graph(stage, f"/connectedOrganizations/{organization(stage, name)['id']}/{kind}Sponsors")
    return [one["displayName"] for one in listed["value"]]


def test_where_there_are_none_the_way_to_the_first_is_shown(stage: Stage) -> None:
    card = stage.ask("alex", "orgs", "Connected organizations", "There are none yet. Type: org add fabrikam.com")

    stage.press("alex", "Connect an organization", card=card)
    form = stage.shown("alex", "Connect an organization", "Domain, or Microsoft Entra tenant id")
    stage.press("alex", "Connect", card=form, inputs={"source": "not a domain", "name": ""})
    stage.shown("alex", "is neither a domain like fabrikam.com nor a tenant id")
    stage.press("alex", "Connect", card=form, inputs={"source": "fabrikam.com", "name": ""})
    stage.shown("alex", "Connected organization “Fabrikam”", "everybody @fabrikam.com")

    assert organization(stage, "Fabrikam")["state"] == "configured"


def test_a_partner_is_connected_once(stage: Stage) -> None:
    name = connected(stage)

    stage.ask("alex", f"org add {name.upper()}.example.net", "It is connected already")

    assert [one["displayName"] for one in stage.state()["connectedOrganizations"]].count(name) == 1


def test_a_partner_is_connected_by_tenant(stage: Stage) -> None:
    stage.ask("alex", f"org add {PARTNER_TENANT}", "Give the organization a name")
    stage.ask("alex", f'org add {PARTNER_TENANT} name:"Zephyr"', "Connected organization “Zephyr”", PARTNER_TENANT)

    assert organization(stage, "Zephyr")["identitySources"][0]["tenantId"] == PARTNER_TENANT


def test_what_is_much_like_a_partner_is_looked_at_first(stage: Stage) -> None:
    name = connected(stage)
    near = f"mail.{name.lower()}.example.net"

    card = stage.ask("alex", f"org add {near} name:Somebody", "This is much like what is connected already", name)
    before = organization(stage, "Somebody")
    stage.press("alex", "Connect it all the same", card=card)
    stage.shown("alex", "Connected organization “Somebody”")

    assert not before
    assert organization(stage, "Somebody")


@pytest.mark.parametrize("domain", ["contoso.com", "contoso.onmicrosoft.com", "11111111-1111-4111-8111-111111111111"])
def test_we_are_no_partner_of_ourselves(stage: Stage, domain: str) -> None:
    stage.ask("alex", f"org add {domain} name:Us", "is this organisation itself")

    assert not organization(stage, "Us")


def test_a_member_vouches_inside_and_a_guest_outside_each_with_a_way_back(stage: Stage) -> None:
    name = connected(stage)

    stage.ask("alex", f'org sponsor "{name}" megan@contoso.com', "Megan Bowen is now an internal sponsor")
    card = stage.ask("alex", f'org sponsor "{name}" ben@fabrikam.com', "Ben Ortiz is now an external sponsor")
    stage.ask("alex", f'org sponsor "{name}" megan@contoso.com', "Megan Bowen is a sponsor already")
    inside, outside = sponsors(stage, name, "internal"), sponsors(stage, name, "external")
    stage.press("alex", "Undo", card=card)
    until(lambda: sponsors(stage, name, "external") == [], what="Ben vouches no longer")
    stage.ask("alex", f'org unsponsor "{name}" megan@contoso.com', "Megan Bowen is no longer a sponsor", "Undo")

    assert (inside, outside) == (["Megan Bowen"], ["Ben Ortiz"])
    assert sponsors(stage, name, "internal") == []


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("dan@northwindtraders.com", "Dan Kim cannot sign in"),
        ("nobody@contoso.com", "Nobody here has the address nobody@contoso.com"),
        ("", "Who vouches for"),
    ],
)
def test_who_cannot_vouch_is_told_in_plain_words(stage: Stage, who: str, said: str) -> None:
    name = connected(stage)

    stage.ask("alex", f'org sponsor "{name}" {who}', said)

    assert sponsors(stage, name, "internal") == []


def test_a_partner_counts_or_does_not_and_back(stage: Stage) -> None:
    name = connected(stage)

    card = stage.ask("alex", f'org propose "{name}"', "can no longer ask where only configured organizations may")
    proposed = organization(stage, name)["state"]
    stage.press("alex", "Undo", card=card)
    until(lambda: organization(stage, name)["state"] == "configured", what="configured again")
    stage.ask("alex", f'org configure "{name}"', "It was like that already")

    assert proposed == "proposed"


def test_a_partner_is_found_by_name_or_domain_and_near_names_are_offered(stage: Stage) -> None:
    name = connected(stage)

    stage.ask("alex", f"org {name.lower()}", f"Connected organization “{name}”")
    stage.ask("alex", f"org {name.lower()}.example.net", f"Connected organization “{name}”")
    card = stage.ask("alex", f'org remove "{name[:-1]}"', "No organization is called", "Did you mean")

    assert name in stage.titles("alex", card)
    assert organization(stage, name)


def test_partners_of_one_name_are_there_to_choose(stage: Stage) -> None:
    name = connected(stage)
    card = stage.ask("alex", f"org add {name.lower()}.example.org name:{name}", "much like what is connected")
    stage.press("alex", "Connect it all the same", card=card)
    stage.shown("alex", f"Connected organization “{name}”", f"everybody @{name.lower()}.example.org")

    card = stage.ask("alex", f'org propose "{name}"', "Which of them?", f"2 organizations are called “{name}”")

    assert stage.titles("alex", card).count(name) == 2
    assert organization(stage, name)["state"] == "configured"


def test_a_partner_is_removed_after_a_yes(stage: Stage) -> None:
    name = connected(stage)
    card = stage.ask("alex", f'org remove "{name}"', f"Remove “{name}”", "Guests who are here, and their access, stay")
    asked = organization(stage, name)

    stage.press("alex", "No, keep it", card=card)
    until(lambda: f"Connected organization “{name}”" in stage.words("alex", card), what="it takes the question's place")
    again = stage.ask("alex", f'org remove "{name}"', f"Remove “{name}”")
    stage.press("alex", "Yes, remove it", card=again)
    stage.shown("alex", f"“{name}” is no longer connected")

    assert asked
    assert not organization(stage, name)


def test_a_partner_that_packages_name_says_which(stage: Stage) -> None:
    name = connected(stage)
    named_by_policy(stage, organization(stage, name)["id"])

    stage.ask("alex", f'org remove "{name}"', f"“{name}” is in use", "Closed package")

    assert organization(stage, name)


def named_by_policy(stage: Stage, key: str) -> None:
    """A policy of Closed package lets this organization's people ask."""
    members = {"@odata.type": "#microsoft.graph.connectedOrganizationMembers", "connectedOrganizationId": key}
    policy = {
        "displayName": "Partner",
        "allowedTargetScope": "specificConnectedOrganizationUsers",
        "specificAllowedTargets": [members],
        "accessPackage": {"id": CLOSED},
    }
    graph(stage, "/assignmentPolicies", policy)


def test_a_guest_inviter_looks_and_changes_nothing(stage: Stage) -> None:
    name = connected(stage)
    before = stage.state()["connectedOrganizations"]

    card = stage.ask("megan", f'org "{name}"', f"Connected organization “{name}”")
    stage.ask("megan", f'org remove "{name}"', "You may not do that", "Identity Governance Administrator")
    stage.ask("megan", "org add megan.example.org", "You may not do that")
    stage.ask(
        "megan", "settings guests", "When a guest's last access package ends", "deletes the account 30 days later"
    )
    stage.ask("megan", "settings guests none", "You may not do that")

    assert stage.titles("megan", card) == ["Connected organizations"]
    assert stage.state()["connectedOrganizations"] == before


def test_a_connection_cut_while_connecting_leaves_one_organization(stage: Stage) -> None:
    cut = {"method": "POST", "path": "/connectedOrganizations$", "dropAfterWrite": True, "times": 1}
    stage.control("faults", {"rules": [cut]})

    stage.say("alex", "org add kestrel.example.net name:Kestrel")
    stage.shown("alex", "Connected organization “Kestrel”", "Connected and configured", seconds=60)

    assert [one["displayName"] for one in stage.state()["connectedOrganizations"]].count("Kestrel") == 1


def ending(stage: Stage) -> tuple[str, str]:
    """What the tenant's settings say now."""
    one = stage.state()["entitlementSettings"][0]
    return one["externalUserLifecycleAction"], one["durationUntilExternalUserDeletedAfterBlocked"]


def test_settings_are_shown_explained_and_changed_by_form(stage: Stage) -> None:
    card = stage.ask("alex", "settings guests", "Now: Entra blocks the guest's sign-in", "30 days later")

    stage.press("alex", "Change", card=card, inputs={"ending": "block-and-delete", "days": "0"})
    stage.shown("alex", "Give whole days from 1 to 3660")
    stage.press("alex", "Change", card=card, inputs={"ending": "block-and-delete", "days": "7"})
    question = stage.shown("alex", "Change what happens", "deletes the account 7 days later", "restored for 30 days")
    asked = ending(stage)
    stage.press("alex", "Yes, change it", card=question)
    stage.shown("alex", "From now on", "deletes the account 7 days later")

    assert asked == ("blockSignInAndDelete", "P30D")
    assert ending(stage) == ("blockSignInAndDelete", "P7D")


@pytest.mark.parametrize(
    ("sentence", "told", "written"),
    [
        ("settings guests none", "Nothing happens: the guest keeps the account", "none"),
        ("settings guests block", "The account stays until somebody deletes it", "blockSignIn"),
        (
            "settings guests block-and-delete after 2 weeks",
            "deletes the account 14 days later",
            "blockSignInAndDelete",
        ),
    ],
)
def test_settings_are_changed_by_a_sentence_after_a_yes(stage: Stage, sentence: str, told: str, written: str) -> None:
    card = stage.ask("alex", sentence, "Change what happens", told)

    stage.press("alex", "Yes, change it", card=card)
    stage.shown("alex", "From now on", told)
    stage.ask("alex", sentence, "It is like that already", told)

    assert ending(stage)[0] == written


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("settings guests wibble", "I did not understand “wibble”"),
        ("settings guests delete after -3 days", "Give whole days from 1 to 3660"),
        ("settings guests delete after 99999 days", "Give whole days from 1 to 3660"),
        ("settings guests after 7 days", "Choose what shall happen"),
    ],
)
def test_settings_that_cannot_be_are_explained_on_the_form(stage: Stage, sentence: str, said: str) -> None:
    before = ending(stage)

    stage.ask("alex", sentence, said)

    assert ending(stage) == before
