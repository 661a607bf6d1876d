"""The letter with a shared link says who shares what, and nothing in a name can become markup or a header."""

import pytest
from hypothesis import given, settings

from bot.domain.drafts import LANGUAGES
from bot.domain.outcomes import PackageShared
from letters.post import Post
from tests.cards.outcomes import any_of
from tests.letters.test_invitation import Page

LINK = "https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/access-packages/99999999-9999-4999-8999-999999999991"
SHARED = PackageShared("Invited users package", LINK, "Contoso", "Alex Wilber", "Ana Silva", "Please ask\nfor it.")
POST = Post()


def test_the_letter_says_who_shares_what_and_how_to_ask():
    letter = POST.sharing(SHARED)

    assert letter.subject == "Alex Wilber shares “Invited users package” with you"
    for told in (LINK, "Hello Ana Silva,", "> Please ask", "choose Request", "your contact at Contoso"):
        assert told in letter.text
    assert set(Page(letter.html).links()) == {LINK}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_the_language_of_its_reader(language):
    letter = POST.sharing(PackageShared("P", LINK, "Contoso", "Alex", language=language))

    assert f'<html lang="{language}">' in letter.html
    assert ("shares" in letter.subject) == (language == "en")


@settings(max_examples=60, deadline=None)
@given(any_of(PackageShared))
def test_whatever_names_and_messages_hold_stays_text(shared):
    letter = POST.sharing(shared)

    page = Page(letter.html)
    assert page.open == []
    assert {tag for tag, _ in page.tags} <= TAGS
    assert all(link.startswith(("https://", "http://")) for link in page.links())
    assert len(letter.subject) <= 150
    assert not set(letter.subject) & {"\n", "\r", "\x00"}


TAGS = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "blockquote", "ol", "li"}
TAGS |= {"a", "br", "footer"}
