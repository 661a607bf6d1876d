"""Remember the form a person has open, and take what they type for it (a dialog of the SDK)."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.dialogs import DialogContext, DialogInstance, DialogSet, DialogTurnResult, DialogTurnStatus
from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount

from bot.domain.drafts import InviteDraft
from bot.domain.outcomes import (
    Choice,
    DraftsOpen,
    Followed,
    InviteForm,
    Moved,
    Outcome,
    PackageReview,
    Press,
    Said,
    ShareForm,
    WizardPage,
)
from bot.domain.turns import Conversation
from bot.errors import Conflict, Unreachable
from bot.teams import answers, question_dialog, share_dialog
from bot.teams.adapter import Adapter
from bot.teams.heard import Heard
from bot.teams.post import Post
from bot.teams.question_dialog import QuestionDialog
from bot.teams.reference import read_reference
from bot.teams.share_dialog import ShareDialog
from bot.teams.standing import CardDialog, put_in_place
from bot.teams.storage import LedgerStorage, PersonState
from bot.teams.wizard_dialog import WizardDialog, options_of

log = logging.getLogger(__name__)

MOST_CHANGES = 10
OpenForm = InviteForm | ShareForm | DraftsOpen | WizardPage | PackageReview
_TRIES = 3


class FormDialog(CardDialog):
    """One form card, replaced in place as words come in; `cancel`, `back` and the button's word always work.

    State (JSON): form, card (activity id), earlier (drafts before each typed change, newest last).
    """

    ID = "form"

    def __init__(self, post: Post) -> None:
        super().__init__()
        self._post = post

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        """Take typed words. The result is a `Heard`."""
        state = dialog_context.active_dialog.state
        words = dialog_context.context.activity.text
        form = _form(state["form"])
        if answers.means_cancel(words):
            await self._show(dialog_context, Said("Cancelled", "Nothing was done.", presses=(_HELP,)))
            return await dialog_context.end_dialog(Heard(answered=True))
        if answers.means_send(words, form):
            value = {"verb": form.verb, **form.draft.to_json()}
            return await dialog_context.end_dialog(Heard(value=value, card=state["card"]))
        changed = (
            self._back(state, form)
            if answers.means_back(words)
            else self._filled(state, form, dialog_context.context.activity)
        )
        if changed is None:
            return DialogTurnResult(DialogTurnStatus.Waiting, Heard())
        state["form"] = asdict(changed)
        await self._show(dialog_context, changed)
        return DialogTurnResult(DialogTurnStatus.Waiting, Heard(answered=True))

    @staticmethod
    def _filled(state: dict[str, Any], form: InviteForm, activity: Activity) -> InviteForm | None:
        said_at = activity.local_timestamp or activity.timestamp
        changed = answers.merged(form, activity.text, said_at.date() if isinstance(said_at, datetime) else None)
        if changed is not None:
            state["earlier"] = [*state["earlier"], form.draft.to_json()][-MOST_CHANGES:]
        return changed

    @staticmethod
    def _back(state: dict[str, Any], form: InviteForm) -> InviteForm:
        if not state["earlier"]:
            return replace(form, notes=("This is where we began. Type cancel to leave.",))
        *state["earlier"], draft = state["earlier"]
        return replace(form, draft=InviteDraft.from_json(draft), notes=())

    async def _show(self, dialog_context: DialogContext, outcome: Outcome) -> None:
        await put_in_place(self._post, dialog_context, outcome)


class Forms:
    """The open forms of all people, each under its conversation and person."""

    def __init__(self, adapter: Adapter, storage: LedgerStorage, post: Post) -> None:
        self._adapter = adapter
        self._storage = storage
        self._post = post
        self._state = PersonState(storage)
        self._dialogs = DialogSet(self._state.create_property("DialogState"))
        self._dialogs.add(FormDialog(post))
        self._dialogs.add(ShareDialog(post))
        self._dialogs.add(WizardDialog())
        self._dialogs.add(QuestionDialog(post))

    async def opened(
        self, conversation: Conversation, form: OpenForm, card: str, *, came_back: bool = False, is_new: bool = False
    ) -> None:
        """This form is the person's open one now; an earlier one is forgotten, its card still works.

        The earlier card of a draft that `came_back` says that it moved. `is_new`: the card was posted a moment ago; what
        stands on it by now, because somebody pressed it at once, stays open instead.
        """

        async def begin(context: TurnContext) -> None:
            open_now = (await self._dialogs.create_context(context)).active_dialog
            if is_new and open_now is not None and open_now.state.get("card") == card:
                return
            earlier, build = "", ""
            if came_back or isinstance(form, DraftsOpen):
                earlier, build = _wizard(open_now)
            await self._state.clear_state(context)
            dialog = await self._dialogs.create_context(context)
            if isinstance(form, InviteForm):
                await dialog.begin_dialog(FormDialog.ID, {"form": asdict(form), "card": card, "earlier": []})
            elif isinstance(form, ShareForm):
                await dialog.begin_dialog(ShareDialog.ID, share_dialog.options_of(form, card))
            elif isinstance(form, DraftsOpen):
                await dialog.begin_dialog(
                    QuestionDialog.ID, question_dialog.options_of(form, card, earlier=earlier, build=build)
                )
            else:
                await dialog.begin_dialog(WizardDialog.ID, options_of(form, card))
                if came_back and build == form.build_id and earlier != card:
                    await self._retire(conversation, earlier)
            await self._state.save_changes(context)

        identity = self._adapter.create_claims_identity()
        await self._adapter.process_proactive(identity, _event(conversation), None, begin)

    async def _retire(self, conversation: Conversation, earlier: str) -> None:
        """The wizard's earlier card in this chat says where its draft goes on now."""
        with suppress(Unreachable):
            await self._post.put(conversation, self._post.drawn(Moved(Followed.DRAFT)), replacing=earlier)

    async def hear(self, context: TurnContext, words: str) -> Heard:
        """Hand typed words to the open form, if there is one."""
        context.activity.text = words
        for attempt in range(1, _TRIES + 1):
            dialog = await self._dialogs.create_context(context)
            if dialog.active_dialog is None:
                return Heard()
            heard = (await dialog.continue_dialog()).result
            try:
                await self._state.save_changes(context)
            except Conflict:
                # Two messages at once: take the other's change as read and do this one over it.
                if attempt == _TRIES:
                    raise
                await self._state.load(context, force=True)
                continue
            return heard if isinstance(heard, Heard) else Heard()
        raise AssertionError("the last try returns or raises")

    async def close(self, context: TurnContext) -> None:
        """No form is open; its card was used or overtaken."""
        await self._storage.delete([self._state.get_storage_key(context)])


