"""Every command reads any words and any card value without failing, and reads what people type for it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import dispatch, registry
from bot.commands.command import text_of
from bot.commands.dispatch import Found
from bot.commands.inviting import Inviting
from bot.commands.subject import Subject
from bot.domain.outcomes import Said
from bot.domain.turns import Caller, Conversation, Place, Turn

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
KEYS = "verb then address addresses package invite person state topic application days ends until sponsor sure"
KEYS += " until latest seen change build stamp goto pick words page campaign kind people unanswered reason chosen"
KEYS = f"{KEYS} decision count item0 decision0 reason0 about name before upload accepted".split()
VALUES = st.dictionaries(st.sampled_from(KEYS), JSON | st.sampled_from(["invite.submit", "ana@x.com"]), max_size=6)
COMMANDS = {one.name: one for one in registry.COMMANDS}


def turn(words: str = "", value: dict[str, object] | None = None) -> Turn:
    return Turn("k", Caller("p"), Conversation("a:1", Place.PERSONAL, "{}"), words, value or {})


def found(words: str) -> Found:
    answer = dispatch.find(turn(words))
    assert isinstance(answer, Found), answer
    return answer


@pytest.mark.parametrize("name", COMMANDS)
@settings(max_examples=25)
@given(words=st.text(max_size=80), value=VALUES)
def test_no_words_and_no_card_value_break_a_command(name: str, words: str, value: dict[str, object]) -> None:
    from_words = COMMANDS[name].parse(words, {})
    from_card = COMMANDS[name].parse("", value)

    for read in (from_words, from_card):
        assert "\x00" not in repr(read)


@given(st.text(max_size=120), VALUES)
def test_every_turn_finds_a_command_or_an_answer(words: str, value: dict[str, object]) -> None:
    answer = dispatch.find(turn(words, value))

    assert isinstance(answer, Found | Said)
    if isinstance(answer, Said):
        assert answer.title
        assert answer.presses


@pytest.mark.parametrize(
    ("words", "command", "behind"),
    [
        ("help", "help", ""),
        ("HELP!", "help", ""),
        ("?", "help", ""),
        ("hi", "help", ""),
        ("**invite** ana@x.com", "invite", "ana@x.com"),
        ("/invite ana@x.com", "invite", "ana@x.com"),
        ("invite\nana@x.com to P", "invite", "ana@x.com to P"),
        ("status\nana@x.com\nplease", "status", "ana@x.com\nplease"),
        ("  invite   ana@x.com ", "invite", "ana@x.com"),
        ("invite\u00a0ana@x.com", "invite", "ana@x.com"),
        ("in\u200bvite ana@x.com", "invite", "ana@x.com"),
        ("ｉｎｖｉｔｅ ana@x.com", "invite", "ana@x.com"),
        ("please invite ana@x.com", "invite", "ana@x.com"),
        ("hi, invite ana@x.com", "invite", "ana@x.com"),
        ("einladen ana@x.com", "invite", "ana@x.com"),
        ("grant ana@x.com", "assign", "ana@x.com"),
    ],
)
def test_the_verb_is_found_as_people_type_it(words: str, command: str, behind: str) -> None:
    answer = found(words)

    assert (answer.command.name, answer.words) == (command, behind)


@pytest.mark.parametrize("words", ["", "   ", "\x00\x00", "\u200b", "😀", "<div></div>", "wibble", "x" * 10_000])
def test_what_is_no_command_is_answered_with_a_way_on(words: str) -> None:
    answer = dispatch.find(turn(words))

    assert isinstance(answer, Said)
    assert "help" in [press.verb for press in answer.presses]


@pytest.mark.parametrize(
    ("typed", "meant"), [("invte ana@x.com", "invite"), ("stauts", "status"), ("packges", "packages")]
)
def test_a_misspelt_verb_is_suggested(typed: str, meant: str) -> None:
    answer = dispatch.find(turn(typed))

    assert isinstance(answer, Said)
    assert meant in answer.title


def test_ten_kilobytes_behind_a_verb_are_not_half_read() -> None:
    answer = dispatch.find(turn("invite " + "a@x.com " * 1300))

    assert isinstance(answer, Said)
    assert "Nothing was done" in answer.text


@pytest.mark.parametrize("verb", ["", "gone.submit", None, 7, ["invite"], {"a": 1}])
def test_a_button_nobody_knows_says_that_the_card_is_old(verb: object) -> None:
    answer = dispatch.find(turn(value={"verb": verb, "x": 1}))

    assert isinstance(answer, Said)
    assert "earlier version" in answer.text


@pytest.mark.parametrize("verb", sorted(registry.by_verb()))
def test_every_verb_on_a_card_is_answered(verb: str) -> None:
    answer = dispatch.find(turn(value={"verb": verb}))

    assert isinstance(answer, Found)
    assert answer.verb == verb


def test_no_two_commands_share_a_word_or_a_verb() -> None:
    words = [word for one in registry.COMMANDS for word in (one.name, *one.aliases)]
    verbs = [verb for one in registry.COMMANDS for verb in (one.name, *one.verbs)]

    assert len(set(words)) == len(words)
    assert len(set(verbs)) == len(verbs)


@pytest.mark.parametrize("name", [one.name for one in registry.COMMANDS if not one.by_card])
def test_the_usage_a_person_is_shown_is_understood(name: str) -> None:
    answer = found(COMMANDS[name].usage)

    read = answer.command.parse(answer.words, {})
    assert answer.command.name == name
    if isinstance(read, Inviting):
        assert read.draft.addresses
        assert not read.check
    if isinstance(read, Subject):
        assert not read.problem


def test_words_not_understood_open_the_form_instead_of_acting() -> None:
    read = COMMANDS["invite"].parse("ana@x.com wibble", {})

    assert read.check
    assert read.notes == ("I did not understand “wibble”.",)


@pytest.mark.parametrize(
    ("words", "address", "package"),
    [
        ("ana@x.com", "ana@x.com", ""),
        ("Ana Silva <ana@x.com>", "ana@x.com", ""),
        ('ana@x.com "Partner project"', "ana@x.com", "Partner project"),
        ("can't ana@x.com open it?", "ana@x.com", ""),
    ],
)
def test_a_subject_is_read_from_words(words: str, address: str, package: str) -> None:
    about = COMMANDS["why"].parse(words, {})

    assert (about.address, about.package, about.problem) == (address, package, "")


@pytest.mark.parametrize("words", ["", "ana", "ana@", "<b>"])
def test_a_subject_without_a_usable_address_says_so(words: str) -> None:
    assert COMMANDS["why"].parse(words, {}).problem


@pytest.mark.parametrize("words", ["ana@x.com, ben@x.com", "ana@x.com and ben@x.com for 14 days"])
@pytest.mark.parametrize("verb", ["revoke", "extend", "approve", "remove", "why"])
def test_of_several_guests_none_is_taken_for_all(verb: str, words: str) -> None:
    wanted = COMMANDS[verb].parse(words, {})

    assert "one guest at a time" in getattr(wanted, "about", wanted).problem


@pytest.mark.parametrize(
    ("words", "package"),
    [
        ("ana@x.com Sales portal", "Sales portal"),
        ("Sales portal from ana@x.com", "Sales portal"),
        ("ana@x.com's access to Sales portal", "Sales portal"),
        ('ana@x.com "Sales portal" please', "Sales portal"),
        ("ana@x.com please", ""),
        ("the access of ana@x.com now", ""),
    ],
)
def test_a_package_behind_revoke_needs_no_quotation_marks(words: str, package: str) -> None:
    assert COMMANDS["revoke"].parse(words, {}).about.package == package


def test_only_a_card_can_say_yes_to_a_revocation() -> None:
    parse = COMMANDS["revoke"].parse

    assert parse("yes ana@x.com", {}).step == "ask"
    assert parse("", {"verb": "revoke", "address": "ana@x.com"}).step == "ask"
    assert parse("", {"verb": "revoke.yes", "address": "ana@x.com"}).step == "yes"


@given(VALUES, st.sampled_from(KEYS))
def test_a_value_of_a_card_is_short_text_that_any_store_takes(value: dict[str, object], name: str) -> None:
    read = text_of(value, name)

    assert len(read) <= 400
    assert json.dumps(read).encode()
    read.encode("utf-8")


@pytest.mark.parametrize(
    ("words", "package", "days", "until"),
    [
        ('ana@x.com "Partner project" by 14 days', "Partner project", "14", ""),
        ("ana@x.com to the partner project by 7 days", "the partner project", "7", ""),
        ("ana@x.com Invited users package by 14 days", "Invited", "14", ""),
        ("ana@x.com by 14", "", "14", ""),
        ("ana@x.com another week", "", "7", ""),
        ("ana@x.com 2 months more", "", "60", ""),
        ("ana@x.com by friday", "", "", "friday"),
        ("ana@x.com to 2027-01-31", "", "", "2027-01-31"),
        ("ana@x.com Partners until 31 Jan 2027", "Partners", "", "2027-01-31"),
        ("ana@x.com by -3 days", "", "-3 days", ""),
        ("ana@x.com", "", "", ""),
    ],
)
def test_a_length_is_read_as_people_say_it(words: str, package: str, days: str, until: str) -> None:
    wanted = COMMANDS["extend"].parse(words, {})

    assert (wanted.about.address, wanted.about.package, wanted.days, wanted.until) == (
        "ana@x.com",
        package,
        days,
        until,
    )
    assert wanted.unknown == ()
