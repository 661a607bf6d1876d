"""Whatever is changed about catalogs, partners and settings is in the audit trail, under the id of what was changed."""

from bot.domain.audit import AuditEntry
from tests.teams.channel import TENANT
from tests.teams.office import ALEX, LEE, Office

PARTNERS = "88888888-8888-4888-8888-888888888882"


async def trail(office: Office, target: str) -> list[tuple[str, str]]:
    """What was done to it and with what result, oldest first; by Alex."""
    lines: tuple[AuditEntry, ...] = await office.ledger.trail(target, limit=50)
    assert {line.actor for line in lines} <= {ALEX}
    return [(line.act, line.result) for line in reversed(lines)]


async def test_changes_of_a_catalog_stand_under_its_id(office: Office) -> None:
    await office.say('delegate catalog "Partners" reader lee@contoso.com')
    await office.press({"verb": "undelegate.yes", "catalog": PARTNERS, "role": "Catalog reader", "person": LEE})
    await office.press({"verb": "catalog.internal.yes", "catalog": PARTNERS})
    await office.say('catalog external "Partners"')
    await office.say('catalog rename "Partners" to "Allies"')
    await office.say('catalog rename "Allies" to "Partners"')

    acts = ["delegate", "undelegate", "internal catalog", "external catalog", "rename catalog", "rename catalog"]
    assert await trail(office, PARTNERS) == [(act, result) for act in acts for result in ("started", "done")]


async def test_a_new_catalog_stands_under_the_id_it_got(office: Office) -> None:
    await office.say('catalog new "On record"')
    made = {one.name: one.id for one in await office.deps.catalogs.catalogs()}["On record"]
    await office.say('catalog delete "On record" confirm:"On record"')

    acts = [("create catalog", "done"), ("delete catalog", "started"), ("delete catalog", "done")]
    assert await trail(office, made) == acts


async def test_settings_stand_under_the_tenants_id_and_a_question_leaves_no_line(office: Office) -> None:
    await office.say("settings guests block")
    asked = await trail(office, TENANT)
    await office.press({"verb": "settings.guests.yes", "ending": "block", "days": "30"})
    await office.press({"verb": "settings.guests.yes", "ending": "block-and-delete", "days": "30"})

    assert asked == []
    assert await trail(office, TENANT) == [("settings guests", "started"), ("settings guests", "done")] * 2


async def test_each_line_names_the_message_and_the_chat_it_came_from(office: Office) -> None:
    await office.say('catalog rename "Partners" to "Allies"', id="1700000000900")
    await office.say('catalog rename "Allies" to "Partners"', id="1700000000901")

    lines = await office.ledger.trail(PARTNERS, limit=4)
    assert [(line.message, line.conversation) for line in lines] == [
        *[("1700000000901", "a:1alex")] * 2,
        *[("1700000000900", "a:1alex")] * 2,
    ]


async def test_what_entra_refuses_is_on_record_with_the_reason(office: Office, tenant_url: str) -> None:
    await office.say('catalog new "Not empty"')
    made = {one.name: one.id for one in await office.deps.catalogs.catalogs()}["Not empty"]
    rule = {"method": "PATCH", "path": "/catalogs/", "status": 400, "times": 1}
    async with office.http.post(f"{tenant_url}/_control/faults", json={"rules": [rule]}) as answer:
        assert answer.status == 200
    await office.say('catalog rename "Not empty" to "Refused"')

    newest = (await office.ledger.trail(made, limit=1))[0]
    assert (newest.act, newest.result) == ("rename catalog", "refused")
    assert newest.detail.startswith("Not empty → Refused: ")
