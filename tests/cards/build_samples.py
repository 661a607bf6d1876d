"""A build at every moment, and the sharing of what it made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.building.builds import BuildState
from bot.domain.delivery import Delivery
from bot.domain.outcomes import (
    BuildProgress,
    Choice,
    Difference,
    Holdup,
    LineState,
    PackageShared,
    Press,
    Recipient,
    ShareForm,
    Sharing,
    StepLine,
    Style,
    Waiting,
)
from cards import build_progress, package_shared, share_form, sharing
from tests.cards.sample import Sample

_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_PACKAGE = "99999999-9999-4999-8999-999999999991"
_LINK = f"https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/access-packages/{_PACKAGE}"
_STEPS = (
    "Add “App4Guest” to the catalog “General”",
    "Create the access package “Invited users package”",
    "Give the role “Default Access” in “App4Guest”",
    "Create the assignment policy “Everybody, guests included”",
)
_UNDO = Press("Undo", "package.undo", {"build": "build-1"}, style=Style.DANGER)
_SHOW = Press("Show package", "package", {"package": _PACKAGE})


def _lines(done: int, now: LineState = LineState.NOW, steps: tuple[str, ...] = _STEPS) -> tuple[StepLine, ...]:
    states = [LineState.DONE] * done + [now] + [LineState.LATER] * len(steps)
    return tuple(StepLine(title, state) for title, state in zip(steps, states, strict=False))


RUNNING = BuildProgress("build-1", "Invited users package", BuildState.BUILDING, _lines(2))
WAITING = replace(
    RUNNING,
    waiting=Waiting(Holdup.SILENT, _AT, _AT + timedelta(hours=1), "Europe/Berlin"),
    presses=(Press("Try now", "package.resume", {"build": "build-1"}, style=Style.PRIMARY),),
)
FAILED = replace(
    RUNNING,
    state=BuildState.FAILED,
    steps=_lines(0, LineState.STUCK),
    failure="Usher's application may not add “App4Guest” to a catalog: it needs the permission "
    "Application.ReadWrite.All. Then press Resume.",
    code="CallerNotResourceOwner",
    presses=(Press("Resume", "package.resume", {"build": "build-1"}, style=Style.PRIMARY), _UNDO),
)
BUILT = replace(
    RUNNING,
    state=BuildState.BUILT,
    steps=_lines(4),
    link=_LINK,
    presses=(
        Press("Share with…", "package.share", {"package": _PACKAGE}, style=Style.PRIMARY),
        Press("Invite someone", "invite", {"package": _PACKAGE}),
        _SHOW,
        _UNDO,
    ),
)
CHANGED = replace(
    BUILT,
    steps=_lines(1, steps=("Change the assignment policy “Everybody, guests included”",)),
    changing=True,
    changes=(Difference("Lifecycle: Access ends", "after 14 days", "after 30 days"),),
    presses=(_SHOW, _UNDO),
)
UNDOING = replace(
    RUNNING,
    state=BuildState.UNDOING,
    undoing=True,
    steps=_lines(
        1,
        steps=("Delete the access package “Invited users package”", "Take “App4Guest” out of the catalog again"),
    ),
)
SHARING = Sharing(
    "turn-1",
    _PACKAGE,
    "Invited users package",
    _LINK,
    (
        Recipient("adele@contoso.com", "Adele Vance", "adele", Delivery.SENT, "", Delivery.SENT),
        Recipient(
            "ana@fabrikam.com",
            "Ana Silva",
            "",
            Delivery.FAILED,
            "The mailbox Usher sends from does not exist.",
            Delivery.SKIPPED,
            "They have no chat with Usher.",
        ),
    ),
)
SHARED = PackageShared("Invited users package", _LINK, "Contoso", "Alex Wilber", "Ana", "Please *ask* for it.")

SAMPLES = {
    "build_running": Sample(build_progress.card, build_progress.text, RUNNING),
    "build_waiting": Sample(build_progress.card, build_progress.text, WAITING),
    "build_failed": Sample(build_progress.card, build_progress.text, FAILED),
    "build_built": Sample(build_progress.card, build_progress.text, BUILT),
    "build_changed": Sample(build_progress.card, build_progress.text, CHANGED),
    "build_undoing": Sample(build_progress.card, build_progress.text, UNDOING),
    "share_form": Sample(
        share_form.card,
        share_form.text,
        ShareForm(
            _PACKAGE,
            "Invited users package",
            "Adele",
            problems={"to": "“Adele” may be several people."},
            unclear="Adele",
            choices=(
                Choice("Adele Vance (adele@contoso.com)", "adele@contoso.com"),
                Choice("Adele Berg", "berg@x.com"),
            ),
        ),
    ),
    "sharing": Sample(sharing.card, sharing.text, SHARING),
    "package_shared": Sample(package_shared.card, package_shared.text, SHARED),
}
