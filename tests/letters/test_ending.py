from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.digests import NeverAccepted, Noticed
from bot.domain.notices import Ending
from bot.domain.outcomes import AccessEnds, AccountGoes, Digest
from letters.post import Post

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
ENDS = AccessEnds(
    package_name="Invited users package",
    package_id="p1",
    person_id="ana",
    address="ana@fabrikam.com",
    ends_at=datetime(2026, 12, 4, 16, 0, tzinfo=UTC),
    now=NOW,
    organisation="Contoso",
    link="https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/access-packages/p1",
    name="Ana Silva",
    contacts=("Alex Wilber",),
    opens=("App4Guest",),
    time_zone="Europe/Berlin",
    zone_known=True,
)
LINE = Noticed(Ending("a1", NOW + timedelta(days=1), "ana", "p1", "Pack", "Ana Silva", "ana@fabrikam.com"), 1)


@pytest.mark.parametrize(
    ("language", "subject", "when"),
    [
        ("en", "ends in 7 days", "Friday, 4 December 2026, 17:00 (your time)"),
        ("de", "endet in 7 Tagen", "Freitag, 4. Dezember 2026, 17:00 (Ihre Zeit)"),
        ("fr", "prend fin dans 7 jours", "vendredi 4 décembre 2026, 17:00 (votre heure)"),
        ("es", "termina dentro de 7 días", "viernes, 4 de diciembre de 2026, 17:00 (su hora)"),
    ],
)
def test_a_guest_reads_when_access_ends_in_their_language_and_time_zone(language: str, subject: str, when: str) -> None:
    letter = Post().access_ends(replace(ENDS, language=language))

    assert letter.subject.endswith(subject)
    for part in (when, ENDS.link, "Alex Wilber", "App4Guest"):
        assert part in letter.text
        assert part in letter.html


def test_where_the_zone_is_not_known_the_time_says_utc() -> None:
    letter = Post().access_ends(replace(ENDS, time_zone="UTC", zone_known=False))

    assert "4 December 2026, 16:00 UTC." in letter.text
    assert "your time" not in letter.text


def test_access_that_has_ended_can_be_asked_for_again() -> None:
    letter = Post().access_ends(replace(ENDS, now=ENDS.ends_at + timedelta(hours=1)))

    assert letter.subject.endswith("has ended")
    assert "ask for it again" in letter.text
    assert "Open the request link" in letter.text


@pytest.mark.parametrize("name", ["x\r\nBcc: eve@evil.example", "<script>alert(1)</script>", "\u202egnp", "a" * 400])
def test_whatever_a_package_is_called_the_letter_stays_one(name: str) -> None:
    letter = Post().access_ends(replace(ENDS, package_name=name, name=name, contacts=(name,)))

    assert "\n" not in letter.subject
    assert len(letter.subject) <= 150
    assert "<script>" not in letter.html
    assert "\u202e" not in letter.text


def test_the_digest_by_mail_has_a_line_for_each_access() -> None:
    letter = Post().digest(Digest((LINE,), NOW, "Contoso", name="Alex Wilber"))

    assert "Ana Silva (ana@fabrikam.com)" in letter.text
    assert "Pack: ends on Saturday, 28 November 2026" in letter.text


def test_the_digest_by_mail_names_who_never_accepted_also_when_no_access_ends() -> None:
    letter = Post().digest(
        Digest((), NOW, "Contoso", sponsored=3, waiting=NeverAccepted(1, ("Nina Berg",)), name="Alex Wilber")
    )

    assert letter.subject == "Your guests who have not accepted the invitation"
    assert "Never accepted the invitation (1): Nina Berg" in letter.text


def test_the_digest_of_everything_by_mail_says_how_many_never_accepted_in_the_whole_tenant() -> None:
    waiting = NeverAccepted(37, ("Nina Berg", "Omar Haddad"))

    letter = Post().digest(Digest((), NOW, "Contoso", waiting=waiting, everything=True))

    assert letter.subject == "Guests of Contoso who have not accepted the invitation"
    assert "Never accepted the invitation (37): Nina Berg, Omar Haddad, …" in letter.text


@pytest.mark.parametrize(
    ("language", "said"), [("en", "the account is then blocked"), ("de", "wird das Konto gesperrt")]
)
def test_the_notice_of_the_last_access_says_what_becomes_of_the_account(language: str, said: str) -> None:
    goes = AccountGoes("Contoso", ENDS.ends_at, over=False, deleted_at=ENDS.ends_at + timedelta(days=30))

    letter = Post().access_ends(replace(ENDS, account=goes, language=language))

    assert said in letter.text
    assert said in letter.html
