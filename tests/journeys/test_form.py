"""The one form: typed words fill it, it can be left, it outlives a restart, and each person has their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox import Server
from tests.journeys.stage import PACKAGE, Bot, Stage, Teams, soon, until

INPUTS = {"package": PACKAGE, "way": "link", "ends": "policy"}


def opened(stage: Stage, who: str, address: str) -> str:
    """The activity id of a form that is open for this address."""
    form = stage.ask(who, f"invite {address}", address, "Justification")

    def listens() -> bool:
        """The card is on screen a moment before the bot remembers that it is open; nobody types that fast."""
        stage.say(who, "back")
        return soon(lambda: "This is where we began" in stage.words(who, form))

    until(listens, what="the form listens")
    return form


def fields(stage: Stage, who: str, card: str) -> dict[str, str]:
    """What the form's inputs hold."""
    return {one["id"]: one.get("value", "") for one in _inputs(stage.card(who, card))}


def _inputs(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if str(content.get("type", "")).startswith("Input."):
            yield content
        for part in content.values():
            yield from _inputs(part)
    elif isinstance(content, list):
        for part in content:
            yield from _inputs(part)


def test_the_form_is_filled_in_with_what_was_said_and_what_is_usual(stage: Stage) -> None:
    address = stage.fresh("form")

    card = stage.ask("alex", f'invite {address} for 9 days because "audit" in German', address, "Justification")

    given = fields(stage, "alex", card)
    assert given["addresses"] == address
    assert (given["ends"], given["days"]) == ("days", "9")
    assert given["justification"] == "audit"
    assert given["language"] == "de"
    assert given["sponsor"] == "alex@contoso.com"
    assert given["way"] == "link"


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("for 14 days", "days", "14"),
        ("21", "days", "21"),
        ("until 2031-12-24", "until", "2031-12-24"),
        ("sponsor megan@contoso.com", "sponsor", "megan@contoso.com"),
        ("Invited users package", "package", PACKAGE),
        ('because "an audit"', "justification", "an audit"),
        ("French", "language", "fr"),
        ("assign now", "way", "assign"),
        ('message "See you soon"', "message", "See you soon"),
    ],
)
def test_typed_answers_fill_the_open_form(stage: Stage, typed: str, field: str, value: str) -> None:
    form = opened(stage, "alex", stage.fresh("typed"))

    stage.say("alex", typed)

    until(lambda: fields(stage, "alex", form).get(field) == value, what=f"{field} holds {value}")


def test_a_form_can_be_filled_and_sent_by_typing_alone(stage: Stage) -> None:
    address = stage.fresh("typed")
    form = opened(stage, "alex", address)

    stage.say("alex", "Invited users package")
    until(lambda: fields(stage, "alex", form).get("package") == PACKAGE)
    stage.say("alex", "for 6 days")
    until(lambda: fields(stage, "alex", form).get("days") == "6")
    stage.say("alex", "ok")

    assert stage.shown("alex", address, "Copy link") == form


def test_back_takes_the_last_typed_change_away(stage: Stage) -> None:
    form = opened(stage, "alex", stage.fresh("back"))
    stage.say("alex", "for 8 days")
    until(lambda: fields(stage, "alex", form).get("days") == "8")

    stage.say("alex", "back")

    until(lambda: not fields(stage, "alex", form).get("days"), what="the days are gone")
    stage.say("alex", "back")
    until(lambda: "This is where we began" in stage.words("alex", form))


def test_help_while_a_form_is_open_leaves_the_form_open(stage: Stage) -> None:
    form = opened(stage, "alex", stage.fresh("help"))

    stage.ask("alex", "help", "What Usher does for you")
    stage.say("alex", "for 8 days")

    until(lambda: fields(stage, "alex", form).get("days") == "8", what="the form still listens")


def test_a_misspelt_command_does_not_put_its_address_into_the_open_form(stage: Stage) -> None:
    address = stage.fresh("mine")
    form = opened(stage, "alex", address)

    stage.ask("alex", "stauts ben@fabrikam.com", "Did you mean “status”?")

    assert fields(stage, "alex", form)["addresses"] == address


