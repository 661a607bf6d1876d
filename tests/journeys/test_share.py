"""The request link of a package reaches people by mail and, where they have met Usher, in Teams."""

from __future__ import annotations

import pytest

from tests.journeys.stage import PACKAGE, Stage, until

NAME = "Invited users package"


def share(stage: Stage, who: str, to: str, note: str = "") -> str:
    """Fill in and send the form; the activity id of its card."""
    before = set(stage.cards(who))
    stage.execute(who, {"verb": "package.share", "package": PACKAGE, "v": 1}, card="")
    form = stage.news(who, before, f"Share access package: {NAME}")
    stage.press(who, "Send", card=form, inputs={"to": to, "note": note})
    return form


def test_the_form_sends_mail_and_says_what_was_sent_to_whom(stage: Stage) -> None:
    address = stage.fresh("shared")

    card = share(stage, "alex", f"{address}, Megan Bowen", "Please *ask* soon <b>.")

    until(lambda: "2 of 2 people" in stage.words("alex", card), what="both are told")
    said = stage.words("alex", card)
    assert "Megan Bowen" in said
    assert "They have no chat with Usher" in said
    (mail,) = stage.mails(address)
    assert mail["subject"] == f"Alex Wilber shares “{NAME}” with you"
    assert PACKAGE in mail["body"]["content"]
    assert "Please *ask* soon &lt;b&gt;." in mail["body"]["content"]


def test_who_has_met_usher_gets_a_card_as_well(stage: Stage) -> None:
    stage.ask("ben", "help", "help")
    before = set(stage.cards("ben"))

    card = share(stage, "alex", "ben@fabrikam.com", "For the audit.")

    got = stage.news("ben", before, f"Alex Wilber shares “{NAME}” with you", "For the audit.")
    assert stage.titles("ben", got) == ["Open the request link"]
    until(lambda: "✔ Teams chat sent" in stage.words("alex", card), what="the sender reads so")


def test_a_sentence_does_without_the_form(stage: Stage) -> None:
    address = stage.fresh("shared")

    stage.say("alex", f'share "{NAME}" with {address}')

    stage.shown("alex", address, "1 of 1 people", seconds=30)
    assert len(stage.mails(address)) == 1


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("ana@", "is not an e-mail address"),
        ("Nobody Nowhere", "Nobody here is called"),
        ("Partner Readers", "is a group"),
        (", ;", "Say whom to share it with"),
        ("carla@fabrikam.com, Megan Bowen, <b>x</b>", "Nobody here is called “x”. Give the e-mail address."),
        ("ana@, Nobody Nowhere", "Nobody here is called “Nobody Nowhere”"),
        (", ".join(f"a{n}@fabrikam.com" for n in range(21)), "20 at most"),
    ],
)
def test_what_cannot_be_sent_stands_beside_the_field_and_nothing_is_lost(stage: Stage, to: str, said: str) -> None:
    form = share(stage, "alex", to, "Keep me.")

    until(lambda: said in stage.words("alex", form), what=said)
    assert "Keep me." in stage.words("alex", form)
    assert to in stage.words("alex", form)


def test_all_that_is_not_understood_is_named_at_once_and_nothing_else(stage: Stage) -> None:
    form = share(stage, "alex", "ana@, Megan Bowen, Nobody Nowhere, Partner Readers")

    wrong = ("ana@: This is not", "“Nobody Nowhere”", "“Partner Readers” is a group")
    until(lambda: all(one in stage.words("alex", form) for one in wrong), what="all three are named")
    assert "“Megan Bowen”" not in stage.words("alex", form)


def test_who_may_neither_invite_nor_build_shares_nothing(stage: Stage) -> None:
    address, before = stage.fresh("shared"), set(stage.cards("lee"))

    value = {"verb": "package.share.send", "package": PACKAGE, "to": address, "note": "", "v": 1}
    stage.execute("lee", value, card="")

    stage.news("lee", before, "You may not do that")
    assert stage.mails(address) == []


def test_a_mail_that_cannot_go_out_is_said(stage: Stage) -> None:
    address = stage.fresh("shared")
    stage.control("faults", {"rules": [{"method": "POST", "path": "/sendMail$", "status": 403}]})

    card = share(stage, "alex", address)

    until(lambda: "0 of 1 people" in stage.words("alex", card), what="nobody was reached")
    assert "✖ E-mail failed" in stage.words("alex", card)


def test_one_press_sends_one_mail_though_graph_cuts_the_connection(stage: Stage) -> None:
    address = stage.fresh("shared")
    stage.control("faults", {"rules": [{"method": "POST", "path": "/sendMail$", "dropAfterWrite": True, "times": 1}]})

    card = share(stage, "alex", address)

    until(lambda: "not known whether it arrived" in stage.words("alex", card), what="the doubt is told")
    assert len(stage.mails(address)) == 1


def opened(stage: Stage, who: str = "alex") -> str:
    """The form, empty."""
    before = set(stage.cards(who))
    stage.execute(who, {"verb": "package.share", "package": PACKAGE, "v": 1}, card="")
    return stage.news(who, before, f"Share access package: {NAME}")


def test_typed_addresses_fill_the_open_form_and_send_sends_it(stage: Stage) -> None:
    form, (one, other) = opened(stage), (stage.fresh("typed"), stage.fresh("typed"))

    stage.say("alex", one)
    until(lambda: one in stage.words("alex", form), what="the address is in the form")
    stage.say("alex", f"{other}; Megan Bowen")
    until(lambda: "Megan Bowen" in stage.words("alex", form), what="the others are, too")
    assert stage.mails(one) == []
    stage.say("alex", "send")

    until(lambda: "3 of 3 people" in stage.words("alex", form), what="all are told", seconds=30)
    assert len(stage.mails(one)) == len(stage.mails(other)) == 1


def test_cancel_ends_the_open_form_and_sends_nothing(stage: Stage) -> None:
    form, address = opened(stage), stage.fresh("typed")
    stage.say("alex", address)
    until(lambda: address in stage.words("alex", form), what="the address is in the form")

    stage.say("alex", "cancel")

    until(lambda: "Cancelled" in stage.words("alex", form), what="the form is gone")
    assert stage.mails(address) == []


def test_a_name_of_several_people_is_chosen_from_a_list(stage: Stage) -> None:
    for number in (1, 2):
        body = {
            "invitedUserEmailAddress": f"robin{number}@fabrikam.com",
            "invitedUserDisplayName": f"Robin Doe {number}",
            "inviteRedirectUrl": "https://myapps.microsoft.com",
            "sendInvitationMessage": False,
        }
        stage.graph("POST", "/invitations", body)
    known = "/users?$filter=startswith(displayName,'Robin')"
    until(lambda: len(stage.graph("GET", known)["value"]) == 2, what="both are known")
    form = share(stage, "alex", "Robin Doe, Megan Bowen", "Keep me.")
    until(lambda: "may be several people" in stage.words("alex", form), what="it asks who is meant")

    stage.press("alex", "Send", card=form, inputs={"to": "Robin Doe, Megan Bowen", "who": "robin2@fabrikam.com"})

    until(lambda: "2 of 2 people" in stage.words("alex", form), what="both are told", seconds=30)
    assert len(stage.mails("robin2@fabrikam.com")) == 1
    assert stage.mails("robin1@fabrikam.com") == []
