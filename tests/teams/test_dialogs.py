"""A form that is open takes typed words, and remembers them across a restart."""

import asyncio
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import InviteDraft
from bot.domain.outcomes import Choice, InviteForm
from bot.teams import answers
from bot.teams.dialogs import Forms
from bot.teams.storage import LedgerStorage
from tests.teams.channel import TENANT
from tests.teams.office import ALEX, LEE, MEGAN, Office

FORM = InviteForm(
    InviteDraft(addresses="ana@fabrikam.com"),
    packages=(Choice("Invited users package", "p1"), Choice("Partner project", "p2"), Choice("Partner lab", "p3")),
    languages=(Choice("English", "en"),),
    problems={"package": "Choose one.", "days": "Too long."},
)


def draft_on(card: dict[str, Any]) -> str:
    return json.dumps(card)


@pytest.mark.parametrize(
    ("words", "given_"),
    [
        ("14 days", {"ends": "days", "days": "14"}),
        ("14", {"ends": "days", "days": "14"}),
        ("2 weeks", {"ends": "days", "days": "14"}),
        ("for 30 days", {"ends": "days", "days": "30"}),
        ("2030-12-24", {"ends": "date", "until": "2030-12-24"}),
        ("Invited users package", {"package": "p1"}),
        ("invited", {"package": "p1"}),
        ('"Invited users package"', {"package": "p1"}),
        ("assign", {"way": "assign"}),
        ("link", {"way": "link"}),
        ("German", {"language": "de"}),
        ('because "audit"', {"justification": "audit"}),
        ("sponsor megan@contoso.com", {"sponsor": "megan@contoso.com"}),
        ("ben@fabrikam.com", {"addresses": "ben@fabrikam.com"}),
    ],
)
def test_typed_words_fill_the_form(words: str, given_: dict[str, str]) -> None:
    form = answers.merged(FORM, words)

    assert form is not None
    assert form.draft.to_json() == {**FORM.draft.to_json(), **given_}


@pytest.mark.parametrize("words", ["next friday", "until next friday"])
def test_a_day_said_from_today_on_is_a_date_in_the_form(words: str) -> None:
    form = answers.merged(FORM, words, date(2026, 7, 1))

    assert form is not None
    assert (form.draft.ends, form.draft.until) == ("date", "2026-07-10")


@pytest.mark.parametrize("words", ["partner", "what is this?", "\U0001f600", "no idea", "-1"])
def test_words_that_fit_nowhere_change_nothing(words: str) -> None:
    assert answers.merged(FORM, words) is None


def test_a_filled_field_loses_its_problem_and_the_others_keep_theirs() -> None:
    form = answers.merged(FORM, "14 days")

    assert form is not None
    assert form.problems == {"package": "Choose one."}


@given(st.text(max_size=80))
def test_any_words_are_read_without_an_error(words: str) -> None:
    form = answers.merged(FORM, words)

    assert form is None or form.draft.to_json()


async def opened(office: Office, who: str = ALEX, **place: Any) -> str:
    await office.say("invite new@fabrikam.com", who=who, **place)
    card, _ = office.last("a:" + {ALEX: "1alex", MEGAN: "1megan", LEE: "1lee"}[who])
    return card


async def test_typed_words_change_the_card_in_place(office: Office) -> None:
    card = await opened(office)

    await office.say("21 days")

    assert list(office.chat()) == [card]
    assert '"21"' in draft_on(office.last()[1]) or ": 21" in draft_on(office.last()[1])


async def test_cancel_ends_the_form_in_place(office: Office) -> None:
    card = await opened(office)

    await office.say("cancel")
    await office.say("cancel")

    assert "Cancelled" in office.chat()[card]["summary"]
    assert "Nothing to cancel" in office.texts()[-1]


async def test_back_undoes_the_last_typed_change(office: Office) -> None:
    await opened(office)
    before = office.last()[1]
    await office.say("21 days")

    await office.say("back")

    assert office.last()[1]["body"] == before["body"]
    await office.say("back")
    assert "where we began" in draft_on(office.last()[1])


async def test_typing_the_buttons_word_sends_the_form_from_its_card(office: Office) -> None:
    card = await opened(office)
    await office.say("because of the audit")
    await office.say("invite")

    name, key = list(office.jobs.started)[-1]
    turn = office.jobs.started[name, key]
    assert name == "answer"
    assert turn["value"]["verb"] == "invite.submit"
    assert turn["value"]["addresses"] == "new@fabrikam.com"
    assert turn["card"] == card


async def test_a_whole_command_goes_past_the_form_which_stays_open(office: Office) -> None:
    card = await opened(office)

    await office.say("help")
    await office.say("packages")
    await office.say("9 days")

    assert "What Usher does" in office.texts()[1]
    assert office.chat()[card] != {}
    assert "9" in draft_on(office.chat()[card])
    assert len(office.chat()) == 3


async def test_words_for_no_form_are_answered_as_ever(office: Office) -> None:
    await opened(office)

    await office.say("what on earth")

    assert "did not understand" in office.texts()[-1]


async def test_the_form_survives_a_restart(office: Office) -> None:
    card = await opened(office)
    await office.say("21 days")
    office.room.forms.__init__(office.room.adapter, LedgerStorage(office.ledger), office.room.post)  # type: ignore[misc]

    await office.say("back")

    assert list(office.chat()) == [card]
    assert isinstance(office.room.forms, Forms)


async def test_what_was_typed_into_a_form_before_it_was_known_to_stand_is_not_taken_back(office: Office) -> None:
    card = await opened(office)
    before = office.last()[1]["body"]
    await office.say("21 days")
    contact = await office.ledger.contact(ALEX)
    assert contact is not None

    await office.room.forms.opened(contact.conversation, FORM, card, is_new=True)

    await office.say("back")
    assert office.last()[1]["body"] == before
    assert list(office.chat()) == [card]


async def test_two_people_in_one_chat_never_share_a_form(office: Office) -> None:
    group = {"conversation": {"conversationType": "groupChat", "tenantId": TENANT, "id": "19:group"}}
    await office.say("help")
    await opened(office, ALEX, **group)

    await office.say("21 days", who=LEE, **group)

    assert "did not understand" in office.texts("19:group")[-1]
    assert "21" not in draft_on(office.last()[1])


async def test_a_used_form_is_closed(office: Office) -> None:
    card = await opened(office)
    await office.press(
        {"verb": "invite.submit", "addresses": "new2@fabrikam.com", "package": "Invited users package", "way": "link"},
        card=card,
    )

    await office.say("21 days")

    assert "did not understand" in office.texts()[-1]


async def test_two_answers_at_once_are_both_kept(office: Office) -> None:
    card = await opened(office)

    await asyncio.gather(office.say("21 days"), office.say("because of the audit"))

    shown = draft_on(office.chat()[card])
    stored = await office.ledger.read_state(["msteams/conversations/a:1alex/people/" + ALEX])
    ((_, state),) = stored.values()
    draft = state["DialogState"]["$stack"][0]["state"]["form"]["draft"]
    assert (draft["days"], draft["justification"]) == ("21", "of the audit")
    assert "audit" in shown


async def test_a_form_whose_card_is_gone_is_posted_again(office: Office) -> None:
    card = await opened(office)
    office.connector.refuse(404, {"error": {"code": "ActivityNotFoundInConversation"}})

    await office.say("21 days")
    await office.say("22 days")

    assert len(office.chat()) == 2
    assert "22" in draft_on(office.last()[1])
    assert office.last()[0] != card