def _wizard(open_dialog: DialogInstance | None) -> tuple[str, str]:
    """The card on which a wizard stands, and the draft on it; "" for none."""
    if open_dialog is None or open_dialog.id not in (WizardDialog.ID, QuestionDialog.ID):
        return "", ""
    state = open_dialog.state
    return state["card" if open_dialog.id == WizardDialog.ID else "earlier"], state["build"]


_HELP = Press("Help", "help")


def _form(stored: dict[str, Any]) -> InviteForm:
    """What `asdict` made of a form, as it comes back from JSON."""
    return InviteForm(
        **{
            **stored,
            "draft": InviteDraft.from_json(stored["draft"]),
            "packages": tuple(Choice(**one) for one in stored["packages"]),
            "languages": tuple(Choice(**one) for one in stored["languages"]),
            "notes": tuple(stored["notes"]),
        }
    )


def _event(conversation: Conversation) -> Activity:
    """A turn of our own in the person's chat, under the same state key as their messages."""
    reference = read_reference(conversation)
    return Activity(
        type=ActivityTypes.event,
        channel_id="msteams",
        service_url=reference.service_url,
        conversation=ConversationAccount(id=reference.conversation_id),
        recipient=ChannelAccount(id=reference.bot_id),
        from_property=ChannelAccount(id=reference.user_id, aad_object_id=reference.person_id),
    )
