import pytest

from bot.domain.drafts import InviteDraft
from bot.domain.outcomes import Choice, GuestList, Mentioned, Press, Said
from cards import guest_access, guests, invite_form, mentioned, said
from cards.fields import one_of
from tests.cards.rules import of
from tests.cards.samples import FORM, GUEST, GUEST_DELIVERED


def test_a_press_cannot_name_another_verb_or_version_in_its_data() -> None:
    press = Press("Go", "status", {"verb": "revoke", "v": 99, "address": "a@b.example"})

    (button,) = of(said.card(Said("x", presses=(press,))), "Action.Execute")

    assert button["data"] == {"address": "a@b.example", "verb": "status", "v": 1}


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Take back: Adele Vance", "Take back: Adele Vance"),
        ("Go on with “Invited users package of Contoso”", "Go on with “Invited users pack…”"),
        ("Take back package manager: Adele Vance", "Take back package manager: Adel…"),
        ("“”" + "x" * 40, "“”" + "x" * 29 + "…"),
    ],
)
def test_a_title_fits_a_narrow_chat_and_keeps_its_verb(title: str, shown: str) -> None:
    (button,) = of(said.card(Said("x", presses=(Press(title, "status"),))), "Action.Execute")

    assert button["title"] == shown
    assert len(button["title"]) <= 32


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://x", "https://" + "x" * 3000]
)
def test_a_button_opens_web_pages_only(url: str) -> None:
    card = said.card(Said("x", presses=(Press("Go", "status", url=url),)))

    assert of(card, "ActionSet") == []


def test_only_the_submit_button_of_a_form_checks_its_fields() -> None:
    submit, cancel = of(invite_form.card(FORM), "Action.Execute")

    assert (submit["title"], submit["associatedInputs"]) == ("Invite", "auto")
    assert (cancel["verb"], cancel["associatedInputs"]) == ("cancel", "none")


def test_the_form_has_a_field_for_all_that_a_person_fills_in() -> None:
    card = invite_form.card(FORM)

    inputs = [field["id"] for field in of(card, "Input.Text", "Input.ChoiceSet", "Input.Date")]
    assert inputs == [
        "addresses", "package", "way", "ends", "days", "until", "sponsor", "language", "message", "justification",
    ]  # fmt: skip
    assert set(inputs) <= set(InviteDraft.__dataclass_fields__)


def test_a_problem_stands_right_under_its_field() -> None:
    body = invite_form.card(FORM)["body"]

    at = next(index for index, each in enumerate(body) if each.get("id") == "addresses")
    assert body[at + 1]["text"].startswith("✖ Problem: gmial.com looks like")


def test_a_package_typed_by_name_is_chosen_in_the_form() -> None:
    field = one_of("package", "Package", [Choice("Partner project", "p-1"), Choice("None", "-")], "partner PROJECT ")

    assert field.value == "p-1"


def test_a_value_that_is_no_choice_leaves_the_field_open() -> None:
    assert one_of("package", "Package", [Choice("None", "-")], "gone").value is None


def test_of_too_many_choices_the_chosen_and_the_last_stay() -> None:
    many = [Choice(f"Package {index}", f"{index:036}") for index in range(500)]

    field = one_of("package", "Package", many, many[300].value)

    offered = [choice.value for choice in field.choices or []]
    assert len(offered) < 120
    assert many[0].value in offered
    assert offered[-2:] == [many[300].value, many[-1].value]


def test_the_guest_list_says_how_many_are_left_out() -> None:
    text = guests.text(GuestList((), "pending", {"pending": 7}, 7))

    assert "and 7 more: type status <address>" in text


def test_guests_are_filtered_by_a_button_for_each_state() -> None:
    buttons = of(guests.card(GuestList((), "all", {"all": 0}, 0)), "Action.Execute")

    assert [button["data"]["state"] for button in buttons] == ["all", "pending", "accepted", "blocked", "deleted"]


def test_a_guests_first_button_is_their_next_step() -> None:
    first = [of(guest_access.card(access), "Action.OpenUrl")[0]["title"] for access in (GUEST, GUEST_DELIVERED)]

    assert first == ["Accept the invitation", "Open My Apps"]


def test_a_guest_can_always_refresh() -> None:
    (button,) = of(guest_access.card(GUEST), "Action.Execute")

    assert button["verb"] == "guest.refresh"


@pytest.mark.parametrize("name", ["Ana Silva", "</at><at>everyone</at>", "A & B", "{x}"])
def test_a_mention_stands_in_its_message_word_for_word(name: str) -> None:
    outcome = Mentioned("29:1ana", name, "en")

    (entity,) = mentioned.entities(outcome)

    text = mentioned.text(outcome)
    assert entity["text"] in text
    assert text.count("<at>") == text.count("</at>") == 1
