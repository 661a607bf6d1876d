"""The delivery ladder: whichever way a guest can be reached is found, remembered, and written down."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.rough import PACKAGE, Rough, RoughTeams, guest_id
from tests.journeys.stage import PEOPLE, TENANT, Bot, Stage, http, readable, until

BEN = "ben@fabrikam.com"
APP = "22222222-2222-4222-8222-222222222222"
TEAM = "19:partners@thread.tacv2"


def tries(stage: Stage) -> str:
    """What the newest card of `delivery` says about Ben."""
    before = len(stage.cards("alex"))
    stage.say("alex", f"delivery {BEN}")
    until(lambda: len(stage.cards("alex")) > before, what="the delivery card")
    return readable(stage.card("alex", stage.shown("alex", f"Delivery to {BEN}")))


def resend(stage: Stage) -> None:
    """Ben is told again, and the mail of it went out."""
    before = len(stage.mails(BEN))
    stage.say("alex", f"resend {BEN}")
    until(lambda: len(stage.mails(BEN)) > before, what="the mail went out")


def meet(stage: Stage) -> None:
    """Ben writes to Usher, so a 1:1 chat exists and nothing stands in its way."""
    before = len(stage.cards("ben"))
    stage.say("ben", "help")
    until(lambda: len(stage.cards("ben")) > before, what="Ben is answered")


def posts(stage: Stage, conversation: str) -> int:
    return sum(method == "POST" and f"/{conversation}/" in path for method, path, _ in stage.teams.calls)


def test_a_guest_with_a_chat_gets_the_card_there_and_the_mail_once_each(rough: Stage) -> None:
    meet(rough)
    before = posts(rough, "a:1ben")

    resend(rough)

    rough.shown("ben", "Your access at Contoso")
    assert posts(rough, "a:1ben") == before + 1
    said = until(lambda: [one for one in [tries(rough)] if "✔ E-mail: sent" in one], what="the mail is sent")[0]
    assert "✔ Teams chat: sent" in said
    assert "UTC" in said


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (403, "ConversationBlockedByUser"),
        (403, "BotNotInConversationRoster"),
        (403, "MessageWritesBlocked"),
        (403, "BotDisabledByAdmin"),
    ],
)
def test_a_refusal_is_remembered_skipped_next_time_and_forgotten_when_they_write(
    rough: Stage, weather: RoughTeams, status: int, code: str
) -> None:
    meet(rough)
    weather.faults.append(Rough(status=status, code=code, method="POST", chat="a:1ben", times=100))
    resend(rough)
    assert code in tries(rough)

    refused = 100 - weather.faults[0].times
    resend(rough)
    skipped = 100 - weather.faults[0].times
    weather.faults.clear()
    meet(rough)
    before = posts(rough, "a:1ben")
    resend(rough)

    assert refused >= 1
    assert skipped == refused
    assert "○ Teams chat: skipped" in tries(rough)
    assert posts(rough, "a:1ben") == before + 1


def test_a_guest_who_blocked_usher_is_mentioned_in_a_team_they_share(rough: Stage, weather: RoughTeams) -> None:
    meet(rough)
    team = {"conversationType": "channel", "tenantId": TENANT, "id": TEAM}
    added = rough.activity(
        "alex",
        type="installationUpdate",
        action="add",
        conversation=team,
        channelData={"tenant": {"id": TENANT}, "team": {"id": TEAM}},
    )
    assert rough.post(added)[0] < 300
    weather.members[TEAM] = {PEOPLE["ben"][0]}
    weather.faults.append(Rough(status=403, code="ConversationBlockedByUser", chat="a:1ben", times=100))

    resend(rough)

    posted = until(lambda: list(weather.chats.get(TEAM, {}).values()), what="a line in the team")
    assert len(posted) == 1
    assert "<at>Ben Ortiz</at>" in posted[0]["text"]
    assert "access-packages" not in str(posted)
    assert BEN not in str(posted)
    assert posted[0]["entities"][0]["mentioned"]["id"] == f"29:{PEOPLE['ben'][0]}"
    said = tries(rough)
    assert "✖ Teams chat: failed" in said
    assert "✔ Mention in a team: sent" in said
    removed = {**added, "id": "removed", "action": "remove"}
    assert rough.post(removed)[0] < 300


def _settled(stage: Stage, address: str) -> str:
    """What `delivery` says once nothing is on its way any more: a card stands in the chat before its receipt is kept."""

    def asked() -> str:
        log = stage.words("alex", stage.ask("alex", f"delivery {address}", address))
        return "" if "being sent" in log else log

    return str(until(asked, what="every try has its outcome"))


def test_a_missing_mailbox_puts_link_and_text_into_the_inviters_hands(rough: Stage) -> None:
    address = rough.fresh("nomail")
    rough.control("options", {"mailbox": False})

    try:
        rough.say("alex", f"invite {address} to {PACKAGE}")
        card = rough.shown("alex", f"Please pass this on to {address}")
    finally:
        rough.control("options", {"mailbox": True})

    said = readable(rough.card("alex", card))
    assert "#/access-packages/" in said
    assert rough.mails(address) == []
    log = _settled(rough, address)
    assert "✖ E-mail: failed" in log
    assert "✔ Card to the inviter: sent" in log


class Unsimulated(Bot):
    """The product as an operator runs it: no --sandbox, every setting named, callers must prove who they are."""

    ARGUMENTS = ()


class Signed(Stage):
    """What is posted carries the channel's token."""

    def post(self, activity: dict[str, Any]) -> tuple[int, Any]:
        claims = {"aud": APP, "serviceurl": activity["serviceUrl"]}
        token = http("POST", f"{self.tenant_url}/_control/botframework/token", claims)[1]["token"]
        headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
        request = urllib.request.Request(f"{self.bot.url}/api/messages", json.dumps(activity).encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, None


@pytest.fixture
def without_mail(rough: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    url = rough.tenant_url
    env = {
        "MicrosoftAppId": APP,
        "MicrosoftAppPassword": "secret",
        "MicrosoftAppTenantId": TENANT,
        "LOGIN_URL": url,
        "MYACCESS_URL": f"{url}/myaccess",
        "BOT_OPENID_METADATA_URL": f"{url}/_control/botframework/openid",
        "USHER_SERVICE_HOSTS": "127.0.0.1",
    }
    bot = Unsimulated(url, tmp_path_factory.mktemp("without-mail"), env).start()
    yield Signed(url, rough.teams, bot)
    bot.stop()


def test_with_mail_switched_off_the_inviter_passes_the_link_on(without_mail: Stage) -> None:
    stage, address = without_mail, without_mail.fresh("off")

    stage.say("megan", f"invite {address} to {PACKAGE}")
    card = stage.shown("megan", f"Please pass this on to {address}")

    assert "#/access-packages/" in readable(stage.card("megan", card))
    assert stage.mails(address) == []
    stage.say("megan", f"delivery {address}")
    log = readable(stage.card("megan", stage.shown("megan", f"Delivery to {address}")))
    assert "○ E-mail: skipped" in log
    assert "USHER_MAIL_FROM" in log


def test_a_guest_who_opens_the_chat_later_finds_the_card_that_waited_once(rough: Stage) -> None:
    address = "ana@fabrikam.com"
    rough.say("alex", f"invite {address} to {PACKAGE}")
    rough.shown("alex", address, "Copy link", "✔ E-mail sent")
    assert guest_id(rough, address) == PEOPLE["ana"][0]

    for _ in range(2):
        assert rough.post(rough.activity("ana", type="installationUpdate", action="add"))[0] < 300
    rough.shown("ana", "Invited users package")

    assert sum("Invited users package" in readable(one) for one in rough.cards("ana").values()) == 1
