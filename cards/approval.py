"""The card an approver gets: who asks for what and why, why they are asked, and Approve and Deny with a reason."""

from __future__ import annotations

from typing import Any

from bot.domain.approvals import ApprovalCase
from bot.domain.outcomes import ApprovalShown, Press, Style
from cards import fields
from cards.approval_words import TONES, given, length, person, standing, title, why
from cards.elements import CardElement, facts, finished, heading, words
from cards.literal import plain
from cards.presses import action, buttons, row
from cards.tones import MARKS
from cards.when import day

LONGEST_REASON = 500
_LONGEST_TEXT = 600
_MOST_ANSWERS = 10


def card(outcome: ApprovalShown) -> dict[str, Any]:
    """Drawn anew for every copy each time something changes."""
    mark = MARKS[TONES[outcome.case.fate]]
    body: list[CardElement] = [
        words(f"{mark.icon} {_standing(outcome)}", colour=mark.colour, bold=True),
        heading(title(outcome.case)),
        *(words(each) for each in _notes(outcome)),
        *facts(_facts(outcome)),
        *_deciding(outcome),
    ]
    return finished(body, text(outcome))


def text(outcome: ApprovalShown) -> str:
    """The same in plain text, with the sentences that decide."""
    mark = MARKS[TONES[outcome.case.fate]]
    problem = [f"✖ Reason: {plain(outcome.problem, 200)}"] if outcome.problem else []
    return "\n".join(
        [
            title(outcome.case),
            f"{mark.icon} {_standing(outcome)}",
            *_notes(outcome),
            *(f"{name}: {value}" for name, value in _facts(outcome)),
            *problem,
            *_sentences(outcome),
        ]
    )


def _waits(outcome: ApprovalShown) -> bool:
    """Whether whoever looks may decide now."""
    viewer = outcome.viewer
    return outcome.case.is_open and viewer is not None and viewer.stage == outcome.case.stage


def _standing(outcome: ApprovalShown) -> str:
    said = standing(outcome.case, outcome.viewer)
    return f"Reminder: {said[:1].lower()}{said[1:]}" if outcome.reminder and _waits(outcome) else said


def _notes(outcome: ApprovalShown) -> list[str]:
    notes = [plain(outcome.note, _LONGEST_TEXT)]
    if _waits(outcome) and not outcome.can_decide:
        notes.append(
            "Decide this in My Access: signing in to Usher is not set up in this organisation, so Usher cannot decide "
            "in your name. This card follows what becomes of it."
        )
    return [each for each in notes if each]


def _facts(outcome: ApprovalShown) -> list[tuple[str, str]]:
    case, zone = outcome.case, outcome.time_zone
    asked = f"{day(case.asked_at, zone)}"
    found = [
        ("Who", _who(case)),
        *([("Asked by", plain(case.requestor_name, 120))] if _on_behalf(case) else []),
        ("Asked on", asked),
        ("Why", plain(case.justification, _LONGEST_TEXT) or "No reason was given"),
        *((plain(question, 120) or "Answer", plain(answer, 300)) for question, answer in case.answers[:_MOST_ANSWERS]),
        *([("Sponsor", ", ".join(plain(one, 80) for one in case.sponsors[:5]))] if case.sponsors else []),
        *([("Sponsor", "Nobody")] if case.is_guest and not case.sponsors else []),
        ("For how long", length(case, zone)),
        *([("Stage", f"{case.stage} of {case.stages}")] if case.stages > 1 else []),
        *((f"Stage {one.stage}" if case.stages > 1 else "Decision", given(one, zone)) for one in case.decisions),
    ]
    if _waits(outcome) and outcome.viewer:
        found.append(("Why you", why(outcome.viewer)))
        found.append(("Denied automatically", f"on {day(case.deadline, zone)}, if nobody answers"))
    return found


def _who(case: ApprovalCase) -> str:
    address = plain(case.person_address, 320)
    guest = "guest" if case.is_guest else "member"
    return (
        f"{person(case)}, {address} ({guest})" if address and address != person(case) else f"{person(case)} ({guest})"
    )


def _on_behalf(case: ApprovalCase) -> bool:
    return bool(case.requestor_name) and case.requestor_id.casefold() != case.person_id.casefold()


def _deciding(outcome: ApprovalShown) -> list[CardElement]:
    """Inputs and buttons, only while whoever looks may decide."""
    if not _waits(outcome):
        return []
    access = Press("Open My Access", url=outcome.link)
    if not outcome.can_decide:
        return buttons([access])
    label = "Reason (needed, and told to whoever asked)"
    if not outcome.case.needs_reason:
        label = "Reason (needed to deny; told to whoever asked)"
    data = {"request": outcome.case.id, "stage": outcome.case.stage}
    approve = Press("Approve", "approval.approve", data, style=Style.PRIMARY)
    deny = Press("Deny", "approval.deny", data, style=Style.DANGER)
    pressed = [action(approve, with_inputs=True), action(deny, with_inputs=True)]
    return [
        fields.paragraph("reason", label, outcome.reason, limit=LONGEST_REASON),
        *fields.problem(outcome.problem),
        *row([*pressed, *([action(access)] if outcome.link else [])]),
    ]


def _sentences(outcome: ApprovalShown) -> list[str]:
    if not _waits(outcome):
        return []
    if not outcome.can_decide:
        return [f"My Access: {plain(outcome.link)}"]
    about = f'{plain(outcome.case.person_address, 320)} "{plain(outcome.case.package_name, 120)}"'
    return [f"Type: approve {about}", f'Or: deny {about} because "…"']