@pytest.mark.parametrize("how", ["typed", "pressed"])
def test_cancel_ends_the_form_and_later_words_do_not_reach_it(stage: Stage, how: str) -> None:
    address = stage.fresh("cancel")
    form = opened(stage, "alex", address)

    if how == "typed":
        stage.say("alex", "cancel")
    else:
        stage.press("alex", "Cancel", card=form)
    until(lambda: "Cancelled" in stage.words("alex", form), what="the form's card says that it is over")
    stage.ask("alex", "ok", "did not understand")

    assert not [one for one in stage.state()["invitations"] if one["invitedUserEmailAddress"] == address]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"addresses": ""}, "Whom shall I invite?"),
        ({"addresses": "ana@fabrikam"}, "is not a domain that can receive mail"),
        ({"addresses": "a!b@fabrikam.com"}, "does not take these characters"),
        ({"package": ""}, "Choose the access package"),
        ({"package": "no such id"}, "There is no access package"),
        ({"way": "by pigeon"}, "Choose how access is given"),
        ({"ends": "days", "days": "many"}, "Give the number of days"),
        ({"ends": "days", "days": "0"}, "Problem"),
        ({"ends": "days", "days": "9999"}, "Problem"),
        ({"ends": "date", "until": "the day after"}, "Give a date like"),
        ({"ends": "date", "until": "2001-01-01"}, "Problem"),
        ({"ends": "sometimes"}, "Choose how the end is given"),
        ({"sponsor": "nobody@contoso.com"}, "Nobody here has the address"),
        ({"sponsor": "ben@fabrikam.com"}, "is a guest. A sponsor must belong"),
        ({"language": "klingon"}, "I can write in"),
        ({"message": "x" * 1500}, "Keep the message under"),
        ({"justification": "x" * 900}, "Keep the reason under"),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(f"{k}={v[:12]}" for k, v in value.items()),
)
def test_a_bad_value_comes_back_on_the_same_card_and_the_rest_stays(
    stage: Stage, wrong: dict[str, str], said: str
) -> None:
    address = stage.fresh("wrong")
    form = opened(stage, "alex", address)

    stage.press("alex", "Invite", card=form, inputs={"addresses": address, **INPUTS, "days": "", **wrong})

    until(lambda: said in stage.words("alex", form) and "Problem" in stage.words("alex", form), what=said)
    kept = fields(stage, "alex", form)
    assert "package" in wrong or kept["package"] == PACKAGE
    assert "addresses" in wrong or kept["addresses"] == address
    assert not [one for one in stage.state()["invitations"] if one["invitedUserEmailAddress"] == address]


def test_the_form_is_mended_and_sent_from_the_same_card(stage: Stage) -> None:
    address = stage.fresh("mended")
    form = opened(stage, "alex", address)
    stage.press("alex", "Invite", card=form, inputs={"addresses": address, **INPUTS, "sponsor": "nobody@contoso.com"})
    until(lambda: "Nobody here has the address" in stage.words("alex", form))

    stage.press("alex", "Invite", card=form, inputs={"addresses": address, **INPUTS, "sponsor": "megan@contoso.com"})

    assert stage.shown("alex", address, "Copy link") == form


def test_the_assign_form_assigns(stage: Stage) -> None:
    address = stage.fresh("form")
    form = stage.ask("alex", f"assign {address}", address, "Justification")

    stage.press("alex", "Assign", card=form, inputs={"addresses": address, **INPUTS, "way": "assign"})

    assert stage.shown("alex", address, "✔ Delivered", seconds=30) == form


def test_two_people_have_a_form_each_though_both_asked_in_one_group_chat(stage: Stage) -> None:
    group = {"conversationType": "groupChat", "isGroup": True, "id": "19:forms@thread.v2"}
    first, second = stage.fresh("mine"), stage.fresh("yours")
    for who in ("alex", "megan"):
        stage.ask(who, "help", "What Usher does for you")

    one = stage.ask("alex", f"invite {first}", first, "Justification", conversation=group)
    two = stage.ask("megan", f"invite {second}", second, "Justification", conversation=group)

    # The card is seen a moment before the bot listens for words, so a quick typist says it again.
    for who, form, days in (("alex", one, "3"), ("megan", two, "4")):
        until(lambda who=who, form=form, days=days: _typed(stage, who, form, days), what=f"{who}'s form is filled in")


def _typed(stage: Stage, who: str, form: str, days: str) -> bool:
    stage.say(who, f"for {days} days")
    return soon(lambda: fields(stage, who, form).get("days") == days)


@pytest.fixture
def restarted(tenant: Server, teams: Teams, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A bot of its own, because it is stopped in the middle."""
    bot = Bot(tenant.url, tmp_path_factory.mktemp("restarted")).start()
    yield Stage(tenant.url, teams, bot)
    bot.stop()


def test_a_form_outlives_a_killed_bot_between_question_and_answer(restarted: Stage) -> None:
    address = restarted.fresh("restart")
    form = opened(restarted, "alex", address)
    restarted.say("alex", "Invited users package")
    until(lambda: fields(restarted, "alex", form).get("package") == PACKAGE)

    restarted.bot.kill()
    restarted.bot.start()
    restarted.say("alex", "for 5 days")
    until(lambda: fields(restarted, "alex", form).get("days") == "5", what="the form listens after the restart")
    restarted.say("alex", "ok")

    assert restarted.shown("alex", address, "Copy link", "5 days") == form
