"""What journeys about approvals share: guests who ask for a package that needs approval."""

from __future__ import annotations

from tests.journeys.stage import Stage, until

PARTNER = "99999999-9999-4999-8999-999999999992"
PROJECT = "Partner project"


def guest(stage: Stage) -> str:
    """The address of a guest who has accepted the invitation."""
    address = stage.fresh("asker")
    stage.control("options", {"replicationSeconds": 0})
    body = {"invitedUserEmailAddress": address, "inviteRedirectUrl": "https://myapps.microsoft.com"}
    stage.graph("POST", "/invitations", body)
    until(lambda: [one for one in stage.state()["users"] if one.get("mail") == address], what="the guest is there")
    stage.act(address, "redeem")
    return address


def ask_for(stage: Stage, *, package: str = PARTNER, reason: str = "I need it") -> str:
    """The address of a guest who has asked for the package."""
    address = guest(stage)
    stage.act(address, "request", package, justification=reason)
    return address


def case_card(stage: Stage, who: str, address: str, *words: str) -> str:
    """The activity id of somebody's card of this guest's request, waited for."""
    return stage.shown(who, address, f"asks for “{PROJECT}”", *words)


def met(stage: Stage, *people: str) -> None:
    """These people have a chat with Usher."""
    for who in people:
        if not stage.cards(who):
            stage.ask(who, "help", "help")
