"""`audit` shows what one may see of the record, page by page, and costs Graph little."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot.domain.audit import Source
from tests.teams.channel import ALEX
from tests.teams.office import LEE, MEGAN, Office

PACKAGE = "99999999-9999-4999-8999-999999999991"
PARTNERS = "88888888-8888-4888-8888-888888888882"


async def wrote(office: Office, act: str, **other: Any) -> None:
    now = datetime.now(UTC)
    said = {"actor": ALEX, "target": "ana@fabrikam.com", "result": "done", "key": act, "at": now}
    await office.ledger.record(act=act, source=Source("1700000000042", "a:1alex"), **{**said, **other})


def words(office: Office, conversation: str = "a:1alex") -> str:
    """All text of the newest card."""
    return "\n".join(_texts(office.last(conversation)[1]))


def _texts(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for one in part for text in _texts(one)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if "text" in part else []
    return own + [text for one in part.values() for text in _texts(one)]


def titles(card: dict[str, Any]) -> list[str]:
    sets = [one for one in card["body"] if one["type"] == "ActionSet"]
    return [action["title"] for one in sets for action in one["actions"]]


async def test_a_guests_record_names_who_what_when_and_the_message(office: Office) -> None:
    await wrote(office, "invite", package=PACKAGE, detail="Invited users package")
    await wrote(office, "sponsor", actor=MEGAN, result="403")

    await office.say("audit ana@fabrikam.com")

    said = words(office)
    assert "✖\nMegan Bowen: sponsor · ana@fabrikam.com · 403" in said
    assert "✔\nAlex Wilber: invite · ana@fabrikam.com, Invited users package · done" in said
    assert "from message 1700000000042" in said
    assert "(UTC" in said
    assert titles(office.last()[1]) == ["As CSV"]


async def test_ten_entries_a_page_and_the_way_to_older_ones_in_place(office: Office) -> None:
    for number in range(23):
        await wrote(office, f"act {number:02}")
    await office.say("audit ana@fabrikam.com")
    card, content = office.last()
    assert titles(content) == ["Older", "As CSV"]
    assert "act 22" in words(office)
    assert "act 12" not in words(office)

    older = next(one for body in content["body"] if body["type"] == "ActionSet" for one in body["actions"])
    await office.press({**older["data"], "verb": older["verb"]}, card=card)

    shown = office.chat()[card]["attachments"][0]["content"]
    assert "act 12" in str(shown)
    assert "act 13" not in str(shown)
    assert titles(shown) == ["Older", "Newest", "As CSV"]


async def test_nothing_on_record_is_said(office: Office) -> None:
    await office.say("audit nobody@fabrikam.com 7d")

    assert "nobody@fabrikam.com, last 7 days" in words(office)
    assert "Nothing is on record here." in words(office)


async def test_somebody_without_a_role_sees_what_they_did_and_nothing_else(office: Office) -> None:
    await wrote(office, "invite")
    await wrote(office, "mine", actor=LEE)

    await office.say("audit me 7d", who=LEE)
    assert "Lee Gu: mine" in words(office, "a:1lee")
    assert "invite" not in words(office, "a:1lee")
    await office.say("audit ana@fabrikam.com", who=LEE)
    assert "You may not do that" in words(office, "a:1lee")
    for verb in ("audit.page", "audit.csv", "audit.file"):
        await office.press({"verb": verb, "about": "all", "name": "", "days": 0, "accepted": True}, who=LEE)
        assert "You may not do that" in words(office, "a:1lee")


async def test_a_role_in_one_catalog_shows_what_concerns_that_catalog(office: Office) -> None:
    await wrote(office, "invite", package=PACKAGE)
    await wrote(office, "rename", target=PARTNERS)
    async with lee_reading_partners(office):
        await office.say("audit 30d", who=LEE)
        said = words(office, "a:1lee")
        await office.say("audit ana@fabrikam.com", who=LEE)

    assert "rename" in said
    assert "Only what concerns your catalogs" in said
    assert "invite" not in said
    assert "Nothing is on record here." in words(office, "a:1lee")


@asynccontextmanager
async def lee_reading_partners(office: Office) -> AsyncIterator[None]:
    """Lee is a reader of one catalog, and of nothing any more afterwards: the tenant is everybody's."""
    await office.say('delegate catalog "Partners" reader lee@contoso.com')
    try:
        yield
    finally:
        taken = {"verb": "undelegate.yes", "catalog": PARTNERS, "role": "Catalog reader", "person": LEE}
        await office.press(taken)


async def test_a_package_that_is_gone_is_asked_for_by_its_name(office: Office) -> None:
    await wrote(office, "delete access package", target="gone", detail="Long gone")
    await wrote(office, "invite", package="gone")

    await office.say('audit "Long gone"')

    assert "Long gone (deleted)" in words(office)
    assert "invite" in words(office)


async def test_markdown_in_the_record_stays_text(office: Office) -> None:
    await wrote(office, "invite", detail="[x](http://evil.example) **b**")

    await office.say("audit ana@fabrikam.com")

    assert "\\[x\\](http" in words(office)
    assert "\\*\\*b" in words(office)


async def test_in_the_chat_a_file_is_offered_that_names_nothing_a_button_could_forge(office: Office) -> None:
    await wrote(office, "invite")

    await office.press({"verb": "audit.csv", "about": "guest", "name": "ana@fabrikam.com", "days": 7})

    offer = list(office.chat().values())[-1]["attachments"][0]
    assert offer["contentType"].endswith("file.consent")
    assert offer["name"] == "record.csv"
    assert offer["content"]["acceptContext"] == {
        "about": "guest", "name": "ana@fabrikam.com", "days": 7, "verb": "audit.file"
    }  # fmt: skip


async def test_a_page_of_the_record_costs_three_round_trips_at_most(office: Office, tenant_url: str) -> None:
    await wrote(office, "invite", package=PACKAGE, actor=MEGAN)
    await office.say("audit me")
    before = len(await trips(office, tenant_url))

    await office.say("audit ana@fabrikam.com 30d")

    asked = (await trips(office, tenant_url))[before:]
    assert "Megan Bowen: invite" in words(office)
    assert len(asked) <= 3, asked


async def trips(office: Office, tenant_url: str) -> list[str]:
    """Each exchange with Graph so far; a `$batch` is one."""
    async with office.http.get(f"{tenant_url}/_control/requests") as answer:
        told = await answer.json()
    return [one["url"] for one in told if not one.get("inBatch") and "/v1.0/" in one["url"]]
