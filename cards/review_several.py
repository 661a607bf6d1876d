"""The form with which a reviewer decides about several people at once."""

from __future__ import annotations

from typing import Any

from microsoft_teams.cards.core import Choice as CardChoice
from microsoft_teams.cards.core import ChoiceSetInput

from bot.domain.outcomes import Choice, Press, SeveralForm
from cards import fields
from cards.elements import CardElement, finished, heading, small, words
from cards.literal import plain
from cards.presses import action, row

_ROOM = 7000
_DECISIONS = (Choice("Keep", "keep"), Choice("Remove", "remove"), Choice("Don't know", "unsure"))


def card(outcome: SeveralForm) -> dict[str, Any]:
    """Nobody is chosen beforehand; the preview shows what it means."""
    offered = _offered(outcome)
    left = outcome.total - sum(one.value != "open" for one in offered)
    chosen = ChoiceSetInput(
        id="chosen",
        label="About whom",
        choices=[CardChoice(title=plain(one.title, 60) or "…", value=one.value) for one in offered],
        style="expanded",
        is_multi_select=True,
        wrap=True,
    )
    data = {"campaign": outcome.campaign_id}
    body: list[CardElement] = [
        heading(_title(outcome)),
        words("You see what it means before anything is decided."),
        chosen,
        *([small(f"and {left} more, who can be chosen after these")] if left > 0 else []),
        *fields.problem(outcome.problems.get("chosen", "")),
        fields.one_of("decision", "Decision", _DECISIONS, "", open_list=True),
        *fields.problem(outcome.problems.get("decision", "")),
        fields.line("reason", "Reason", outcome.reason, placeholder="For the record", limit=500),
        *fields.problem(outcome.problems.get("reason", "")),
        *row(
            [
                action(Press("Preview", "review.several.preview", data), with_inputs=True),
                action(Press("Back", "review.page", data)),
            ]
        ),
    ]
    return finished(body, text(outcome))


def text(outcome: SeveralForm) -> str:
    """The same in plain text."""
    problems = [f"✖ {plain(one, 200)}" for one in outcome.problems.values() if one]
    names = ", ".join(plain(one.title, 60) for one in _offered(outcome)[:15])
    return "\n".join(
        [_title(outcome), *problems, f"About whom: {names or 'nobody'}", "Decision: Keep, Remove or Don't know"]
    )


def _title(outcome: SeveralForm) -> str:
    return f"Several at once: {plain(outcome.package, 100) or 'access package'}"


def _offered(outcome: SeveralForm) -> list[Choice]:
    offered, room = [], _ROOM
    for one in outcome.choices:
        room -= len((one.title[:60] + one.value).encode()) + 30
        if room < 0:
            break
        offered.append(one)
    return offered
