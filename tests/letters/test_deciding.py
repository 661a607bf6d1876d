"""The letters around approvals say who asks and what was decided, and nothing in a name becomes markup or a header."""

import pytest
from hypothesis import given, settings

from bot.domain.approvals import Fate
from bot.domain.drafts import LANGUAGES
from bot.domain.outcomes import ApprovalShown, RequestDecided
from letters.post import Post
from tests.cards.approval_samples import ADELE, CASE, LINK
from tests.cards.outcomes import any_of
from tests.letters.test_invitation import Page
from tests.letters.test_sharing import TAGS

POST = Post()


def test_an_approver_reads_who_asks_why_until_when_and_where_to_decide():
    letter = POST.approval(ApprovalShown(CASE, ADELE, LINK), "Contoso", language="en")

    assert letter.subject == "Ben Ortiz asks for “Partner project”"
    for told in ("Hello Adele Vance,", "> Phoenix needs *me* until spring", "7 December 2026", LINK):
        assert told in letter.text
    assert POST.approval(ApprovalShown(CASE, ADELE, LINK, reminder=True), "C", language="en").subject.startswith(
        "Reminder:"
    )


@pytest.mark.parametrize("fate", [Fate.APPROVED, Fate.DENIED, Fate.EXPIRED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_requestor_reads_the_outcome_by_whom_and_why_in_their_language(fate, language):
    told = RequestDecided("Ben", "Contoso", "Partner project", fate, "Adele Vance", "Because", LINK, language)

    letter = POST.decision(told)

    assert f'<html lang="{language}">' in letter.html
    assert "Partner project" in letter.subject
    assert "> Because" in letter.text
    assert ("Your request" in letter.subject or "your request" in letter.subject) == (language == "en")


@settings(max_examples=60, deadline=None)
@given(any_of(RequestDecided))
def test_whatever_names_and_reasons_hold_stays_text(told):
    letter = POST.decision(told)

    page = Page(letter.html)
    assert page.open == []
    assert {tag for tag, _ in page.tags} <= TAGS
    assert all(link.startswith(("https://", "http://")) for link in page.links())
    assert len(letter.subject) <= 150
    assert not set(letter.subject) & {"\n", "\r", "\x00"}
