"""Before anything is written, what stands in the way is said, each with a next step that leads on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.access import AccessRequest, Assignment, AssignmentState, RequestState
from bot.domain.choosing import NO_PACKAGE
from bot.domain.drafts import InviteDraft
from bot.domain.outcomes import Finding
from bot.domain.packages import Catalog
from bot.domain.people import InvitesFrom
from bot.domain.preflight import Case, findings
from tests.domain.tenant import (
    ANA,
    DIRECT,
    FOR_MEMBERS,
    GUEST,
    INVITED,
    NOW,
    OPEN_TO_ALL,
    PROJECT,
    case,
    survey,
)

DELETED = replace(GUEST, deleted_at=NOW)
BLOCKED = replace(GUEST, enabled=False)
MEMBER = replace(GUEST, id="m1", is_guest=False, redemption=None)
HELD = Assignment("a1", AssignmentState.DELIVERED, INVITED.id, INVITED.name, GUEST.id, ends_at=NOW)
ASKED = AccessRequest("r1", "userAdd", RequestState.PENDING_APPROVAL, INVITED.id, person_id=GUEST.id)


def codes(asked: Case) -> list[str]:
    return [one.code for one in findings(asked)]


def pressed(asked: Case, code: str, title: str) -> InviteDraft:
    """The draft that a finding's button sends."""
    found = next(one for one in findings(asked) if one.code == code)
    press = next(one for one in found.presses if one.title == title)
    return InviteDraft.from_json(press.data)


def test_a_new_guest_and_an_open_package_may_go_ahead() -> None:
    assert findings(case(survey())) == ()


@pytest.mark.parametrize(
    ("people", "code", "verb"),
    [
        ((MEMBER,), "member", "link"),
        ((GUEST,), "guest", "invite.submit"),
        ((BLOCKED,), "blocked", "unblock"),
        ((DELETED,), "deleted", "restore"),
        ((GUEST, replace(GUEST, id="g2")), "several", ""),
    ],
)
def test_an_account_that_is_there_already_is_told_with_its_next_step(people: tuple, code: str, verb: str) -> None:
    found = findings(case(survey(*people)))

    assert [one.code for one in found] == [code]
    assert verb in [press.verb for press in found[0].presses] or not verb


def test_a_deleted_account_beside_a_usable_one_does_not_count() -> None:
    assert codes(case(survey(DELETED, replace(GUEST, id="g2")), sure="guest")) == []


def test_a_deleted_member_is_nobody_to_restore_as_a_guest() -> None:
    assert codes(case(survey(replace(MEMBER, deleted_at=NOW)))) == []


def test_restoring_and_unblocking_carry_the_wish_along() -> None:
    for person in (DELETED, BLOCKED):
        press = findings(case(survey(person), days="5"))[0].presses[0]

        assert press.data["then"] == "invite.submit"
        assert InviteDraft.from_json(press.data).days == "5"


def test_assigning_to_a_guest_asks_nothing() -> None:
    assert codes(case(survey(GUEST), verb="assign.submit", way="assign")) == []


def test_invitations_switched_off_stop_new_guests_only() -> None:
    off = InvitesFrom.NOBODY

    assert codes(case(survey(invites_from=off))) == ["invitations_off"]
    assert codes(case(survey(GUEST, invites_from=off), sure="guest")) == []


def test_without_the_licence_a_plain_invitation_is_offered() -> None:
    asked = case(survey(packages=(), licensed=False))

    assert codes(asked) == ["licence"]
    assert pressed(asked, "licence", "Invite without a package").package == NO_PACKAGE
    assert codes(case(survey(packages=(), licensed=False), package=NO_PACKAGE)) == []


