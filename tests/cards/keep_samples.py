"""A guest's question to keep an access, as the guest sees it and as those who decide do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.extension_asks import Asked, ExtensionAsk, ask_id
from bot.domain.outcomes import ExtensionAsked, KeepAccess, KeepWay
from cards import extension_asked, keep_access
from tests.cards.sample import Sample

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
END = NOW + timedelta(days=3)
QUESTION = ExtensionAsk(
    id=ask_id("a1", END),
    assignment_id="a1",
    person_id="55555555-5555-4555-8555-555555555551",
    person_name="Ana Silva",
    address="ana@fabrikam.com",
    package_id="99999999-9999-4999-8999-999999999991",
    package_name="Invited users package",
    ends_at=END,
    latest=NOW + timedelta(days=14),
    days=11,
    asked=(Asked("1", "Megan Bowen", "megan@contoso.com"), Asked("2", "Lee Gu")),
    asked_at=NOW,
    reason="The audit goes on.\nUntil *Friday*.",
)
EXTENDED = QUESTION.extended("1", "Megan Bowen", END + timedelta(days=11), NOW)
LET_END = QUESTION.let_end("2", "Lee Gu", NOW)
KEEP = KeepAccess(
    KeepWay.OPEN,
    QUESTION.package_id,
    QUESTION.package_name,
    END,
    "Contoso",
    "Ana Silva",
    whom=("Megan Bowen", "Lee Gu"),
)
WAYS = {
    "open": KEEP,
    "nobody": replace(KEEP, whom=()),
    "own": replace(KEEP, way=KeepWay.OWN, link="https://myaccess.microsoft.com/@contoso.onmicrosoft.com"),
    "own-here": replace(
        KEEP,
        way=KeepWay.OWN,
        link="https://myaccess.microsoft.com/@contoso.onmicrosoft.com",
        new_end=EXTENDED.new_end,
        presses=True,
    ),
    "at-most": replace(KEEP, way=KeepWay.AT_MOST),
    "asked": replace(KEEP, way=KeepWay.ASKED, asked_at=NOW, ask_id=QUESTION.id),
    "extended": replace(KEEP, way=KeepWay.EXTENDED, by="Megan Bowen", new_end=EXTENDED.new_end),
    "ending": replace(KEEP, way=KeepWay.ENDING, by="Lee Gu"),
}
ASKED = {"asked": QUESTION, "extended": EXTENDED, "ending": LET_END}
SAMPLES = {f"keep-{name}": Sample(keep_access.card, keep_access.text, one) for name, one in WAYS.items()} | {
    f"extension-asked-{name}": Sample(extension_asked.card, extension_asked.text, ExtensionAsked(one, "Europe/Berlin"))
    for name, one in ASKED.items()
}
