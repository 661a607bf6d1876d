"""Remember the question what becomes of an open draft, so that it can be answered by typing (a dialog of the SDK)."""

from __future__ import annotations

from typing import Any

from botbuilder.dialogs import DialogContext, DialogTurnResult, DialogTurnStatus

from bot.domain.outcomes import DraftsOpen, Press, Said
from bot.teams import answers
from bot.teams.heard import Heard
from bot.teams.post import Post
from bot.teams.standing import CardDialog, put_in_place

GO_ON, ANEW = "package.continue", "package.anew"
_WORDS = {
    GO_ON: frozenset(["go on", "continue", "next", "ok", "okay", "yes", "resume", "weiter"]),
    ANEW: frozenset(["anew", "start anew", "new", "start over", "begin anew", "neu"]),
}
_KEPT = Said("Cancelled", "What you began to describe is kept. Type package new to come back to it.")


class QuestionDialog(CardDialog):
    """The question stands in this chat with a button for each answer; an answer's title can be typed, `cancel` too.

    State (JSON): answers (title, verb and data each), card (activity id), earlier (the wizard's own card, "" for
    none) and build (the draft it shows).
    """

    ID = "question"

    def __init__(self, post: Post) -> None:
        super().__init__()
        self._post = post

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        """Take typed words for one of the answers. The result is a `Heard`."""
        state = dialog_context.active_dialog.state
        words = dialog_context.context.activity.text
        if answers.means_cancel(words):
            await put_in_place(self._post, dialog_context, _KEPT)
            return await dialog_context.end_dialog(Heard(answered=True))
        meant = answer_meant(words, state["answers"])
        heard = Heard(value=meant, card=state["card"]) if meant else Heard()
        # The question stays open until what it leads to stands in its place.
        return DialogTurnResult(DialogTurnStatus.Waiting, heard)


def options_of(question: DraftsOpen, card: str, *, earlier: str, build: str) -> dict[str, Any]:
    """The dialog's state for a question that stands as this card, while the wizard's own stands as `earlier`."""
    offered = [_stored(one) for one in question.said.presses]
    return {"answers": offered, "card": card, "earlier": earlier, "build": build}


def answer_meant(words: str, offered: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What the one button would send that these words mean; None when they mean none, or several."""
    bare = " ".join(_plain(words).strip(" .!\"'").split())
    called = [one for one in offered if bare and bare in (_plain(one["title"]), _plain(one["title"], "go on with "))]
    meant = called or [one for one in offered if bare in _WORDS.get(one["verb"], ())]
    return {"verb": meant[0]["verb"], **meant[0]["data"]} if len(meant) == 1 else None


def _plain(title: str, beginning: str = "") -> str:
    return title.casefold().replace("“", "").replace("”", "").removeprefix(beginning)


def _stored(press: Press) -> dict[str, Any]:
    return {"title": press.title, "verb": press.verb, "data": dict(press.data)}
