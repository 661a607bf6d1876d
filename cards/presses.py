"""Buttons: Action.Execute that falls back to Action.Submit, both carrying the same data.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from microsoft_teams.cards.core import (
    Action,
    ActionSet,
    ActionStyle,
    AssociatedInputs,
    CardElement,
    ExecuteAction,
    OpenUrlAction,
    SubmitAction,
    TargetElement,
    ToggleVisibilityAction,
)

from bot.domain.outcomes import Press, Style
from cards.literal import clipped, plain

VERSION = 1
"""Of what buttons send, as "v": an old card in a chat can be told from a new one."""

MOST = 6
"""Teams shows six buttons on a card."""

_LONGEST_TITLE = 32
"""Characters of a button's title that a narrow chat, of 328 pixels, still shows."""
_NAMED = re.compile("“(.*)”")
_LONGEST_URL = 2000
_WEB = ("https://", "http://")
_STYLES: dict[Style, ActionStyle | None] = {
    Style.PLAIN: None,
    Style.PRIMARY: "positive",
    Style.DANGER: "destructive",
}


def buttons(presses: Sequence[Press], *, most: int = MOST) -> list[CardElement]:
    """A row of the first `most` buttons; nothing where there are none."""
    return row(actions(presses)[:most])


def actions(presses: Sequence[Press], *, with_inputs: bool = False) -> list[Action]:
    """The buttons of those that lead somewhere, in their order; `with_inputs` as in `action`."""
    return [action(press, with_inputs=with_inputs) for press in presses if _leads_somewhere(press)]


def row(actions: Sequence[Action]) -> list[CardElement]:
    """These actions in one row; nothing where there are none."""
    return [ActionSet(actions=list(actions), spacing="Medium")] if actions else []


def action(press: Press, *, with_inputs: bool = False) -> Action:
    """One button. Only with `with_inputs` does it check the card's inputs and send them."""
    if press.url:
        return opening(press.title, press.url, primary=press.style is Style.PRIMARY)
    return _execute(_title(press.title), press, "auto" if with_inputs else "none")


def opening(title: str, url: str, *, primary: bool = False) -> OpenUrlAction:
    """A button that opens a page in the browser. `url` must have passed `is_web`."""
    return OpenUrlAction(title=_title(title), url=url, style="positive" if primary else None)


def is_web(url: str) -> bool:
    """Whether a browser opens it as a page: neither javascript: nor data: nor a file, and of a length browsers take."""
    return url.startswith(_WEB) and len(url) <= _LONGEST_URL


def toggling(title: str, element: str) -> ToggleVisibilityAction:
    """A button that shows or hides a part of the card, on the client alone."""
    return ToggleVisibilityAction(title=_title(title), target_elements=[TargetElement(element_id=element)])


def sent(press: Press) -> dict[str, Any]:
    """What comes back when the button is pressed. The verb and the version cannot be overridden by data."""
    return {**press.data, "verb": press.verb, "v": VERSION}


def _title(title: str) -> str:
    """Buttons show plain text, no markdown. A name in quotes is what is cut where the title is too long."""
    whole = plain(title)
    over, named = len(whole) - _LONGEST_TITLE, _NAMED.search(whole)
    if over > 0 and named and len(named[1]) - over > 4:
        whole = whole.replace(named[0], f"“{clipped(named[1], len(named[1]) - over)}”")
    return clipped(whole, _LONGEST_TITLE) or "OK"


def _leads_somewhere(press: Press) -> bool:
    return is_web(press.url) if press.url else bool(press.verb)


def _execute(title: str, press: Press, inputs: AssociatedInputs) -> ExecuteAction:
    style = _STYLES[press.style]
    data = sent(press)
    older = SubmitAction(title=title, data=data, style=style, associated_inputs=inputs)
    return ExecuteAction(
        title=title,
        verb=press.verb,
        data=data,
        style=style,
        associated_inputs=inputs,
        fallback=older,
    )
