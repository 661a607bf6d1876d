"""Both chat clients agree with the simulated tenant about who is who."""

from typing import Any

import pytest
import yaml

from dev.environment import ROOT

PEOPLE = ("admin", "guest")


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


def test_both_clients_show_the_same_people_and_bot() -> None:
    admin, guest = (_configuration(person) for person in PEOPLE)

    assert _everybody(admin) == _everybody(guest)
    assert (admin["bot"], admin["tenantId"]) == (guest["bot"], guest["tenantId"])


def test_clients_share_no_conversation_because_each_has_its_own_service_url() -> None:
    admin, guest = (_conversations(_configuration(person)) for person in PEOPLE)

    assert admin.isdisjoint(guest)


def _everybody(configuration: dict[str, Any]) -> list[tuple[str, ...]]:
    users = [configuration["currentUser"], *configuration["users"]]
    return sorted(tuple(user.values()) for user in users)


def _conversations(configuration: dict[str, Any]) -> set[str]:
    team = configuration["team"]
    channels = {channel["id"] for channel in team["channels"]}
    return {configuration["personalChat"]["id"], configuration["groupChat"]["id"], team["id"], *channels}
