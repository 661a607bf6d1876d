"""Defects that playing with the whole product brought to light; each stays mended."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from datetime import datetime, timedelta

import pytest

from tests.journeys.stage import PEOPLE, TENANT, Stage, actions, http, readable, until
from tests.journeys.test_extend import delivered

PACKAGE = '"Invited users package"'


def titles(stage: Stage, card: str) -> list[str]:
    return [str(one.get("title")) for one in actions(stage.card("alex", card))]


def delete_in_the_portal(stage: Stage, address: str) -> None:
    """As an administrator does who does not use Usher."""
    form = {
        "grant_type": "client_credentials",
        "client_id": "portal",
        "client_secret": "any",
        "scope": "https://graph.microsoft.com/.default",
    }
    signing_in = f"{stage.tenant_url}/{TENANT}/oauth2/v2.0/token"
    with urllib.request.urlopen(signing_in, urllib.parse.urlencode(form).encode()) as answer:
        token = json.load(answer)["access_token"]
    person = next(one for one in stage.state()["users"] if one.get("mail") == address)
    request = urllib.request.Request(
        f"{stage.tenant_url}/v1.0/users/{person['id']}", method="DELETE", headers={"authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 204


@pytest.mark.parametrize(
    "sentence",
    [
        'please invite {0} to "Invited users package" for 14 days',
        'for 14 days because "audit" invite {0} to "Invited users package"',
        'Could you invite {0} to "Invited users package" for 14 days',
    ],
)
def test_the_verb_may_stand_behind_courtesies_and_other_clauses(stage: Stage, sentence: str) -> None:
    address = stage.fresh("late")

    stage.say("alex", sentence.format(address))

    card = stage.shown("alex", address, "Asked by")
    assert "14 days after delivery" in readable(stage.card("alex", card))


@pytest.mark.parametrize(
    "sentence",
    [
        "I was about to tell you that Ana would love to get an invite one day",
        'she said "invite {0} to nothing"',
    ],
)
def test_words_that_only_hold_the_verb_invite_nobody(stage: Stage, sentence: str) -> None:
    address = stage.fresh("nobody")

    stage.ask("megan", sentence.format(address), "elp")

    assert not any(one["invitedUserEmailAddress"] == address for one in stage.state()["invitations"])


def test_the_last_day_that_was_named_is_the_day_the_card_shows(stage: Stage) -> None:
    address = stage.fresh("until")
    now = datetime.fromisoformat(http("GET", f"{stage.tenant_url}/_control/clock")[1]["now"])
    last = (now + timedelta(days=3)).date()

    stage.say("alex", f"assign {address} to {PACKAGE} until {last:%Y-%m-%d}")

    stage.shown("alex", address, "✔ Delivered", f"{last.day} {last:%B %Y} (in 3 days)", seconds=30)


def test_a_deleted_guest_is_told_as_deleted_not_as_one_who_never_asked(stage: Stage) -> None:
    address = stage.fresh("gone")
    stage.say("alex", f"assign {address} to {PACKAGE} for 3 days")
    card = stage.shown("alex", address, "✔ Delivered", seconds=30)

    delete_in_the_portal(stage, address)
    stage.shown("alex", address, "Asked by", "account was deleted", seconds=30)
    why = stage.ask("alex", f"why {address}", "The account is deleted")

    assert "has not requested" not in readable(stage.card("alex", why))
    assert titles(stage, why).count("Restore") == 1
    assert "Try again" not in titles(stage, why) + titles(stage, card)
    stage.press("alex", "Restore", card=card)
    until(lambda: "account was deleted" not in readable(stage.card("alex", card)), what="the live card goes on")


def test_revoke_does_not_promise_an_account_that_entra_will_block(stage: Stage) -> None:
    address = stage.fresh("governed")
    stage.say("alex", f"assign {address} to {PACKAGE} for 3 days")
    card = stage.shown("alex", address, "✔ Delivered", "ends with the last package", seconds=30)

    stage.press("alex", "Revoke", card=card)
    question = stage.shown("alex", address, "Yes, revoke")

    assert "The account stays." not in readable(stage.card("alex", question))
    assert "Entra then blocks the account" in readable(stage.card("alex", question))


def test_the_card_with_a_link_for_nobody_in_particular_has_a_whole_title(stage: Stage) -> None:
    card = stage.ask("alex", f"link {PACKAGE}", "Message ready to paste")

    assert "pass this on to" not in readable(stage.card("alex", card))


def test_an_invite_that_failed_and_was_closed_cannot_be_tried_again(stage: Stage) -> None:
    address = stage.fresh("closed").replace("fabrikam.com", "blocked.example")
    stage.say("alex", f"invite {address} to {PACKAGE}")
    card = stage.shown("alex", address, "Stopped at")
    assert "Resend" not in titles(stage, card)
    stage.press("alex", "Revoke", card=card)
    stage.press("alex", "Yes, revoke", card=stage.shown("alex", address, "Yes, revoke"))
    stage.shown("alex", address, "■ Revoked")

    stage.ask("alex", f"retry {address}", "Nothing to retry")
    why = stage.ask("alex", f"why {address}", "Nobody with this address")

    assert titles(stage, card) == ["Why?"]
    assert "has not requested" not in readable(stage.card("alex", why))


def test_a_guest_whose_access_was_removed_early_reads_the_day_it_ended(stage: Stage) -> None:
    address = stage.fresh("early")
    now = datetime.fromisoformat(http("GET", f"{stage.tenant_url}/_control/clock")[1]["now"])
    planned = (now + timedelta(days=9)).date()
    stage.say("alex", f"assign {address} to {PACKAGE} for 9 days")
    stage.shown("alex", address, "✔ Delivered", seconds=30)
    person = next(one for one in stage.state()["users"] if one.get("mail") == address)
    guest = {"from": {"id": "29:1early", "name": "Early", "aadObjectId": person["id"]}}
    stage.ask("ana", "status", "Access ends on", f"{planned.day} {planned:%B %Y}", **guest)

    stage.act(address, "remove")
    stage.shown("alex", address, "■ Ended", seconds=30)
    over = stage.ask("ana", "status", "Access ended on", **guest)

    assert f"Access ended on {now.day} {now:%B %Y}" in readable(stage.card("ana", over))


def test_of_two_accounts_the_status_of_the_one_that_is_chosen_is_shown(stage: Stage) -> None:
    address = delivered(stage)
    stage.graph("PATCH", f"/users/{PEOPLE['lee'][0]}", {"otherMails": [address]})
    shown = set(stage.cards("alex"))

    card = stage.ask("alex", f"status {address}", "Which account?", "2 accounts", "Lee Gu (member)")
    stage.press("alex", next(one for one in stage.titles("alex", card) if "(guest" in one), card=card)

    stage.news("alex", shown | {card}, address, "Invited users package", "has access")
    stage.graph("PATCH", f"/users/{PEOPLE['lee'][0]}", {"otherMails": []})
