"""The assignment policies of the demo's packages."""

from typing import Any

from sandbox.world import Entity


def everyone() -> Entity:
    """All users, guests too, for fourteen days or as they ask; nobody approves."""
    return _policy("All users", "allDirectoryUsers", self_service=True, days=14, custom=True)


def members_only() -> Entity:
    """All members, no guests."""
    return _policy("All members", "allMemberUsers", self_service=True, days=365)


def nobody() -> Entity:
    """In scope are all users, but nobody may ask for it themselves."""
    return _policy("Closed", "allDirectoryUsers", self_service=False, days=30)


def with_approval(approver: str) -> Entity:
    """All users, one approval stage, a reason and two questions."""
    policy = _policy("Partners, with approval", "allDirectoryUsers", self_service=True, days=90)
    policy["requestApprovalSettings"] = {
        "isApprovalRequiredForAdd": True,
        "isApprovalRequiredForUpdate": False,
        "isRequestorJustificationRequired": True,
        "stages": [_stage(approver)],
    }
    policy["_questions"] = [_text_question(), _choice_question()]
    return policy


def _policy(name: str, scope: str, *, self_service: bool, days: int, custom: bool = False) -> Entity:
    return {
        "allowedTargetScope": scope,
        "automaticRequestSettings": None,
        "description": name,
        "displayName": name,
        "expiration": {"duration": f"P{days}D", "endDateTime": None, "type": "afterDuration"},
        "notificationSettings": {"isAssignmentNotificationDisabled": False},
        "requestApprovalSettings": {
            "isApprovalRequiredForAdd": False,
            "isApprovalRequiredForUpdate": False,
            "isRequestorJustificationRequired": False,
            "stages": [],
        },
        "requestorSettings": _requestors(self_service, custom),
        "reviewSettings": None,
        "specificAllowedTargets": [],
        "_questions": [],
    }


def _requestors(self_service: bool, custom: bool) -> dict[str, Any]:
    return {
        "allowCustomAssignmentSchedule": custom,
        "enableOnBehalfRequestorsToAddAccess": False,
        "enableOnBehalfRequestorsToRemoveAccess": False,
        "enableOnBehalfRequestorsToUpdateAccess": False,
        "enableTargetsToSelfAddAccess": self_service,
        "enableTargetsToSelfRemoveAccess": self_service,
        "enableTargetsToSelfUpdateAccess": self_service,
        "onBehalfRequestors": [],
    }


def _stage(approver: str) -> Entity:
    user = {"@odata.type": "#microsoft.graph.singleUser", "description": "Adele Vance", "userId": approver}
    return {
        "approverInformationVisibility": "default",
        "durationBeforeAutomaticDenial": "P14D",
        "durationBeforeEscalation": "PT0S",
        "escalationApprovers": [],
        "fallbackEscalationApprovers": [],
        "fallbackPrimaryApprovers": [],
        "isApproverJustificationRequired": False,
        "isEscalationEnabled": False,
        "primaryApprovers": [user],
    }


def _text_question() -> Entity:
    return {
        "@odata.type": "#microsoft.graph.accessPackageTextInputQuestion",
        "id": "ffffffff-ffff-4fff-8fff-fffffffffff1",
        "isAnswerEditable": True,
        "isRequired": True,
        "isSingleLineQuestion": True,
        "localizations": [],
        "regexPattern": None,
        "sequence": 1,
        "text": "Which project are you working on?",
    }


def _choice_question() -> Entity:
    choices = [
        {
            "@odata.type": "#microsoft.graph.accessPackageAnswerChoice",
            "actualValue": value,
            "localizations": [],
            "text": text,
        }
        for value, text in (("design", "Design"), ("build", "Build"), ("audit", "Audit"))
    ]
    return {
        "@odata.type": "#microsoft.graph.accessPackageMultipleChoiceQuestion",
        "choices": choices,
        "id": "ffffffff-ffff-4fff-8fff-fffffffffff2",
        "isAnswerEditable": True,
        "isMultipleSelectionAllowed": False,
        "isRequired": False,
        "localizations": [],
        "sequence": 2,
        "text": "In which team?",
    }
