"""What people ask for, and where: lists and diagnoses, channels and group chats, the guest's own chat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox import Server
from tests.journeys.stage import BOT, PEOPLE, TENANT, Bot, Stage, Teams, actions, readable, until

PACKAGE = '"Invited users package" for 14 days because "audit"'


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("packages", ("Invited users package", "Staff handbook", "Not open to guests")),
        ("guests pending", ("Carla Reyes", "Pending")),
        ("guests deleted", ("Guests", "Deleted")),
        ("who App4Guest", ("App4Guest", "Ben Ortiz", "by package Invited users package", "until")),
        ("who app4", ("App4Guest", "Ben Ortiz")),
        ("status ben@fabrikam.com", ("Ben Ortiz", "has access until", "Invitation accepted")),
        ("why ben@fabrikam.com", ("Nothing stands in the way",)),
        ("why carla@northwindtraders.com", ("has not accepted the invitation", "Resend the invitation")),
        ("why nobody@nowhere-at-all.com", ("Nobody with this address", "Invite")),
        ("delivery ben@fabrikam.com", ("Delivery to ben@fabrikam.com",)),
        ('link "Invited users package"', ("/@contoso.onmicrosoft.com#/access-packages/",)),
        ("help", ("invite ana@fabrikam.com", "who App4Guest", "Invite a guest")),
        ("help cancel", ("End an open question",)),
        ("invte ana@x.com", ("Did you mean “invite”?",)),
        ("timeline ben@fabrikam.com", ("Ben Ortiz", "What happened")),
        ("status", ("Which guest?",)),
        ("who Nosuchapp", ("Which application",)),
        ("who App4Gest", ("Did you mean one of these?", "App4Guest")),
        ("who 'App4Guest'", ("App4Guest", "Ben Ortiz")),
        ("guest pending", ("Guests: pending", "Carla Reyes")),
        ("guests who are still pending", ("Guests: pending", "Carla Reyes")),
        ("guests purple", ("I do not know guests “purple”", "Pending", "Blocked")),
        ("packages partner", ("Access packages", "Partner project", "Request link")),
        ("packages purple", ("There is no access package “purple”",)),
        ("restore ben@fabrikam.com", ("Nothing to do", "Ben Ortiz's account is not deleted")),
        ("unblock ben@fabrikam.com", ("Nothing to do", "Ben Ortiz can sign in already")),
    ],
)
def test_a_question_is_answered(stage: Stage, sentence: str, words: tuple[str, ...]) -> None:
    stage.say("alex", sentence)

    stage.shown("alex", *words)


def test_help_shows_what_this_person_may_do_and_which_role_opens_the_rest(stage: Stage) -> None:
    stage.say("megan", "help")

    card = stage.shown("megan", "invite ana@fabrikam.com", "Needs:")

    assert "Identity Governance Administrator" in readable(stage.card("megan", card))


def test_every_package_that_can_be_requested_shows_its_link(stage: Stage) -> None:
    card = stage.ask("alex", "packages", "Access packages", "Partner project")

    assert stage.titles("alex", card) == ["Invite a guest", "Request link"] * 3


def test_a_guest_list_is_filtered_in_place(stage: Stage) -> None:
    stage.say("alex", "guests")
    card = stage.shown("alex", "Guests: all")

    stage.press(
        "alex",
        next(str(one["title"]) for one in actions(stage.card("alex", card)) if "Pending" in str(one["title"])),
        card=card,
    )

    assert stage.shown("alex", "Guests: pending", "Carla Reyes") == card


def test_reset_redemption_makes_the_guest_accept_anew_and_tells_them(stage: Stage) -> None:
    address = stage.fresh("reset")
    stage.say("alex", f"invite {address} to {PACKAGE}")
    until(lambda: stage.mails(address), what="the mail went out")
    stage.act(address, "redeem")
    stage.shown("alex", address, "waiting for the guest to open the link")

    stage.say("alex", f"reset {address}")

    stage.shown("alex", address, "waiting for the guest to accept the invitation")
    until(lambda: len(stage.mails(address)) == 2, what="the guest was told again")


def test_the_portal_is_followed_denial_and_removal_show_on_the_live_card(stage: Stage) -> None:
    denied, removed = stage.fresh("denied"), stage.fresh("removed")
    project = "99999999-9999-4999-8999-999999999992"
    stage.say("alex", f'invite {denied} to "Partner project"')
    card = stage.shown("alex", denied, "needs approval")
    stage.press("alex", "Invite, approval comes later", card=card)
    until(lambda: stage.mails(denied), what="the mail went out")
    stage.act(denied, "redeem", project)
    stage.act(denied, "request", project)
    stage.shown("alex", denied, "waiting for an approver")
    stage.act(denied, "deny", project, by="adele@contoso.com")
    stage.say("alex", f"assign {removed} to {PACKAGE}")
    stage.shown("alex", removed, "✔ Delivered")
    stage.act(removed, "remove")

    stage.shown("alex", denied, "Denied", "Asked by")
    stage.shown("alex", removed, "Ended", "Asked by")


def channel(stage: Stage, who: str, text: str, place: str = "channel") -> dict[str, Any]:
    """An activity that mentions the bot in a channel or group chat."""
    chat = {"conversationType": place, "tenantId": TENANT, "id": f"19:{place}@thread.tacv2", "isGroup": True}
    mention = {"type": "mention", "text": "<at>Usher</at>", "mentioned": {"id": BOT, "name": "Usher"}}
    data: dict[str, Any] = {"tenant": {"id": TENANT}}
    if place == "channel":
        data |= {"team": {"id": "19:team@thread.tacv2"}, "channel": {"id": chat["id"]}}
    return stage.activity(
        who, text=f"<at>Usher</at>\xa0{text}", conversation=chat, entities=[mention], channelData=data
    )


@pytest.mark.parametrize("place", ["channel", "groupChat"])
def test_in_public_the_bot_answers_what_is_nobodys_secret_and_opens_the_chat_for_the_rest(
    stage: Stage, place: str
) -> None:
    address = stage.fresh("public")
    public = f"19:{place}@thread.tacv2"
    stage.say("alex", "help")

    stage.post(channel(stage, "alex", "packages", place))
    stage.post(channel(stage, "alex", f"invite {address}", place))

    stage.shown("alex", address, "Justification")
    said = until(lambda: _public(stage, public, "1:1 chat"), what="one line in public says where the answer is")
    assert "Invited users package" in said
    assert address not in said


def _public(stage: Stage, conversation: str, words: str) -> str:
    chats = [chat for name, chat in stage.teams.chats.items() if name.startswith(conversation)]
    said = "\n".join(readable(one) + str(one.get("text", "")) for chat in chats for one in chat.values())
    return said if words in said else ""


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Stage]:
    """A stage of its own: Ana can be met for the first time only once."""
    with Server() as tenant, Teams() as teams:
        bot = Bot(tenant.url, tmp_path).start()
        yield Stage(tenant.url, teams, bot)
        bot.stop()


def test_a_guest_who_meets_the_bot_later_finds_the_waiting_card_once_and_follows_it(alone: Stage) -> None:
    stage = alone
    stage.say("alex", f"invite ana@fabrikam.com to {PACKAGE} in German")
    until(lambda: stage.mails("ana@fabrikam.com"), what="the mail went out")
    assert not stage.cards("ana")

    for _ in range(2):
        stage.post(stage.activity("ana", type="installationUpdate", action="add"))
    card = until(lambda: list(stage.cards("ana")), what="the waiting card")[0]
    stage.act("ana@fabrikam.com", "redeem")
    stage.act("ana@fabrikam.com", "request")

    until(lambda: "Meine Apps" in readable(stage.card("ana", card)), what="My Apps, in German, on the same card")
    assert len(stage.cards("ana")) == 1
    for sentence in ("status", "link", "apps"):
        stage.ask("ana", sentence, "Invited users package")


def test_an_unknown_person_and_a_foreign_tenant_get_nothing(stage: Stage) -> None:
    stranger = stage.activity("lee", text="guests")
    stranger["from"] = {"id": "29:1nobody", "name": "No Body", "aadObjectId": "00000000-0000-4000-8000-000000000009"}
    stranger["conversation"] = {**stranger["conversation"], "id": "a:1nobody"}
    foreign = stage.activity("alex", text="guests", channelData={"tenant": {"id": PEOPLE["lee"][0]}})

    stage.post(stranger)
    status, _ = stage.post(foreign)

    stage.teams.chats.setdefault("a:1nobody", {})
    until(lambda: stage.cards("nobody"), what="a plain answer")
    assert "I do not know you" in readable(next(iter(stage.cards("nobody").values())))
    assert status == 403
