import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from bot.domain.drafts import LANGUAGES
from bot.domain.invites import Milestone
from bot.domain.outcomes import GuestAccess, GuestPackage
from cards import guest_access, when
from letters.post import Post
from letters.words import translator, words
from tests.cards.outcomes import any_of

LINK = "https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/access-packages/99999999-9999-4999-8999-999999999991"
REDEEM = "https://login.microsoftonline.com/redeem?rd=https%3a%2f%2finvitations.microsoft.com&x=1"
APPS = "https://myapps.microsoft.com/?tenantId=11111111-1111-4111-8111-111111111111"
ENDS = datetime(2026, 12, 7, 9, tzinfo=UTC)
NEW = GuestAccess(
    "Ana Silva",
    "Contoso",
    "en",
    redeemed=False,
    redeem_url=REDEEM,
    apps_url=APPS,
    packages=(GuestPackage("Invited users package", LINK, "open", ENDS),),
    message="Dear Ana,\nplease join the audit.",
    inviter="Alex Wilber",
)
DELIVERED = replace(NEW, redeemed=True, packages=(GuestPackage("Invited users package", LINK, "delivered", ENDS),))
POST = Post()


class Page(HTMLParser):
    """Tags, links and texts of a mail, and whether its tags are balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())

    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a"]

    def buttons(self) -> list[str]:
        return [attributes["href"] or "" for _, attributes in self.tags if attributes.get("class") == "button"]


def test_a_new_guest_reads_who_invites_what_to_do_and_both_links() -> None:
    letter = POST.invitation(NEW)

    assert letter.subject == "Alex Wilber invites you to Contoso"
    for told in (REDEEM, LINK, "Accept the invitation", "choose Request", "ends on 7 December 2026", "> Dear Ana,"):
        assert told in letter.text
    assert "My Apps" not in letter.text


def test_the_html_has_one_button_and_it_is_the_next_step() -> None:
    stages = {
        REDEEM: NEW,
        LINK: replace(NEW, redeemed=True),
        APPS: DELIVERED,
    }

    pages = {expected: Page(POST.invitation(access).html) for expected, access in stages.items()}

    assert {expected: page.buttons() for expected, page in pages.items()} == {each: [each] for each in stages}


def test_delivered_access_leads_to_my_apps() -> None:
    letter = POST.invitation(DELIVERED)

    assert letter.subject == "Your access at Contoso"
    assert APPS in letter.text
    assert REDEEM not in letter.text


def test_the_html_is_readable_without_images_scripts_or_tables() -> None:
    page = Page(POST.invitation(NEW).html)

    assert not {"img", "script", "table", "link", "iframe"} & {tag for tag, _ in page.tags}
    assert page.open == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_says_which_language_it_is_in(language: str) -> None:
    page = Page(POST.invitation(replace(NEW, language=language)).html)

    assert page.tags[0] == ("html", {"lang": language})


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_no_english_sentence_is_left_in_another_language(language: str) -> None:
    english = set(POST.invitation(NEW).text.splitlines())

    other = set(POST.invitation(replace(NEW, language=language)).text.splitlines())

    kept = {"", "-- ", "* Invited users package", REDEEM, LINK, "> Dear Ana,", "> please join the audit."}
    assert english & other == kept


def test_an_unknown_language_is_answered_in_english() -> None:
    assert POST.invitation(replace(NEW, language="tlh")) == POST.invitation(NEW)


def test_what_people_wrote_cannot_become_html() -> None:
    script = "<script>alert(1)</script>"

    html = POST.invitation(
        replace(
            NEW,
            message=script,
            inviter=script,
            name=script,
            organisation=script,
            packages=(GuestPackage(script, LINK, "open"),),
        )
    ).html

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_link_that_is_no_web_page_is_left_out() -> None:
    evil = "javascript:alert(1)"

    letter = POST.invitation(replace(NEW, redeem_url=evil, apps_url=evil, packages=(GuestPackage("P", evil, "open"),)))

    assert evil not in letter.html
    assert evil not in letter.text


def test_two_packages_are_counted() -> None:
    letter = POST.invitation(replace(NEW, packages=NEW.packages * 2))

    assert "These are the 2 kinds of access it is about:" in letter.text


@given(any_of(GuestAccess))
@settings(max_examples=60, deadline=None)
def test_any_letter_has_a_one_line_subject_sound_html_and_safe_links(access: GuestAccess) -> None:
    letter = POST.invitation(access)

    page = Page(letter.html)
    assert len(letter.subject.splitlines()) == 1
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", letter.subject)
    assert len(letter.subject) <= 150
    assert page.open == []
    assert all(link.startswith("https://") for link in page.links())
    assert len(page.buttons()) <= 1


@pytest.mark.parametrize("name", ["a\r\nBcc: all@contoso.com", "a\nb", "a\u2028b", "a\x00b", "\u202eevil"])
def test_a_name_cannot_add_a_mail_header(name: str) -> None:
    subject = POST.invitation(replace(NEW, inviter=name, organisation=name)).subject

    assert len(subject.splitlines()) == 1
    assert subject.isprintable()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("passed", range(0, 360, 31))
def test_cards_and_mails_write_dates_alike(language: str, passed: int) -> None:
    at = ENDS + timedelta(days=passed)

    assert when.day(at, "UTC", translator(language)) == words(language).day(at)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", ["open", *Milestone])
def test_guest_cards_speak_the_guests_language_at_every_stage(language: str, stage: str) -> None:
    access = replace(NEW, packages=(GuestPackage("P", LINK, stage, ENDS),))

    said = guest_access.text(access, translator(language))

    assert ("Your access at" in said) == (language == "en")
    assert when.day(ENDS, "UTC", translator(language)) in said
