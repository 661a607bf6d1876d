"""The letters about an account that goes say when, in the reader's language."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis.strategies import text

from bot.domain.outcomes import AccountGoes, Said
from letters.post import Post
from tests.cards.account_samples import GOES, WAYS
from tests.cards.outcomes import any_of
from tests.letters.test_invitation import Page

POST = Post()


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("deleted", "ends on 30 November 2026: the account is then blocked, and deleted on 30 December 2026."),
        ("blocked", "ends on 30 November 2026: the account is then blocked."),
        ("over", "ended on 30 November 2026: the account is blocked, and will be deleted on 30 December 2026."),
        ("over-blocked", "ended on 30 November 2026: the account is blocked."),
    ],
)
def test_the_guest_reads_what_happens_and_when(way: str, told: str):
    letter = POST.account_goes(WAYS[way])

    assert letter.subject == "Your guest account at Contoso"
    assert f"Your last access {told}" in letter.text


@pytest.mark.parametrize(("language", "word"), [("de", "gesperrt"), ("fr", "bloqué"), ("es", "bloquea")])
def test_it_is_written_in_the_language_of_its_reader(language: str, word: str):
    assert word in POST.account_goes(replace(GOES, language=language)).text


@settings(max_examples=15, deadline=None)
@given(any_of(AccountGoes), text())
def test_whatever_names_and_words_hold_stays_text(goes: AccountGoes, words: str):
    said = Said(words, words, points=(words, words))
    for letter in (POST.account_goes(goes), POST.told(said, words)):
        assert Page(letter.html).open == []
        assert "\n" not in letter.subject
        assert len(letter.subject) <= 150
