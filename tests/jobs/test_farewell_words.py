"""What a sponsor is told of accounts that end, and what they can do about each from there."""

from datetime import UTC, datetime, timedelta

from bot.domain.belongings import Fate, FateKind
from bot.domain.farewells import Stage
from bot.domain.people import Person
from bot.jobs.farewell_sponsor import said
from bot.jobs.fates import Standing

NOW = datetime(2026, 12, 4, 16, tzinfo=UTC)


def of(name: str, stage: Stage) -> Standing:
    over = stage is Stage.BLOCKED
    person = Person(name, name.title(), f"{name}@fabrikam.com", is_guest=True, enabled=not over)
    return Standing(person, (), Fate(FateKind.BLOCKED, NOW + timedelta(days=-1 if over else 1), over), stage, None)


def titles(*told: Standing) -> list[str]:
    return [one.title for one in said(told, zone_name="UTC").presses]


def test_blocked_accounts_are_let_in_again_from_the_card() -> None:
    words = said([of("ana", Stage.BLOCKED), of("ben", Stage.BLOCKED)], zone_name="UTC")

    assert words.title == "2 accounts of your guests were blocked"
    assert "Extend" not in words.text
    assert [one.title for one in words.presses] == ["Unblock Ana", "Unblock Ben"]
    assert words.presses[0].data == {"address": "ana@fabrikam.com", "person": "ana"}


def test_what_ends_and_what_has_ended_each_have_their_way_on() -> None:
    words = said([of("ana", Stage.SOON), of("ben", Stage.BLOCKED)], zone_name="UTC")

    assert words.title == "2 accounts of your guests come to their end"
    assert "Extend the access of those who still need it" in words.text
    assert "Unblock those who still need to sign in" in words.text
    assert [one.title for one in words.presses] == ["Access that ends soon", "Unblock Ben"]


def test_of_many_blocked_accounts_the_card_stays_within_its_buttons() -> None:
    assert len(titles(of("ana", Stage.SOON), *(of(f"guest{number}", Stage.BLOCKED) for number in range(30)))) == 5
    assert titles(of("ana", Stage.SOON), of("ben", Stage.SOON)) == ["Access that ends soon"]
