"""Journeys of an invite, from the sentence to the delivered access."""

from concurrent.futures import ThreadPoolExecutor

from tests.journeys.stage import PACKAGE, Stage, readable, until

SENTENCE = '"Invited users package" for 14 days because "audit"'


def test_one_sentence_brings_a_guest_from_nothing_to_delivered_on_one_live_card(stage: Stage) -> None:
    address = stage.fresh()

    stage.say("alex", f"invite {address} to {SENTENCE} sponsor megan@contoso.com")
    card = stage.shown("alex", address, "Copy link")
    until(lambda: stage.mails(address), what="the mail went out")
    stage.act(address, "redeem")
    stage.act(address, "request")
    delivered = stage.shown("alex", address, "✔ Delivered", seconds=30)

    assert delivered == card
    guests = [one for one in stage.state()["users"] if one.get("mail") == address]
    assert len(guests) == 1
    assert len(stage.mails(address)) == 1
    assert f"#/access-packages/{PACKAGE}" in stage.mails(address)[0]["body"]["content"]
    assert sum(address in readable(one) for one in stage.cards("alex").values()) == 1


def test_the_straight_invite_costs_at_most_six_round_trips_polls_aside(stage: Stage) -> None:
    address = stage.fresh()
    stage.say("alex", "packages")
    stage.shown("alex", "Invited users package")
    before = len(stage.requests())

    stage.say("alex", f"invite {address} to {SENTENCE}")
    until(lambda: stage.mails(address), what="the mail went out")

    made = [one for one in stage.requests()[before:] if not one.get("inBatch") and "/v1.0/" in one["url"]]
    polls = [one for one in made if one["method"] == "GET" or _is_look(one)]
    trips = [one for one in made if one not in polls]
    assert 1 <= len(trips) <= 6, [(one["method"], one["url"]) for one in made]


def _is_look(exchange: dict) -> bool:
    """A sweep's batch only reads assignments and requests."""
    inner = (exchange.get("requestBody") or {}).get("requests", [])
    return bool(inner) and all("/assignment" in one["url"] or one["url"].startswith("/users/") for one in inner)


def test_a_bare_invite_opens_one_prefilled_form_and_its_button_makes_it_the_live_card(stage: Stage) -> None:
    address = stage.fresh()

    stage.say("alex", f"invite {address}")
    form = stage.shown("alex", address, "Invite a guest")
    stage.press(
        "alex",
        "Invite",
        card=form,
        inputs={"addresses": address, "package": PACKAGE, "way": "link", "ends": "days", "days": "7", "language": "de"},
    )
    live = stage.shown("alex", address, "Copy link")

    assert live == form
    mail = until(lambda: stage.mails(address), what="the mail went out")[0]
    assert 'lang="de"' in mail["body"]["content"]


def test_bad_values_come_back_on_the_same_form_beside_their_field(stage: Stage) -> None:
    stage.say("alex", "invite")
    form = stage.shown("alex", "Invite a guest", "Justification")

    stage.press(
        "alex",
        "Invite",
        card=form,
        inputs={"addresses": "not an address", "package": PACKAGE, "way": "link", "ends": "days", "days": "-3"},
    )
    again = stage.shown("alex", "This is not an e-mail address.")

    assert again == form
    assert "Give the number of days" in readable(stage.card("alex", form))
    assert not [one for one in stage.state()["invitations"] if "not" in one["invitedUserEmailAddress"]]


def test_assign_gives_access_without_the_guest_asking(stage: Stage) -> None:
    address = stage.fresh()

    stage.say("alex", f"assign {address} to {SENTENCE}")
    stage.shown("alex", address, "✔ Delivered", seconds=30)

    guest = next(one for one in stage.state()["users"] if one.get("mail") == address)
    held = [one for one in stage.state()["assignments"] if one["target"]["objectId"] == guest["id"]]
    assert [one["state"] for one in held] == ["delivered"]


def test_the_same_activity_delivered_five_times_is_one_invite(stage: Stage) -> None:
    address = stage.fresh()
    activity = stage.activity("alex", text=f"invite {address} to {SENTENCE}")

    for _ in range(5):
        assert stage.post(activity)[0] < 300
    until(lambda: stage.mails(address), what="the mail went out")
    stage.shown("alex", address, "Copy link")

    assert sum(one["invitedUserEmailAddress"] == address for one in stage.state()["invitations"]) == 1
    assert len(stage.mails(address)) == 1
    assert sum(address in readable(one) for one in stage.cards("alex").values()) == 1


def test_two_admins_inviting_one_address_at_once_make_one_invite_and_see_it_both(stage: Stage) -> None:
    address = stage.fresh()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda who: stage.say(who, f"invite {address} to {SENTENCE}"), ["alex", "megan"]))
    stage.shown("alex", address, "Copy link")
    stage.shown("megan", address, "Copy link")
    until(lambda: stage.mails(address), what="the mail went out")

    assert sum(one["invitedUserEmailAddress"] == address for one in stage.state()["invitations"]) == 1
    assert len(stage.mails(address)) == 1


def test_several_addresses_in_one_sentence_get_a_live_card_each(stage: Stage) -> None:
    addresses = [stage.fresh() for _ in range(3)]

    stage.say("alex", f"invite {', '.join(addresses)} to {SENTENCE}")

    cards = {stage.shown("alex", address, "Copy link") for address in addresses}
    assert len(cards) == 3


def test_revoke_asks_first_and_the_live_card_follows_to_the_end(stage: Stage) -> None:
    address = stage.fresh()
    stage.say("alex", f"assign {address} to {SENTENCE}")
    card = stage.shown("alex", address, "✔ Delivered", seconds=30)

    stage.press("alex", "Revoke", card=card)
    question = stage.shown("alex", address, "Yes, revoke")
    assert all(one["state"] == "delivered" for one in _held(stage, address))
    stage.press("alex", "Yes, revoke", card=question)

    ended = stage.shown("alex", address, "evoked", "Asked by", seconds=30)
    assert ended == card
    assert [one["state"] for one in _held(stage, address)] == ["expired"]


def _held(stage: Stage, address: str) -> list[dict]:
    guest = next(one for one in stage.state()["users"] if one.get("mail") == address)
    return [one for one in stage.state()["assignments"] if one["target"]["objectId"] == guest["id"]]


def test_resend_sends_one_more_mail(stage: Stage) -> None:
    address = stage.fresh()
    stage.say("alex", f"invite {address} to {SENTENCE}")
    until(lambda: stage.mails(address), what="the mail went out")

    stage.say("alex", f"resend {address}")

    until(lambda: len(stage.mails(address)) == 2, what="a second mail")


def test_a_guest_who_asks_through_the_link_gets_the_shorter_end_the_admin_named(stage: Stage) -> None:
    address = stage.fresh()
    stage.say("alex", f'invite {address} to "Invited users package" for 5 days because "audit"')
    until(lambda: stage.mails(address), what="the mail went out")

    stage.act(address, "redeem")
    stage.act(address, "request")

    stage.shown("alex", address, "✔ Delivered", "(in 5 days)", seconds=30)
