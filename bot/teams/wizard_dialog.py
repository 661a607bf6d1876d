"""Remember which page of the wizard a person has open, so that what they type is for it (a dialog of the SDK)."""

from __future__ import annotations

from botbuilder.dialogs import DialogContext, DialogTurnResult, DialogTurnStatus

from bot.domain.building.pages import Page, page_stored
from bot.domain.outcomes import PackageReview, WizardPage
from bot.teams import wizard_words
from bot.teams.heard import Heard
from bot.teams.standing import CardDialog

_LAST_WORDS = ("package.drop", "package.create")


class WizardDialog(CardDialog):
    """The wizard's card stands in this chat. The draft itself is in the ledger, whoever shows it.

    State (JSON): build (id), stamp, page, card (activity id).
    """

    ID = "wizard"

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        """Read typed words as the page's buttons would say them. The result is a `Heard`."""
        state = dialog_context.active_dialog.state
        value = wizard_words.value_of(dialog_context.context.activity.text, state["build"], page_stored(state["page"]))
        if value is None:
            return DialogTurnResult(DialogTurnStatus.Waiting, Heard())
        if value["verb"] == "package.create":
            # Only what stands on this card may be created by a word.
            value["stamp"] = state["stamp"]
        heard = Heard(value=value, card=state["card"])
        if value["verb"] in _LAST_WORDS:
            return await dialog_context.end_dialog(heard)
        return DialogTurnResult(DialogTurnStatus.Waiting, heard)


def options_of(outcome: WizardPage | PackageReview, card: str) -> dict[str, str]:
    """The dialog's state for a page that stands as this card."""
    page = outcome.page if isinstance(outcome, WizardPage) else Page.REVIEW
    return {"build": outcome.build_id, "stamp": outcome.stamp, "page": page.value, "card": card}