@pytest.mark.parametrize(
    ("package", "code"),
    [
        (replace(INVITED, policies=()), "closed"),
        (replace(INVITED, policies=(replace(OPEN_TO_ALL, can_request=False),)), "closed"),
        (replace(INVITED, policies=(FOR_MEMBERS,)), "not_for_guests"),
        (replace(INVITED, catalog=Catalog("c1", "General", published=False)), "catalog"),
        (replace(INVITED, catalog=Catalog("c1", "General", external=False)), "catalog"),
        (replace(INVITED, hidden=True), "hidden"),
        (replace(PROJECT, name=INVITED.name), "approval"),
    ],
)
def test_a_package_the_link_does_not_open_says_why_and_offers_a_way(package: object, code: str) -> None:
    found: tuple[Finding, ...] = findings(case(survey(packages=(package,)), way="link"))  # type: ignore[arg-type]

    assert [one.code for one in found] == [code]
    assert found[0].presses


def test_what_was_agreed_to_is_not_asked_again() -> None:
    hidden = replace(PROJECT, hidden=True)
    asked = case(survey(GUEST, packages=(hidden,)), package=hidden.name, way="link")
    steps: list[str] = []

    while found := findings(asked):
        steps.append(found[0].code)
        title = next(press.title for press in found[0].presses if press.verb == asked.verb)
        asked = replace(asked, draft=pressed(asked, found[0].code, title))

    assert steps == ["guest", "approval", "hidden"]


def test_assigning_past_an_approval_is_asked_first() -> None:
    asked = case(survey(), package=PROJECT.name, way="assign")

    assert codes(asked) == ["policy"]
    assert codes(case(survey(), package=PROJECT.name, way="assign", sure="policy")) == []
    assert (
        codes(case(survey(packages=(replace(PROJECT, policies=(DIRECT,)),)), package=PROJECT.name, way="assign")) == []
    )


@pytest.mark.parametrize(("held", "asked"), [((HELD,), ()), ((), (ASKED,))])
def test_what_the_guest_has_or_asked_for_already_is_told(held: tuple, asked: tuple) -> None:
    assert codes(case(survey(GUEST), sure="guest", held=held, asked=asked)) == ["already"]


def test_what_has_ended_or_is_another_package_does_not_stand_in_the_way() -> None:
    over = replace(HELD, state=AssignmentState.EXPIRED)
    other = replace(HELD, package_id="p9")
    denied = replace(ASKED, state=RequestState.DENIED)

    assert codes(case(survey(GUEST), sure="guest", held=(over, other), asked=(denied,))) == []


def test_what_the_guest_has_already_is_not_offered_again() -> None:
    assert codes(case(survey(GUEST), held=(HELD,))) == ["already"]


def test_who_cannot_be_sent_a_link_is_offered_none() -> None:
    package = replace(INVITED, policies=(FOR_MEMBERS,))

    found = findings(case(survey(packages=(package,)), way="assign"))[0]

    assert [press.title for press in found.presses] == ["Add the policy and assign", "Choose another package"]


def test_a_stranger_to_our_own_domain_is_a_slip_too() -> None:
    asked = case(survey(), addresses="megan@c0ntoso.com")

    assert pressed(asked, "lookalike", "Use megan@contoso.com").addresses == "megan@contoso.com"


def test_a_slip_in_the_domain_offers_both_readings() -> None:
    asked = case(survey(), addresses="ana@gmial.com")

    assert codes(asked) == ["lookalike"]
    assert pressed(asked, "lookalike", "Use ana@gmail.com").addresses == "ana@gmail.com"
    assert pressed(asked, "lookalike", "ana@gmial.com is right").sure == "lookalike"
    assert codes(case(survey(), addresses="ana@gmial.com", sure="lookalike")) == []


def test_every_button_of_a_finding_holds_plain_json_only() -> None:
    hidden = replace(PROJECT, hidden=True)
    asked = case(survey(packages=(hidden,)), package=hidden.name, way="link", addresses=f"Ana <{ANA}>")

    values = [value for one in findings(asked) for press in one.presses for value in press.data.values()]

    assert values
    assert all(isinstance(value, str) for value in values)
