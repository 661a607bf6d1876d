"""Guest and sponsor are told before an account goes, and once it was blocked: each once, whoever restarts."""

from __future__ import annotations

from tests.journeys.stage import Stage, readable, until
from tests.journeys.test_keep_access import end, guest, said

NAMED = '"Invited users package"'


def governed(stage: Stage, days: int = 14, *, language: str = "") -> str:
    """A guest whom Alex sponsors and Entra governs, with access for so many days."""
    address = stage.fresh("farewell")
    stage.say("alex", f"assign {address} to {NAMED} for {days} days {language}")
    stage.shown("alex", address, "✔ Delivered", "ends with the last package", seconds=40)
    return address


def advance(stage: Stage, length: str) -> None:
    stage.control("clock", {"advance": length})


def mails(stage: Stage, address: str) -> list[str]:
    """What the guest was told of their account by mail, in order, by itself or with the notice that access ends."""
    found = [str(one["body"]["content"]) for one in stage.mails(address)]
    return [one for one in found if "the account is" in one or "wird das Konto" in one or "das Konto ist" in one]


def cards(stage: Stage, who: str, address: str, words: str) -> list[str]:
    """Cards of a sponsor that name this guest and hold these words."""
    shown = [readable(one) for one in stage.cards(who).values()]
    return [one for one in shown if f"({address})" in one and words in one]


def test_a_governed_account_is_announced_to_guest_and_sponsor_once_over_a_kill(stage: Stage) -> None:
    address = governed(stage)
    day = said(end(stage, address))
    soon = f"The last access ends on {day}. Entra blocks the account on that day"
    over = f"The last access ended on {day}. Entra blocked the account then"
    assert mails(stage, address) == []

    advance(stage, "P11D")
    until(lambda: len(mails(stage, address)) == 1, seconds=40, what="the guest is told")
    until(lambda: len(cards(stage, "alex", address, soon)) == 1, seconds=40, what="the sponsor is told")
    stage.bot.kill()
    stage.bot.start()
    assert "the account is then blocked, and deleted on" in mails(stage, address)[0]
    assert not [one for one in stage.mails(address) if one["subject"].startswith("Your guest account")]
    assert len([one for one in stage.mails(address) if "ends in 3 days" in one["subject"]]) == 1

    advance(stage, "P4D")
    until(lambda: len(mails(stage, address)) == 2, seconds=40, what="the guest is told that it is blocked")
    until(lambda: len(cards(stage, "alex", address, over)) == 1, seconds=40, what="the sponsor, too")
    assert "will be deleted on" in mails(stage, address)[1]
    assert not stage.user(address)["accountEnabled"]

    advance(stage, "P2D")
    other = governed(stage)
    advance(stage, "P11D")
    until(lambda: len(mails(stage, other)) == 1, seconds=40, what="later rounds have been made")
    assert len(mails(stage, address)) == 2
    assert len(cards(stage, "alex", address, soon)) == 1
    assert len(cards(stage, "alex", address, over)) == 1


def test_an_ungoverned_account_stays_and_only_the_sponsor_is_told_with_the_way_to_remove_it(stage: Stage) -> None:
    address = guest(stage, "lee", days=20)

    advance(stage, "P16D")

    card = stage.shown("lee", address, "and the account stays", "nothing happens to it by itself", seconds=40)
    assert {"Remove the account…", "Extend…"} <= set(stage.titles("lee", card))
    assert mails(stage, address) == []


def test_guests_of_one_sponsor_come_on_one_card(stage: Stage) -> None:
    addresses = [guest(stage, "megan", days=20) for _ in range(3)]

    advance(stage, "P16D")

    until(lambda: cards(stage, "megan", addresses[0], "accounts of your guests"), seconds=40, what="one card for all")
    told = [
        one for one in stage.cards("megan").values() if any(f"({address})" in readable(one) for address in addresses)
    ]
    assert len(told) < len(addresses)


def test_an_extension_takes_the_warning_back_and_the_new_end_has_its_own(stage: Stage) -> None:
    address = governed(stage, language="language de")
    advance(stage, "P11D")
    until(lambda: len(mails(stage, address)) == 1, seconds=40, what="the guest is told")
    assert "wird das Konto gesperrt und am" in mails(stage, address)[0]

    stage.ask("alex", f"extend {address} by 10 days", "Extended:", seconds=30)
    advance(stage, "P4D")
    advance(stage, "P4D")

    until(lambda: len(mails(stage, address)) == 2, seconds=40, what="the new end is announced")
    assert "gesperrt und am" in mails(stage, address)[1]
    assert stage.user(address)["accountEnabled"]


def test_access_that_is_taken_back_ends_the_account_and_that_is_told(stage: Stage) -> None:
    address = governed(stage)
    stage.act(address, "remove")
    until(lambda: not stage.user(address)["accountEnabled"], what="Entra blocks the account")

    until(lambda: len(mails(stage, address)) == 1, seconds=40, what="the guest is told")
    card = stage.shown("alex", address, "was blocked", "deletes it on", seconds=40)

    assert {"Unblock", "Remove the account…"} <= set(stage.titles("alex", card))


def test_why_and_status_say_what_becomes_of_the_account(stage: Stage) -> None:
    address = governed(stage)

    stage.ask("alex", f"why {address}", "Entra blocks the account on that day and deletes it on")
    stage.ask("alex", f"status {address}", "Entra deletes the account")
