"""The shapes entitlement management accepts in request bodies (Graph v1.0 metadata)."""

from __future__ import annotations

from sandbox.entitlement.model import (
    REFERENCE,
    Shape,
    anything,
    duration,
    guid,
    one_of_types,
    pattern,
    reference,
    timestamp,
)

TARGET_SCOPES = {
    "notSpecified", "specificDirectoryUsers", "specificConnectedOrganizationUsers",
    "specificDirectoryServicePrincipals", "allMemberUsers", "allDirectoryUsers",
    "allDirectoryServicePrincipals", "allConfiguredConnectedOrganizationUsers", "allExternalUsers",
    "allDirectoryAgentIdentities",
}  # fmt: skip
EXPIRATION: Shape = {
    "type": {"notSpecified", "noExpiration", "afterDateTime", "afterDuration"},
    "duration": duration,
    "endDateTime": timestamp,
}
SCHEDULE: Shape = {"startDateTime": timestamp, "expiration": EXPIRATION, "recurrence": anything}
_NAMED = {"description": str}
SUBJECT_SET = one_of_types(
    {
        "singleUser": {"userId": guid} | _NAMED,
        "groupMembers": {"groupId": guid} | _NAMED,
        "connectedOrganizationMembers": {"connectedOrganizationId": guid} | _NAMED,
        "requestorManager": {"managerLevel": int},
        "targetManager": {"managerLevel": int},
        "internalSponsors": {},
        "externalSponsors": {},
        "targetUserSponsors": {},
        "targetApplicationOwners": {},
        "targetAgentIdentitySponsorsOrOwners": {},
        "attributeRuleMembers": {"membershipRule": str} | _NAMED,
        "singleServicePrincipal": {"servicePrincipalId": guid} | _NAMED,
    }
)
REQUESTOR_SETTINGS: Shape = {
    "enableTargetsToSelfAddAccess": bool,
    "enableTargetsToSelfUpdateAccess": bool,
    "enableTargetsToSelfRemoveAccess": bool,
    "allowCustomAssignmentSchedule": bool,
    "enableOnBehalfRequestorsToAddAccess": bool,
    "enableOnBehalfRequestorsToUpdateAccess": bool,
    "enableOnBehalfRequestorsToRemoveAccess": bool,
    "onBehalfRequestors": [SUBJECT_SET],
}
APPROVAL_STAGE: Shape = {
    "durationBeforeAutomaticDenial": duration,
    "durationBeforeEscalation": duration,
    "isApproverJustificationRequired": bool,
    "isEscalationEnabled": bool,
    "primaryApprovers": [SUBJECT_SET],
    "fallbackPrimaryApprovers": [SUBJECT_SET],
    "escalationApprovers": [SUBJECT_SET],
    "fallbackEscalationApprovers": [SUBJECT_SET],
    "approverInformationVisibility": {"default", "notVisible", "visible"},
}
APPROVAL_SETTINGS: Shape = {
    "isApprovalRequiredForAdd": bool,
    "isApprovalRequiredForUpdate": bool,
    "isRequestorJustificationRequired": bool,
    "stages": [APPROVAL_STAGE],
}
REVIEW_SETTINGS: Shape = {
    "isEnabled": bool,
    "expirationBehavior": {"keepAccess", "removeAccess", "acceptAccessRecommendation"},
    "isRecommendationEnabled": bool,
    "isReviewerJustificationRequired": bool,
    "isSelfReview": bool,
    "schedule": SCHEDULE,
    "primaryReviewers": [SUBJECT_SET],
    "fallbackReviewers": [SUBJECT_SET],
}
_LOCALIZATION: Shape = {"languageCode": str, "text": str}
_QUESTION: Shape = {
    "id": str,
    "sequence": int,
    "isRequired": bool,
    "isAnswerEditable": bool,
    "text": str,
    "localizations": [_LOCALIZATION],
}
_CHOICE: Shape = {"actualValue": str, "text": str, "localizations": [_LOCALIZATION]}
QUESTION = one_of_types(
    {
        "accessPackageTextInputQuestion": _QUESTION | {"isSingleLineQuestion": bool, "regexPattern": pattern},
        "accessPackageMultipleChoiceQuestion": _QUESTION | {"isMultipleSelectionAllowed": bool, "choices": [_CHOICE]},
    }
)
POLICY: Shape = {
    "id": anything,
    "displayName": str,
    "description": str,
    "allowedTargetScope": TARGET_SCOPES,
    "specificAllowedTargets": [SUBJECT_SET],
    "automaticRequestSettings": {
        "requestAccessForAllowedTargets": bool,
        "removeAccessWhenTargetLeavesAllowedTargets": bool,
        "gracePeriodBeforeAccessRemoval": duration,
    },
    "expiration": EXPIRATION,
    "requestorSettings": REQUESTOR_SETTINGS,
    "requestApprovalSettings": APPROVAL_SETTINGS,
    "reviewSettings": REVIEW_SETTINGS,
    "questions": [QUESTION],
    "notificationSettings": {"isAssignmentNotificationDisabled": bool},
    "customExtensionStageSettings": [{"stage": str, "customExtension": {"id": anything}}],
    "accessPackage": reference,
    "catalog": reference,
}
CATALOG: Shape = {
    "displayName": str,
    "description": str,
    "state": {"published", "unpublished"},
    "isExternallyVisible": bool,
}
PACKAGE: Shape = {"displayName": str, "description": str, "isHidden": bool}
NEW_PACKAGE: Shape = PACKAGE | {"catalog": REFERENCE}
RESOURCE: Shape = {
    "id": guid,
    "displayName": str,
    "description": str,
    "originId": str,
    "originSystem": {"AadGroup", "AadApplication", "SharePointOnline", "DirectoryRole"},
    "attributes": [anything],
    "environment": anything,
    "roles": [anything],
    "scopes": [anything],
}
RESOURCE_REQUEST: Shape = {
    "requestType": {"adminAdd", "adminUpdate", "adminRemove"},
    "resource": RESOURCE,
    "catalog": REFERENCE,
}
_ORIGIN: Shape = {
    "id": str,
    "displayName": str,
    "description": str,
    "originId": str,
    "originSystem": str,
    "resource": RESOURCE,
}
ROLE_SCOPE: Shape = {"role": _ORIGIN | {"type": anything}, "scope": _ORIGIN | {"isRootScope": bool}}
ANSWER = one_of_types(
    {"accessPackageAnswerString": {"value": str, "displayValue": str, "answeredQuestion": {"id": str}}}
)
TARGET: Shape = {"id": str, "objectId": guid, "email": str, "displayName": str}
# The documented body names three ids that the metadata does not declare; the service takes them.
ASSIGNMENT: Shape = {
    "id": guid,
    "targetId": guid,
    "assignmentPolicyId": guid,
    "accessPackageId": guid,
    "target": TARGET,
    "assignmentPolicy": REFERENCE,
    "accessPackage": REFERENCE,
}
ASSIGNMENT_REQUEST: Shape = {
    "requestType": {"adminAdd", "adminUpdate", "adminRemove", "userAdd", "userUpdate", "userRemove"},
    "assignment": ASSIGNMENT,
    "schedule": SCHEDULE,
    "justification": str,
    "answers": [ANSWER],
}
STAGE_DECISION: Shape = {"reviewResult": {"Approve", "Deny"}, "justification": str}
SUBJECT: Shape = {"subjectLifecycle": {"governed", "notGoverned"}}
SETTINGS: Shape = {
    "externalUserLifecycleAction": {"none", "blockSignIn", "blockSignInAndDelete"},
    "durationUntilExternalUserDeletedAfterBlocked": duration,
}
IDENTITY_SOURCE = one_of_types(
    {
        "domainIdentitySource": {"domainName": str, "displayName": str},
        "azureActiveDirectoryTenant": {"tenantId": guid, "displayName": str},
        "crossCloudAzureActiveDirectoryTenant": {"tenantId": guid, "displayName": str, "cloudInstance": str},
        "externalDomainFederation": {"domainName": str, "displayName": str, "issuerUri": str},
        "socialIdentitySource": {"displayName": str, "socialIdentitySourceType": str},
    }
)
CONNECTED_ORGANIZATION: Shape = {
    "displayName": str,
    "description": str,
    "identitySources": [IDENTITY_SOURCE],
    "state": {"configured", "proposed"},
}
ROLE_ASSIGNMENT: Shape = {"principalId": guid, "roleDefinitionId": guid, "appScopeId": str}
