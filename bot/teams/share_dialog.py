"""Remember the form that asks whom a package is shared with, and take what is typed for it (a dialog of the SDK)."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from botbuilder.dialogs import DialogContext, DialogTurnResult, DialogTurnStatus

from bot.domain.outcomes import Choice, Outcome, Press, Said, ShareForm
from bot.domain.sharing import added, chosen
from bot.teams import answers
from bot.teams.heard import Heard
from bot.teams.post import Post
from bot.teams.standing import CardDialog, put_in_place


class ShareDialog(CardDialog):
    """One form card, replaced in place as addresses and names come in; `cancel` and `send` always work.

    State (JSON): form, card (activity id).
    """

    ID = "share"

    def __init__(self, post: Post) -> None:
        super().__init__()
        self._post = post

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        """Take typed words. The result is a `Heard`."""
        state = dialog_context.active_dialog.state
        words = dialog_context.context.activity.text
        form = _form(state["form"])
        if answers.means_cancel(words):
            await self._show(dialog_context, Said("Cancelled", "Nothing was sent.", presses=(Press("Help", "help"),)))
            return await dialog_context.end_dialog(Heard(answered=True))
        if answers.means_submit(words, "Send"):
            value = {"verb": "package.share.send", "package": form.package_id, "to": form.to, "note": form.note}
            return await dialog_context.end_dialog(Heard(value=value, card=state["card"]))
        changed = filled(form, words)
        state["form"] = asdict(changed)
        await self._show(dialog_context, changed)
        return DialogTurnResult(DialogTurnStatus.Waiting, Heard(answered=True))

    async def _show(self, dialog_context: DialogContext, outcome: Outcome) -> None:
        await put_in_place(self._post, dialog_context, outcome)


def options_of(form: ShareForm, card: str) -> dict[str, Any]:
    """The dialog's state for a form that stands as this card."""
    return {"form": asdict(form), "card": card}


def filled(form: ShareForm, words: str) -> ShareForm:
    """The form with one more recipient, or with the one of several people who was meant."""
    bare = " ".join(words.split()).casefold()
    meant = [one.value for one in form.choices if bare in (one.title.casefold(), one.value.casefold())]
    if form.unclear and len(meant) == 1:
        return replace(form, to=chosen(form.to, form.unclear, meant[0]), problems={}, unclear="", choices=())
    problems = {name: said for name, said in form.problems.items() if name != "to"}
    return replace(form, to=added(form.to, words), problems=problems)


def _form(stored: dict[str, Any]) -> ShareForm:
    """What `asdict` made of a form, as it comes back from JSON."""
    return ShareForm(**{**stored, "choices": tuple(Choice(**one) for one in stored["choices"])})
