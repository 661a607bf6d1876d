"""What an admin can ask, in the words people type: state, diagnosis, lists, proof, and the way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox import Server
from tests.journeys.stage import PACKAGE, Bot, Stage, Teams, actions, until

NAMED = '"Invited users package"'


def delivered(stage: Stage, days: int = 14) -> str:
    """The address of a guest who just got the package for so many days."""
    address = stage.fresh("asked")
    stage.say("alex", f"assign {address} to {NAMED} for {days} days")
    stage.shown("alex", address, "✔ Delivered", seconds=30)
    return address


def test_status_tells_the_timeline_over_all_packages(stage: Stage) -> None:
    card = stage.ask("alex", "status ben@fabrikam.com", "ben@fabrikam.com")

    assert "Invited users package" in stage.words("alex", card)
    assert {"Why?", "Delivery"} <= set(stage.titles("alex", card))


def test_status_of_somebody_unknown_offers_to_invite_them(stage: Stage) -> None:
    address = stage.fresh("nobody")

    card = stage.ask("alex", f"status {address}", "not in this organisation")
    stage.press("alex", "Invite", card=card)

    stage.shown("alex", address, "Justification")


@pytest.mark.parametrize(
    ("address", "said", "button"),
    [
        ("noone@fabrikam.com", "Nobody with this address", "Invite"),
        ("carla@northwindtraders.com", "has not accepted the invitation", "Reset redemption"),
        ("megan@contoso.com", "is a member of the organisation", ""),
        ("ben@fabrikam.com", "the guest has access", ""),
    ],
)
def test_why_names_what_stands_in_the_way_with_its_button(stage: Stage, address: str, said: str, button: str) -> None:
    card = stage.ask("alex", f"why {address}", address, said)

    assert not button or button in stage.titles("alex", card)


def test_why_says_that_the_guest_has_not_asked_yet_and_assigns_at_the_press_of_a_button(stage: Stage) -> None:
    address = stage.fresh("bare")
    stage.say("alex", f"invite {address} to {NAMED}")
    until(lambda: stage.mails(address), what="the mail went out")
    card = stage.ask("alex", f"why {address}", address, "has not requested")

    stage.press("alex", "Assign now", card=card)

    until(lambda: stage.held(address) == ["delivered"], what="the guest has access")


def test_why_follows_the_guest_to_the_access(stage: Stage) -> None:
    address = delivered(stage)

    before = stage.ask("alex", f"why {address}", "has not accepted the invitation")
    stage.act(address, "redeem")
    after = stage.ask("alex", f"why {address}", "the guest has access")

    assert stage.words("alex", before) != stage.words("alex", after)


def test_packages_are_listed_with_who_can_ask_and_their_links(stage: Stage) -> None:
    card = stage.ask("alex", "packages", "Access packages")

    said = stage.words("alex", card)
    for expected in ("Guests can ask, no approval", "Guests can ask, with approval", "Hidden", "Catalog: Partners"):
        assert expected in said
    assert f"#/access-packages/{PACKAGE}" in str(stage.card("alex", card))


def test_packages_can_be_narrowed_by_a_word(stage: Stage) -> None:
    card = stage.ask("alex", "packages partner", "Access packages")

    assert "Partner project" in stage.words("alex", card)
    assert "Staff handbook" not in stage.words("alex", card)


def test_guests_are_filtered_by_words_and_by_the_cards_own_buttons(stage: Stage) -> None:
    stage.fresh()
    card = stage.ask("alex", "guests accepted", "Guests: accepted")
    assert "ben@fabrikam.com" in stage.words("alex", card)

    pending = next(one for one in stage.titles("alex", card) if one.startswith("Pending"))
    stage.press("alex", pending, card=card)

    until(lambda: "Guests: pending" in stage.words("alex", card), what="the same card shows the other state")


def test_who_proves_how_and_until_when_a_guest_is_assigned(stage: Stage) -> None:
    address = delivered(stage, days=5)

    card = stage.ask("alex", "who App4Guest", "App4Guest", address)

    line = next(one for one in stage.words("alex", card).split("\n") if address in one)
    assert line
    assert "by package Invited users package" in stage.words("alex", card)
    assert "until" in stage.words("alex", card)


@pytest.mark.parametrize("typed", ["who app4guest", "who App4", 'who "App4Guest"?', "who has access to App4Guest?"])
def test_who_understands_an_application_as_people_write_it(stage: Stage, typed: str) -> None:
    stage.ask("alex", typed, "App4Guest", "assigned")


def test_who_says_when_no_application_fits(stage: Stage) -> None:
    stage.ask("alex", "who Nothing4Nobody", "No application here")


def test_delivery_lists_every_try_with_its_outcome(stage: Stage) -> None:
    address = stage.fresh("tries")
    stage.say("alex", f"invite {address} to {NAMED}")
    until(lambda: stage.mails(address), what="the mail went out")
    stage.ask("alex", f"resend {address}", address)
    until(lambda: len(stage.mails(address)) == 2, what="a second mail")

    def told_twice() -> bool:
        card = stage.ask("alex", f"delivery {address}", address)
        return stage.words("alex", card).count("sent") >= 2

    until(told_twice, what="both tries are listed as sent")


def test_the_button_of_the_delivery_card_sends_once_more(stage: Stage) -> None:
    address = stage.fresh("tries")
    stage.say("alex", f"invite {address} to {NAMED}")
    until(lambda: stage.mails(address), what="the mail went out")
    card = stage.ask("alex", f"delivery {address}", address)

    stage.press("alex", "Resend", card=card)

    until(lambda: len(stage.mails(address)) == 2, what="a second mail")


def test_resend_to_nobody_offers_to_invite(stage: Stage) -> None:
    card = stage.ask("alex", f"resend {stage.fresh('nobody')}", "not in this organisation")

    assert "Invite" in stage.titles("alex", card)


def test_revoke_of_nothing_says_so(stage: Stage) -> None:
    stage.ask("alex", "revoke carla2@northwindtraders.com", "Nothing to revoke")


def test_revoke_can_be_declined(stage: Stage) -> None:
    address = delivered(stage)
    question = stage.ask("alex", f"revoke {address}", "Yes, revoke")

    stage.press("alex", "No, keep it", card=question)

    until(lambda: "Nothing was changed" in stage.words("alex", question), what="the question is answered")
    assert stage.held(address) == ["delivered"]


def test_link_gives_the_full_link_with_the_tenant_in_it(stage: Stage) -> None:
    card = stage.ask("alex", "link invited users package", "Request link")

    assert f"@contoso.onmicrosoft.com#/access-packages/{PACKAGE}" in stage.words("alex", card)


def test_copy_link_uncovers_link_and_words_on_the_live_card_itself(stage: Stage) -> None:
    address = stage.fresh("copy")
    stage.say("alex", f"invite {address} to {NAMED}")
    live = stage.shown("alex", address, "Copy link")

    button = next(one for one in actions(stage.card("alex", live)) if one.get("title") == "Copy link")

    assert button["type"] == "Action.ToggleVisibility"
    assert f"@contoso.onmicrosoft.com#/access-packages/{PACKAGE}" in stage.words("alex", live)


def test_the_live_cards_why_answers_beside_it(stage: Stage) -> None:
    address = delivered(stage)
    live = stage.shown("alex", address, "✔ Delivered")
    before = set(stage.cards("alex"))

    stage.press("alex", "Why?", card=live)

    stage.news("alex", before, address, "has not accepted the invitation")


def test_cancel_without_a_question_says_that_none_is_open(stage: Stage) -> None:
    stage.ask("lee", "cancel", "Nothing to cancel")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("invte x@y.com", "invite"), ("pakages", "packages"), ("stauts a@b.com", "status"), ("asign", "assign")],
)
def test_a_slip_in_the_verb_is_asked_back(stage: Stage, typed: str, meant: str) -> None:
    card = stage.ask("alex", typed, f"Did you mean “{meant}”?")

    assert f"Help on {meant}" in stage.titles("alex", card)


@pytest.mark.parametrize("typed", ["hi", "Hello!", "HELP", "hilfe", "?", "/help"])
def test_a_greeting_brings_help(stage: Stage, typed: str) -> None:
    stage.ask("alex", typed, "What Usher does for you, Alex Wilber")


@pytest.mark.parametrize(
    ("who", "open_", "closed"),
    [
        ("alex", ["invite ana@", "assign ana@", "unblock"], []),
        ("megan", ["invite ana@", "resend", "guests"], ["assign ana@", "unblock"]),
        ("adele", ["assign ana@", "status"], ["unblock"]),
        ("lee", ["help", "apps"], ["invite ana@", "assign ana@"]),
    ],
)
def test_help_lists_what_this_person_may_do(stage: Stage, who: str, open_: list[str], closed: list[str]) -> None:
    card = stage.ask(who, "help", "What Usher does for you")

    may, _, may_not = stage.words(who, card).partition("Not open to you")
    assert all(word in may for word in open_), may
    assert all(word in may_not for word in closed), may_not


@pytest.mark.parametrize("typed", ["stale", "audit me 7d", "help revoke"])
def test_a_guest_who_types_what_is_not_for_guests_is_told_so(stage: Stage, typed: str) -> None:
    command = typed.removeprefix("help ").split()[0]

    stage.ask("ben", typed, f"“{command}” is for members of the organisation", "status")


@pytest.mark.parametrize(
    "sentence",
    [
        "invite for 14 days {address} to {package}",
        'INVITE to {package} because "audit" {address} for two weeks sponsor megan@contoso.com',
        "add {address} package: invited users package days:14",
        'invite {address} reason "audit" into {package} for 2w',
        "invite please the guest {address} to {package} for 14d",
        'invite {address} to {package} for 14 days becuse "audit"',
    ],
)
def test_words_in_any_order_and_in_other_words_mean_the_same(stage: Stage, sentence: str) -> None:
    address = stage.fresh("order")

    stage.say("alex", sentence.format(address=address, package=NAMED))

    stage.shown("alex", address, "Copy link", "Invited users package", "14 days")


def test_a_near_miss_in_the_packages_name_is_asked_back_on_the_form(stage: Stage) -> None:
    address = stage.fresh("near")

    card = stage.ask("alex", f'invite {address} to "Invited user pakage"', address, "Did you mean")

    assert "Invited users package" in stage.words("alex", card)
    assert not [one for one in stage.state()["invitations"] if one["invitedUserEmailAddress"] == address]


def test_twenty_one_addresses_are_refused_and_nobody_is_invited(stage: Stage) -> None:
    many = [stage.fresh("many") for _ in range(21)]

    stage.ask("alex", f"invite {', '.join(many)} to {NAMED}", "At most 20 addresses at once")

    assert not [one for one in stage.state()["invitations"] if one["invitedUserEmailAddress"] in many]


def test_assigning_what_was_sent_as_a_link_gives_access_and_writes_no_second_mail(stage: Stage) -> None:
    address = stage.fresh("turned")
    stage.say("alex", f"invite {address} to {NAMED}")
    until(lambda: stage.mails(address), what="the mail went out")

    stage.say("alex", f"assign {address} to {NAMED} for 3 days")

    stage.shown("alex", address, "✔ Delivered", "(in 3 days)", seconds=30)
    assert stage.held(address) == ["delivered"]
    assert len(stage.mails(address)) == 1


def test_assigning_in_the_middle_of_the_invite_loses_nothing(stage: Stage) -> None:
    address = stage.fresh("turned")
    stage.say("alex", f"invite {address} to {NAMED}")
    stage.shown("alex", address)

    stage.say("alex", f"assign {address} to {NAMED} for 3 days")

    stage.shown("alex", address, "✔ Delivered", seconds=30)
    assert sum(one["invitedUserEmailAddress"] == address for one in stage.state()["invitations"]) == 1


@pytest.fixture
def untouched(teams: Teams, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A tenant and a bot of its own: elsewhere another journey may have added the policy."""
    with Server() as tenant:
        bot = Bot(tenant.url, tmp_path_factory.mktemp("untouched")).start()
        yield Stage(tenant.url, teams, bot)
        bot.stop()


def test_assigning_over_a_sent_link_still_asks_before_a_policy_is_added(untouched: Stage) -> None:
    address = untouched.fresh("turned")
    untouched.say("alex", f'invite {address} to "Partner project"')
    question = untouched.shown("alex", address, "needs approval")
    untouched.press("alex", "Invite, approval comes later", card=question)
    until(lambda: untouched.mails(address), what="the mail went out")

    untouched.ask("alex", f'assign {address} to "Partner project"', "direct assignment without approval")

    assert untouched.held(address) == []
