"""Whom and where Usher meets is remembered, and forgotten when they go."""

from bot.domain.delivery import Reach
from tests.teams.channel import TENANT
from tests.teams.office import ALEX, BEN, LEE, Office

GROUP = {"conversation": {"conversationType": "groupChat", "tenantId": TENANT, "id": "19:group"}}


async def test_meeting_a_person_is_remembered_with_language_and_zone(office: Office) -> None:
    zone = {"type": "clientInfo", "timezone": "Europe/Berlin"}

    await office.say("help", locale="de-DE", entities=[zone])

    contact = await office.ledger.contact(ALEX)
    assert contact is not None
    assert (contact.teams_id, contact.locale, contact.time_zone) == ("29:1alex", "de-DE", "Europe/Berlin")
    assert contact.reach is Reach.OK


async def test_writing_again_ends_a_block(office: Office) -> None:
    await office.say("help")
    await office.ledger.set_reach(ALEX, Reach.BLOCKED.value, "ConversationBlockedByUser")
    office.room.contacts._written.clear()  # as if a minute had passed

    await office.say("help")

    contact = await office.ledger.contact(ALEX)
    assert contact is not None
    assert contact.reach is Reach.OK


async def test_writing_in_a_group_keeps_the_known_one_to_one_chat(office: Office) -> None:
    await office.say("help")

    await office.say("help", **GROUP)

    contact = await office.ledger.contact(ALEX)
    assert contact is not None
    assert contact.conversation is not None
    assert contact.conversation.id == "a:1alex"


async def test_installing_greets_once(office: Office) -> None:
    installed = office.activity(LEE, type="installationUpdate", action="add")

    await office.post(installed)
    await office.post(installed)
    await office.jobs.done()

    assert "Hello, I am Usher" in office.texts("a:1lee")[0]
    assert len(office.chat("a:1lee")) == 1


async def test_uninstalling_is_remembered(office: Office) -> None:
    await office.say("help", who=BEN)

    await office.post(office.activity(BEN, type="installationUpdate", action="remove"))

    contact = await office.ledger.contact(BEN)
    assert contact is not None
    assert contact.reach is Reach.NOT_INSTALLED


async def test_a_team_is_remembered_and_forgotten(office: Office) -> None:
    place = {
        "conversation": {"conversationType": "channel", "id": "19:general@thread.tacv2", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}, "team": {"id": "19:general@thread.tacv2"}},
    }

    await office.post(office.activity(ALEX, type="installationUpdate", action="add", **place))
    await office.jobs.done()
    teams = await office.ledger.teams()
    await office.post(office.activity(ALEX, type="installationUpdate", action="remove", **place))

    assert [(team.id, team.place.value) for team in teams] == [("19:general@thread.tacv2", "channel")]
    assert await office.ledger.teams() == ()
    assert office.connector.calls == []


async def test_a_team_shared_with_a_guest_is_found(office: Office) -> None:
    place = {
        "conversation": {"conversationType": "channel", "id": "19:general", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}, "team": {"id": "19:general"}},
    }
    await office.post(office.activity(ALEX, type="installationUpdate", action="add", **place))
    office.connector.refuse(200, {"id": "29:1ben", "aadObjectId": BEN})

    found = await office.room.messenger.shared_team(BEN)

    assert found is not None
    assert (found[0].id, found[1]) == ("19:general", "29:1ben")
    office.connector.refuse(404, {"error": {"code": "MemberNotFoundInConversation"}})
    assert await office.room.messenger.shared_team(LEE) is None
