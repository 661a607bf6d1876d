"""Outcomes of looking at packages, changing them and taking them away, with the names of the demo tenant."""

from datetime import UTC, datetime

from bot.domain.building.facts import Use
from bot.domain.outcomes import (
    DeletionProgress,
    DeletionQuestion,
    DeletionState,
    Difference,
    Entry,
    Finding,
    Holder,
    LintedPackage,
    LintLine,
    LintReport,
    PackageChange,
    PackageView,
    PolicyView,
    Press,
    Style,
    Tone,
)
from cards import deletion_progress, package_change, package_deletion, package_lint, package_view
from tests.cards.sample import Sample

PACKAGE = "99999999-9999-4999-8999-999999999991"
LINK = f"https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/access-packages/{PACKAGE}"
NAME = "Invited users package"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def press(title: str, verb: str, style: Style = Style.PLAIN) -> Press:
    return Press(title, verb, {"package": PACKAGE}, style=style)


VIEW = PackageView(
    PACKAGE,
    NAME,
    "General",
    LINK,
    (Tone.GOOD, "Open for requests"),
    "Opens App4Guest.",
    opens=("App4Guest (application): Default Access",),
    policies=(
        PolicyView(
            "All users",
            "Everybody in this directory, guests included can ask; no approval; access ends 14 days after it was given",
            ("New requests: open", "Approval: not needed", "Timeline: people may ask for their own dates"),
        ),
    ),
    use=Use(assigned=12, pending=1, expiring=3),
    changes=(
        Entry(AT, "Alex Wilber changed it (Access ends: 14 days → 30 days)"),
        Entry(AT, "Adele Vance shared its request link"),
    ),
    sound=(Tone.GOOD, "nothing stands out"),
    presses=(
        press("Edit", "package edit", Style.PRIMARY),
        press("Invite someone", "invite"),
        press("Close requests", "package close"),
        press("Lint", "package lint"),
        press("More…", "package.more"),
    ),
    time_zone="Europe/Berlin",
)
BARE = PackageView(
    PACKAGE,
    "*New* <package>",
    "Partners",
    "",
    (Tone.BAD, "Nobody can ask for it and nobody can be assigned"),
    hidden=True,
    sound=(Tone.BAD, "2 problems"),
)
CHANGE = PackageChange(
    "build-1",
    f"Change “{NAME}”?",
    (Difference("Lifecycle: Access ends", "14 days after it was given", "30 days after it was given"),),
    notes=("Who has it already keeps the end they were given.",),
    presses=(
        Press("Yes, change it", "package.change.yes", {"build": "build-1"}, style=Style.PRIMARY),
        Press("No, leave it", "package.change.no", {"build": "build-1"}),
    ),
)
OVERTAKEN = PackageChange(
    "build-1",
    f"“{NAME}” has changed since you looked",
    (Difference("Lifecycle: Access ends", "7 days after it was given", "30 days after it was given"),),
    findings=(Finding("Access never ends, also for guests.", Tone.WARNING, code="no_expiry"),),
    meanwhile=(Difference("Lifecycle: Access ends", "14 days after it was given", "7 days after it was given"),),
    presses=(Press("Look again", "package.change.again", {"build": "build-1"}, style=Style.PRIMARY),),
)
QUESTION = DeletionQuestion(
    "build-2",
    NAME,
    (Holder("Ana Silva", "through All users, until 7 December 2026"), Holder("Ben Ortiz", "account deleted")),
    waiting=1,
    typed=True,
    problem="That is not the name of this package.",
    presses=(
        Press("Yes, delete it", "package.delete.yes", {"build": "build-2"}, style=Style.DANGER),
        Press("No, keep it", "package.delete.no", {"build": "build-2"}),
    ),
)
ENDING = DeletionProgress("build-2", NAME, DeletionState.ENDING, 1, 2, ("Ben Ortiz",))
LINTED = LintedPackage(
    PACKAGE,
    NAME,
    (
        LintLine(Finding("The approver Adele Vance cannot sign in.", Tone.BAD, code="x"), f'package edit "{NAME}" …'),
        LintLine(Finding("Access never ends, also for guests.", Tone.WARNING), f'package edit "{NAME}" days:30'),
    ),
)
SAMPLES = {
    "package_view": Sample(package_view.card, package_view.text, VIEW),
    "package_view_bare": Sample(package_view.card, package_view.text, BARE),
    "package_change": Sample(package_change.card, package_change.text, CHANGE),
    "package_change_overtaken": Sample(package_change.card, package_change.text, OVERTAKEN),
    "package_deletion": Sample(package_deletion.card, package_deletion.text, QUESTION),
    "package_deletion_blocked": Sample(
        package_deletion.card,
        package_deletion.text,
        DeletionQuestion("", NAME, waiting=2, blocked=("Requests are open.",), presses=(press("Back", "package"),)),
    ),
    "deletion_progress": Sample(deletion_progress.card, deletion_progress.text, ENDING),
    "deletion_progress_stuck": Sample(
        deletion_progress.card,
        deletion_progress.text,
        DeletionProgress(
            "build-2",
            NAME,
            DeletionState.STUCK,
            1,
            2,
            ("Ben Ortiz",),
            "Entra has not ended the access.",
            "Forbidden",
            (Press("Try again", "package.delete.again", {"build": "build-2"}),),
        ),
    ),
    "deletion_progress_done": Sample(
        deletion_progress.card,
        deletion_progress.text,
        DeletionProgress("build-2", NAME, DeletionState.DELETED, 20, 20),
    ),
    "package_lint": Sample(
        package_lint.card, package_lint.text, LintReport((LINTED,), presses=(press("Edit", "package edit"),))
    ),
    "package_lint_all": Sample(
        package_lint.card, package_lint.text, LintReport((LINTED, LintedPackage("p", "Staff")), healthy=3)
    ),
    "package_lint_healthy": Sample(package_lint.card, package_lint.text, LintReport((), healthy=5)),
}
