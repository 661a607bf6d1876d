"""Write the terms of an assignment policy as Graph's JSON, anew or into what is there.

Nothing but what differs is touched, so that a change loses neither translations nor settings Usher has no word for,
and a duration stays as Graph spelled it (`P1M` has no fixed number of days).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.building.terms import Extension, Moment, Stage, Terms
from bot.domain.packages import Expiration, Scope
from bot.graph.policy_changes import aligned, differs
from bot.graph.policy_questions import merged_questions
from bot.graph.policy_reviews import merged_review
from bot.graph.policy_subjects import PREFIX, merged_subjects
from bot.graph.policy_terms import extension_of
from bot.graph.times import exact_timestamp, iso_duration
from bot.graph.wire import Json

REQUEST_EXTENSION = "accessPackageAssignmentRequestWorkflowExtension"
ENDING_EXTENSION = "accessPackageAssignmentWorkflowExtension"
ENDINGS = frozenset({Moment.FOURTEEN_DAYS, Moment.ONE_DAY})
READ_ONLY = frozenset({"createdDateTime", "modifiedDateTime", "catalog"})


def policy_body(terms: Terms, package_id: str) -> Json:
    """A new policy of the package.

    https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentpolicies
    """
    nobody_asks = {f"enableOnBehalfRequestorsTo{what}Access": False for what in ("Add", "Update", "Remove")}
    asking = {
        "enableTargetsToSelfRemoveAccess": terms.scope is not Scope.DIRECT_ONLY,
        **nobody_asks,
        "onBehalfRequestors": [],
    }
    body = {"requestorSettings": asking, "accessPackage": {"id": package_id}}
    return merged(body, None, terms)


def replacement(row: Json, package_id: str) -> Json:
    """What a PUT takes of a policy that was read with its expansions: without what only Graph may say.

    https://learn.microsoft.com/graph/api/accesspackageassignmentpolicy-update
    """
    body: Json = {name: _stated(value) for name, value in row.items() if name not in READ_ONLY and "@" not in name}
    body["accessPackage"] = {"id": package_id}
    settings = body.get("customExtensionStageSettings")
    if settings is not None:
        body["customExtensionStageSettings"] = [_referring(setting) for setting in settings]
    return body


def merged(row: Json, before: Terms | None, after: Terms) -> Json:
    """`row` with what differs between `before` (None: everything) and `after`; `row` itself stays as it is."""
    body = dict(row)
    if differs(before, after, "name"):
        body["displayName"] = after.name
    if differs(before, after, "description"):
        body["description"] = after.description
    if differs(before, after, "scope"):
        body["allowedTargetScope"] = after.scope.value
    if differs(before, after, "targets"):
        body["specificAllowedTargets"] = merged_subjects(row.get("specificAllowedTargets"), after.targets)
    if differs(before, after, "ends"):
        body["expiration"] = expiration_body(after.ends)
    body |= _part("requestorSettings", row, _asking(before, after))
    body |= _part("requestApprovalSettings", row, _approval(row.get("requestApprovalSettings") or {}, before, after))
    if differs(before, after, "questions"):
        asked = () if before is None else before.questions
        body["questions"] = merged_questions(row.get("questions"), asked, after.questions)
    if differs(before, after, "review"):
        body["reviewSettings"] = merged_review(
            row.get("reviewSettings"), None if before is None else before.review, after.review
        )
    if differs(before, after, "extensions"):
        settings = row.get("customExtensionStageSettings") or []
        body["customExtensionStageSettings"] = _extensions(settings, after.extensions)
    return body


def expiration_body(ends: Expiration) -> Json:
    """When access ends; never both a length and a date."""
    if ends.after is not None:
        return {"type": "afterDuration", "duration": iso_duration(ends.after), "endDateTime": None}
    if ends.on is not None:
        return {"type": "afterDateTime", "duration": None, "endDateTime": exact_timestamp(ends.on)}
    return {"type": "noExpiration", "duration": None, "endDateTime": None}


def _part(name: str, row: Json, changes: Json) -> Json:
    return {name: {**(row.get(name) or {}), **changes}} if changes else {}


def _asking(before: Terms | None, after: Terms) -> Json:
    changes: Json = {}
    if differs(before, after, "accepts_requests"):
        changes["enableTargetsToSelfAddAccess"] = after.accepts_requests
    if differs(before, after, "extendable"):
        changes["enableTargetsToSelfUpdateAccess"] = after.extendable
    if differs(before, after, "custom_timeline"):
        changes["allowCustomAssignmentSchedule"] = after.custom_timeline
    return changes


def _approval(row: Json, before: Terms | None, after: Terms) -> Json:
    changes: Json = {}
    if differs(before, after, "approve_extension"):
        changes["isApprovalRequiredForUpdate"] = after.approve_extension
    if differs(before, after, "needs_justification"):
        changes["isRequestorJustificationRequired"] = after.needs_justification
    if differs(before, after, "stages"):
        changes["isApprovalRequiredForAdd"] = after.needs_approval
        # Stages that only extensions pass through are not among the terms, and stay.
        if after.stages or not after.approve_extension:
            asked = () if before is None else before.stages
            changes["stages"] = _stages(row.get("stages") or [], asked, after.stages)
    return changes if before is None or changes else {}


def _stages(rows: Sequence[Json], before: Sequence[Stage], after: Sequence[Stage]) -> list[Json]:
    known = len(rows) == len(before)
    places = aligned(before if known else (), after, lambda one, other: not differs(one, other, *STAGE))
    return [
        _stage({}, None, stage) if place is None else _stage(rows[place], before[place], stage)
        for place, stage in zip(places, after, strict=True)
    ]


STAGE = tuple(Stage.__dataclass_fields__)


def _stage(row: Json, before: Stage | None, after: Stage) -> Json:
    body = dict(row)
    if differs(before, after, "answer_within"):
        body["durationBeforeAutomaticDenial"] = iso_duration(after.answer_within)
    if differs(before, after, "needs_justification"):
        body["isApproverJustificationRequired"] = after.needs_justification
    if differs(before, after, "alternates", "alternates_after"):
        escalated = bool(after.alternates)
        body["isEscalationEnabled"] = escalated
        body["durationBeforeEscalation"] = iso_duration(after.alternates_after) if after.alternates_after else "PT0S"
    lists = {
        "approvers": "primaryApprovers",
        "fallbacks": "fallbackPrimaryApprovers",
        "alternates": "escalationApprovers",
        "alternate_fallbacks": "fallbackEscalationApprovers",
    }
    for name, theirs in lists.items():
        if differs(before, after, name):
            body[theirs] = merged_subjects(row.get(theirs), getattr(after, name))
    return body


def _extensions(rows: Sequence[Json], after: Sequence[Extension]) -> list[Json]:
    """Settings for moments Usher has no word for are kept."""
    read = [(extension_of(row), row) for row in rows]
    kept = [row for extension, row in read if extension is None]
    known = {(extension.at, extension.id): row for extension, row in read if extension is not None}
    return [known.get((one.at, one.id)) or _extension(one) for one in after] + kept


def _extension(extension: Extension) -> Json:
    kind = ENDING_EXTENSION if extension.at in ENDINGS else REQUEST_EXTENSION
    return {"stage": extension.at.value, "customExtension": {"@odata.type": PREFIX + kind, "id": extension.id}}


def _referring(setting: Json) -> Json:
    """An extension is referred to: what it is made of is not the policy's to write."""
    extension = setting.get("customExtension")
    if not isinstance(extension, dict):
        return setting
    return {
        **setting,
        "customExtension": {name: extension[name] for name in ("@odata.type", "id") if name in extension},
    }


def _stated(value: object) -> object:
    """The value without Graph's own annotations; a type is part of the value."""
    if isinstance(value, dict):
        return {
            name: _stated(item) for name, item in value.items() if "@odata." not in name or name.endswith("@odata.type")
        }
    if isinstance(value, list):
        return [_stated(item) for item in value]
    return value
