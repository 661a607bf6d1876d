"""One diagnosis says what stands between a guest and the application, worst first, and what helps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import AccessRequest, Assignment, AssignmentState, RequestState
from bot.domain.delivery import Delivery, Receipt, Rung
from bot.domain.diagnosis import Patient, diagnose
from bot.domain.ends import Ends
from bot.domain.invites import Failure, Invite, Wish
from bot.domain.outcomes import Diagnosis, Tone
from bot.domain.packages import Catalog
from bot.domain.people import InvitesFrom, Redemption
from tests.domain.tenant import ALEX, ANA, FOR_MEMBERS, GUEST, INVITED, NOW, UTC_ZONE

PENDING = replace(GUEST, redemption=Redemption.PENDING)
HELD = Assignment("a1", AssignmentState.DELIVERED, INVITED.id, INVITED.name, GUEST.id)
ASKED = AccessRequest("r1", "userAdd", RequestState.PENDING_APPROVAL, INVITED.id, INVITED.name, GUEST.id, NOW)
INVITE = Invite("i1", Wish(ANA, INVITED.id, INVITED.name), "alex", "Alex", NOW, guest_id=GUEST.id)
MAIL = Receipt("k1", "i1", ANA, Rung.MAIL, "invitation", Delivery.SENT, NOW)
GRAVITY = [Tone.BAD, Tone.WARNING, Tone.WORKING, Tone.INFO, Tone.GOOD]

WELL = Patient(
    ANA, (GUEST,), (INVITE,), (HELD,), (), (INVITED,), (MAIL,), (ALEX,), InvitesFrom.ADMINS, True, NOW, UTC_ZONE
)


def codes(found: Diagnosis) -> set[str]:
    return {one.code for one in found.findings}


def test_when_all_is_well_nothing_stands_in_the_way() -> None:
    found = diagnose(WELL)

    assert found.summary == "Nothing stands in the way."
    assert codes(found) == {"account", "delivered"}


@pytest.mark.parametrize(
    ("ends", "fields"),
    [
        (Ends(days=7), {"ends": "days", "days": "7"}),
        (Ends(on=date(2026, 12, 24)), {"ends": "date", "until": "2026-12-24"}),
        (Ends(), {}),
    ],
)
def test_assigning_from_here_keeps_the_end_that_was_asked_for(ends: Ends, fields: dict[str, str]) -> None:
    asked = replace(INVITE, wish=replace(INVITE.wish, ends=ends))

    found = diagnose(replace(WELL, held=(), invites=(asked,)))

    presses = [press for one in found.findings for press in one.presses if press.verb == "assign.submit"]
    assert [dict(one.data) for one in presses] == [{"addresses": ANA, "package": INVITED.id, "way": "assign", **fields}]


@pytest.mark.parametrize(
    ("changes", "code", "verb"),
    [
        ({"people": ()}, "nobody", "invite"),
        ({"people": (replace(GUEST, deleted_at=NOW),)}, "deleted", "restore"),
        ({"people": (replace(GUEST, enabled=False),)}, "blocked", "unblock"),
        ({"people": (PENDING,), "held": ()}, "pending", "resend"),
        ({"people": (GUEST, replace(GUEST, id="g2"))}, "several", ""),
        ({"people": (replace(GUEST, is_guest=False),)}, "member", ""),
        ({"licensed": False}, "licence", ""),
        ({"people": (), "invites_from": InvitesFrom.NOBODY}, "invitations_off", ""),
        ({"held": (), "invites": ()}, "none", "assign"),
        ({"held": (replace(HELD, state=AssignmentState.DELIVERY_FAILED),)}, "delivery", "retry"),
        ({"held": (replace(HELD, state=AssignmentState.PARTIALLY_DELIVERED),)}, "delivery", "retry"),
        ({"held": (replace(HELD, state=AssignmentState.DELIVERING),)}, "delivering", ""),
        ({"held": (replace(HELD, state=AssignmentState.EXPIRED),)}, "ended", "assign.submit"),
        ({"held": (), "asked": (ASKED,)}, "approval", ""),
        ({"held": (), "asked": (replace(ASKED, state=RequestState.DENIED),)}, "denied", ""),
        ({"held": (), "asked": (replace(ASKED, state=RequestState.SCHEDULED),)}, "scheduled", ""),
        ({"held": ()}, "not_requested", "resend"),
        ({"held": (), "packages": (replace(INVITED, id="p9"),)}, "package_gone", ""),
        ({"held": (), "packages": (replace(INVITED, policies=(FOR_MEMBERS,)),)}, "not_for_guests", "assign.submit"),
        ({"held": (), "packages": (replace(INVITED, catalog=Catalog("c", "C", external=False)),)}, "catalog", ""),
        ({"held": (), "packages": (replace(INVITED, hidden=True),)}, "hidden", ""),
        ({"sponsors": ()}, "sponsor", ""),
        ({"sponsors": (replace(ALEX, enabled=False),)}, "sponsor", ""),
        ({"invites": (replace(INVITE, governed=False),)}, "not_governed", ""),
        ({"held": (), "invites": (replace(INVITE, failure=Failure("It broke.", step="fulfil")),)}, "failed", "retry"),
    ],
)
def test_each_obstacle_is_found_with_what_helps(changes: dict[str, object], code: str, verb: str) -> None:
    found = diagnose(replace(WELL, **changes))  # type: ignore[arg-type]

    finding = next(one for one in found.findings if one.code == code)
    assert verb in [press.verb for press in finding.presses] or not verb


@pytest.mark.parametrize(
    ("receipts", "code"),
    [
        ((replace(MAIL, state=Delivery.FAILED, code="550"),), "delivery_of_mail"),
        ((replace(MAIL, state=Delivery.FAILED), replace(MAIL, rung=Rung.INVITER)), "delivery_by_inviter"),
        ((replace(MAIL, state=Delivery.FAILED), replace(MAIL, rung=Rung.CARD)), ""),
        ((replace(MAIL, state=Delivery.SENDING),), ""),
        ((replace(MAIL, state=Delivery.SKIPPED),), ""),
        ((), ""),
    ],
)
def test_whether_a_message_reached_the_guest_is_told_while_it_matters(receipts: tuple[Receipt, ...], code: str) -> None:
    waiting = diagnose(replace(WELL, held=(), receipts=receipts))
    served = diagnose(replace(WELL, receipts=receipts))

    assert {one for one in codes(waiting) if one.startswith("delivery_")} == ({code} if code else set())
    assert served.summary == "Nothing stands in the way."


def test_the_latest_request_decides() -> None:
    denied = replace(ASKED, id="r0", state=RequestState.DENIED, created_at=NOW - timedelta(days=1))

    found = diagnose(replace(WELL, held=(), asked=(ASKED, denied)))

    assert "approval" in codes(found)
    assert "denied" not in codes(found)


@given(
    st.lists(
        st.sampled_from([GUEST, PENDING, replace(GUEST, enabled=False), replace(GUEST, deleted_at=NOW)]), max_size=2
    ),
    st.lists(st.sampled_from([replace(HELD, state=state) for state in AssignmentState]), max_size=2),
    st.lists(st.sampled_from([replace(ASKED, state=state) for state in RequestState]), max_size=2),
    st.sampled_from([True, False, None]),
)
def test_the_worst_comes_first_and_makes_the_summary(
    people: list[object], held: list[Assignment], asked: list[AccessRequest], licensed: bool | None
) -> None:
    found = diagnose(replace(WELL, people=people, held=held, asked=asked, licensed=licensed))  # type: ignore[arg-type]

    ranks = [GRAVITY.index(one.tone) for one in found.findings]
    assert ranks == sorted(ranks)
    assert found.findings[0].text in found.summary or ranks[0] > GRAVITY.index(Tone.WARNING)
