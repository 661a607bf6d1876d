"""All chat clients agree with the simulated tenant about who is who."""

import json
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

from dev.environment import ROOT
from sandbox import Server

PEOPLE = ("admin", "guest", "approver")
ANA = "55555555-5555-4555-8555-555555555551"  # not seeded: invited while the tenant runs, with this reserved id


def _configuration(person: str) -> dict[str, Any]:
    text = (ROOT / "dev" / "playground" / person / ".m365agentsplayground.yml").read_text()
    read: dict[str, Any] = yaml.safe_load(text)
    return read


@pytest.mark.parametrize("person", PEOPLE)
def test_client_has_the_five_other_people_it_insists_on(person: str) -> None:
    configuration = _configuration(person)

    others = [user["id"] for user in configuration["users"]]

    assert len(set(others)) == 5
    assert configuration["currentUser"]["id"] not in others


@pytest.mark.parametrize("person", PEOPLE[1:])
def test_clients_show_the_same_people_and_bot(person: str) -> None:
    admin, other = _configuration("admin"), _configuration(person)

    assert _everybody(admin) == _everybody(other)
    assert (admin["bot"], admin["tenantId"]) == (other["bot"], other["tenantId"])


def test_clients_share_no_conversation_because_each_has_its_own_service_url() -> None:
    conversations = [_conversations(_configuration(person)) for person in PEOPLE]

    assert len(set().union(*conversations)) == sum(map(len, conversations))


@pytest.mark.parametrize("person", PEOPLE)
def test_people_of_the_client_are_those_of_the_demo_tenant(person: str) -> None:
    configuration = _configuration(person)

    with Server() as tenant, urlopen(f"{tenant.url}/_control/state", timeout=10) as answer:
        state = json.load(answer)

    seeded = {user["id"]: (user["displayName"], user["mail"]) for user in state["users"]}
    shown = {user["aadObjectId"]: (user["name"], user["email"]) for user in _users(configuration)}
    assert configuration["tenantId"] == state["tenant"]["id"]
    assert shown.pop(ANA) == ("Ana Silva", "ana@fabrikam.com")
    assert shown.items() <= seeded.items()
    assert configuration["team"]["aadGroupId"] in {group["id"] for group in state["groups"]}


def _users(configuration: dict[str, Any]) -> list[dict[str, str]]:
    return [configuration["currentUser"], *configuration["users"]]


def _everybody(configuration: dict[str, Any]) -> list[tuple[str, ...]]:
    return sorted(tuple(user.values()) for user in _users(configuration))


def _conversations(configuration: dict[str, Any]) -> set[str]:
    team = configuration["team"]
    channels = {channel["id"] for channel in team["channels"]}
    return {configuration["personalChat"]["id"], configuration["groupChat"]["id"], team["id"], *channels}
