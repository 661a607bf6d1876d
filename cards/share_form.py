"""The small form that asks whom a package is shared with."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Press, ShareForm, Style
from cards import fields
from cards.elements import CardElement, finished, heading, words
from cards.literal import plain
from cards.presses import action, row

_LABELS = {"to": "E-mail addresses or names, separated by commas", "note": "Message, goes with the link as written"}
_LONGEST = 200
_LONGEST_NAME = 400


def card(outcome: ShareForm) -> dict[str, Any]:
    """Two fields, what was typed in them, and what is wrong."""
    data = {"package": outcome.package_id, **({"unclear": outcome.unclear[:_LONGEST_NAME]} if outcome.choices else {})}
    send = Press("Send", "package.share.send", data, style=Style.PRIMARY)
    to = fields.line(
        "to",
        _LABELS["to"],
        outcome.to,
        error="Say whom to share it with.",
        placeholder="ana@fabrikam.com, Adele Vance",
        limit=2000,
    )
    body: list[CardElement] = [
        heading(_title(outcome)),
        words("Each of them gets an e-mail with the request link, and a card here in Teams if they have met Usher."),
        to,
        *fields.problem(outcome.problems.get("to", "")),
        *_choice(outcome),
        fields.paragraph("note", _LABELS["note"], outcome.note),
        *fields.problem(outcome.problems.get("note", "")),
        *row([action(send, with_inputs=True), action(Press("Cancel", "cancel"))]),
    ]
    return finished(body, text(outcome))


def _choice(outcome: ShareForm) -> list[CardElement]:
    if not outcome.choices:
        return []
    label = f"Who is “{plain(outcome.unclear, 80)}”?"
    return [fields.one_of("who", label, outcome.choices, "", short=True, placeholder="Choose one")]


def text(outcome: ShareForm) -> str:
    """What can be typed in place of filling in the form."""
    problems = [
        f"✖ {label}: {plain(outcome.problems[name], _LONGEST)}"
        for name, label in _LABELS.items()
        if name in outcome.problems
    ]
    problems += [f"• {plain(one.title, _LONGEST)}" for one in outcome.choices]
    name = plain(outcome.package_name, 120)
    return "\n".join([_title(outcome), *problems, f'Fill in the form, or type: share "{name}" with <address or name>'])


def _title(outcome: ShareForm) -> str:
    return f"Share access package: {plain(outcome.package_name, 120)}"
