"""The letters about keeping an access say who asks, why and what was decided; nothing in a name becomes markup."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.domain.extension_asks import ExtensionAsk
from bot.domain.outcomes import KeepAccess
from letters.post import Post
from tests.cards.keep_samples import QUESTION, WAYS
from tests.cards.outcomes import any_of
from tests.letters.test_invitation import Page

POST = Post()


def test_whoever_decides_reads_who_asks_why_and_how_to_answer():
    letter = POST.extension_asked(QUESTION, "Megan Bowen")

    assert letter.subject == "Ana Silva asks to keep “Invited users package”"
    for told in ("Hello Megan Bowen,", "> The audit goes on.", 'extend ana@fabrikam.com "Invited users package" by 11'):
        assert told in letter.text


@pytest.mark.parametrize(
    ("language", "word"), [("en", "goes on"), ("de", "gilt weiter"), ("fr", "continue"), ("es", "continúa")]
)
def test_the_guest_reads_the_decision_in_their_language(language: str, word: str):
    letter = POST.keep_access(replace(WAYS["extended"], language=language))

    assert word in letter.subject
    assert "Megan Bowen" in letter.text


def test_an_access_that_ends_is_told_with_its_day():
    assert POST.keep_access(WAYS["ending"]).subject == "“Invited users package” ends on 26 November 2026"


@settings(max_examples=40, deadline=None)
@given(any_of(KeepAccess), any_of(ExtensionAsk))
def test_whatever_names_and_reasons_hold_stays_text(access: KeepAccess, question: ExtensionAsk):
    for letter in (POST.keep_access(access), POST.extension_asked(question, question.person_name)):
        assert Page(letter.html).open == []
        assert "\n" not in letter.subject
        assert len(letter.subject) <= 150
