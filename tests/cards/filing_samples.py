"""Cards of files of access packages."""

from bot.domain.building.filed import FileProblem, Spot
from bot.domain.outcomes import (
    BuildLine,
    BuildOverview,
    Choice,
    Difference,
    FiledLine,
    FilePlan,
    PackageFile,
    Press,
    Style,
    Tone,
    Unclear,
    Verdict,
)
from cards import build_overview, file_plan, package_file
from tests.cards.sample import Sample

_TEXT = """usher: 1  # the version of this format
packages:
  - name: Invited users package
    catalog: General
    hidden: no  # yes: only people with the link find it
"""
_FILE = PackageFile(
    "invited-users-package.yaml", _TEXT, ("Invited users package",), note="Teams offers it as a file below."
)
_PART = PackageFile("access-packages.yaml", _TEXT, ("Invited users package", "Partner project"), 2, 3)
_CHANGED = FiledLine(
    "Invited users package",
    "General",
    Verdict.CHANGE,
    (
        Difference("Basics: Description", "", "For *guests* of the audit."),
        Difference("Lifecycle: Initial Policy: access ends", "after 14 days", "after 30 days"),
    ),
    notes=("Stays although the file does not name it: Partner Readers (Member).",),
)
_NEW = FiledLine(
    "Partner project",
    "General",
    Verdict.CREATE,
    makes=("App4Guest: Default Access", "Initial Policy: all users may ask"),
)
_SAME = FiledLine("Staff handbook", "General", Verdict.SAME)
_WRONG = FiledLine(
    "Supplier portal",
    "Suppliers",
    Verdict.WRONG,
    problems=(
        FileProblem(
            "There is no person or group “Adele Vanse” here. Give the whole name or an address.",
            Spot(31, 27),
            "- approvers: [Adele Vanse]",
        ),
    ),
)
_CLOSED = FiledLine(
    "Board papers", "Board", Verdict.CLOSED, notes=("You may not change access packages in this catalog.",)
)
_APPLY = (
    Press("Apply", "package.apply.yes", {"file": "turn-1", "plan": "a1b2"}, style=Style.PRIMARY),
    Press("Cancel", "package.apply.no", {"file": "turn-1"}),
)

SAMPLES = {
    "package_file": Sample(package_file.card, package_file.text, _FILE),
    "package_file_part": Sample(package_file.card, package_file.text, _PART),
    "file_plan": Sample(file_plan.card, file_plan.text, FilePlan((_SAME, _CHANGED, _NEW), presses=_APPLY)),
    "file_plan_wrong": Sample(file_plan.card, file_plan.text, FilePlan((_CHANGED, _WRONG, _CLOSED))),
    "file_plan_unclear": Sample(
        file_plan.card,
        file_plan.text,
        FilePlan(
            (_WRONG,),
            unclear=(Unclear("Adele", (Choice("Adele Vance (adele@contoso.com)", "a1"), Choice("Adele Berg", "a2"))),),
            choose=Press(
                "Use these", "package.apply.choose", {"file": "turn-1", "ref.0": "Adele"}, style=Style.PRIMARY
            ),
        ),
    ),
    "file_plan_unreadable": Sample(
        file_plan.card,
        file_plan.text,
        FilePlan(
            problems=(FileProblem("This is not YAML: a quote that is never closed.", Spot(3, 11), '- name: "Partners'),)
        ),
    ),
    "file_diff": Sample(
        file_plan.card,
        file_plan.text,
        FilePlan((_SAME, _CHANGED, _NEW), comparing=True, only_here=("Board papers", "Supplier portal")),
    ),
    "build_overview": Sample(
        build_overview.card,
        build_overview.text,
        BuildOverview(
            "turn-1",
            (
                BuildLine("Invited users package", Tone.GOOD, "Changed"),
                BuildLine("Partner project", Tone.WORKING, "3 of 5 steps done"),
                BuildLine("Supplier portal", Tone.BAD, "Stopped at: Create the policy “Initial Policy”"),
            ),
            presses=(Press("Resume", "package.apply.resume", {"file": "turn-1"}, style=Style.PRIMARY),),
        ),
    ),
    "build_overview_settled": Sample(
        build_overview.card,
        build_overview.text,
        BuildOverview(
            "turn-1",
            (
                BuildLine("Invited users package", Tone.GOOD, "done"),
                BuildLine("Partner project", Tone.INFO, "taken back"),
            ),
            settled=True,
            presses=(Press("Show Partner project", "package.apply.show", {"file": "turn-1", "build": "turn-1-1"}),),
        ),
    ),
}
