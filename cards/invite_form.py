"""The one form of `invite` and `assign`, prefilled, with each problem beside its field."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Choice, InviteForm, Press, Style
from cards import fields
from cards.elements import CardElement, finished, heading, words
from cards.literal import plain
from cards.presses import action, row

_WAYS = (
    Choice("Send the request link: the guest asks for access", "link"),
    Choice("Assign now: the guest has access at once", "assign"),
)
_ENDS = (
    Choice("As the package's policy says", "policy"),
    Choice("After a number of days", "days"),
    Choice("On a date", "date"),
)
_LONGEST_NOTE = 160
_MOST_NOTES = 4
_DAYS = "^([1-9][0-9]{0,3})?$"
_LABELS = {
    "addresses": "Guest's e-mail address",
    "package": "Access package",
    "way": "How access is given",
    "ends": "Access ends",
    "days": "Days, when it ends after a number of days",
    "until": "Last day, when it ends on a date",
    "sponsor": "Sponsor's e-mail address",
    "language": "Language of the mail to the guest",
    "message": "Personal message to the guest",
    "justification": "Justification, for the record",
}


def card(outcome: InviteForm) -> dict[str, Any]:
    """Fields named like the draft's; only the submit button checks and sends them.

    What was typed always stays; where names are so long that the card would grow too large, fewer packages are offered.
    """
    submit = Press(outcome.submit, outcome.verb, style=Style.PRIMARY)
    body: list[CardElement] = [
        heading(outcome.title),
        *(words(note) for note in _notes(outcome)),
        *_filled(outcome),
        *row([action(submit, with_inputs=True), action(Press("Cancel", "cancel"))]),
    ]
    return finished(body, text(outcome))


def text(outcome: InviteForm) -> str:
    """What can be typed in place of filling in the form."""
    problems = [
        f"✖ {label}: {plain(outcome.problems[name], 200)}"
        for name, label in _LABELS.items()
        if name in outcome.problems
    ]
    sentence = 'Fill in the form, or type: invite <address> to "<package>" for <n> days because "<why>"'
    return "\n".join([plain(outcome.title, 120), *_notes(outcome), *problems, sentence])


def _notes(outcome: InviteForm) -> list[str]:
    """Notes, and problems that belong to no field."""
    elsewhere = [f"✖ Problem: {said}" for name, said in outcome.problems.items() if name not in _LABELS]
    told = [*elsewhere, *(f"● {note}" for note in outcome.notes)]
    return [plain(each, _LONGEST_NOTE) for each in told[:_MOST_NOTES]]


def _filled(outcome: InviteForm) -> list[CardElement]:
    inputs = {**_whom_and_what(outcome), **_end(outcome), **_words(outcome)}
    filled: list[CardElement] = []
    for name, field in inputs.items():
        filled += [field, *fields.problem(outcome.problems.get(name, ""))]
    return filled


def _whom_and_what(outcome: InviteForm) -> dict[str, CardElement]:
    draft = outcome.draft
    usual = "assign" if outcome.verb.startswith("assign") else "link"
    return {
        "addresses": fields.line(
            "addresses",
            _LABELS["addresses"],
            draft.addresses,
            error="Give at least one e-mail address.",
            placeholder="ana@fabrikam.com",
            limit=1000,
        ),
        "package": fields.one_of(
            "package",
            _LABELS["package"],
            outcome.packages,
            draft.package,
            error="Choose an access package." if outcome.packages else "",
        ),
        "way": fields.one_of("way", _LABELS["way"], _WAYS, draft.way or usual, open_list=True),
    }


def _end(outcome: InviteForm) -> dict[str, CardElement]:
    draft = outcome.draft
    chosen = draft.ends or ("days" if draft.days else "date" if draft.until else "policy")
    return {
        "ends": fields.one_of("ends", _LABELS["ends"], _ENDS, chosen, open_list=True),
        "days": fields.line(
            "days",
            _LABELS["days"],
            draft.days,
            error="Give a whole number of days, such as 14.",
            pattern=_DAYS,
            limit=4,
        ),
        "until": fields.date("until", _LABELS["until"], draft.until),
    }


def _words(outcome: InviteForm) -> dict[str, CardElement]:
    draft = outcome.draft
    return {
        "sponsor": fields.line("sponsor", _LABELS["sponsor"], draft.sponsor, placeholder="Left empty: you", limit=320),
        "language": fields.one_of("language", _LABELS["language"], outcome.languages, draft.language or "en"),
        "message": fields.paragraph(
            "message", _LABELS["message"], draft.message, placeholder="Goes into the mail, as written"
        ),
        "justification": fields.paragraph("justification", _LABELS["justification"], draft.justification, limit=500),
    }
