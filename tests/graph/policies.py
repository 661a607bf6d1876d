"""Assignment policies as Graph might return them: everything set or missing, spelled in ways nobody else would."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
GRAPH = "#microsoft.graph."
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
IDS = st.uuids(version=4).map(str)
FLAGS = st.booleans()
DURATIONS = st.sampled_from(["P1M", "P1Y", "P14D", "P2W", "PT8H", "PT36H", "P1DT12H", "P30D", "P0D", "PT0S", None])
MOMENTS = st.sampled_from(["2027-03-01T07:00:00Z", "2027-03-01T07:00:00.1234567Z", "2028-12-31T23:59:59+00:00"])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Objects with any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


def named(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Subject sets of one kind; Graph leaves descriptions out, null or empty."""
    described = {"description": st.none() | TEXT} if fields else {}
    return st.fixed_dictionaries({"@odata.type": st.just(GRAPH + kind), **fields}, optional=described)


WRITABLE = st.one_of(
    named("singleUser", userId=IDS),
    named("groupMembers", groupId=IDS),
    named("requestorManager").flatmap(
        lambda one: st.integers(1, 4).map(lambda level: {**one, "managerLevel": level}),
    ),
    *(
        st.just({"@odata.type": GRAPH + kind})
        for kind in ("internalSponsors", "externalSponsors", "targetUserSponsors")
    ),
    st.just({"@odata.type": GRAPH + "targetApplicationOwners"}),
)
UNKNOWN = st.just({"@odata.type": GRAPH + "attributeRuleMembers", "membershipRule": "x", "description": "rule"})


def people(*, known: bool) -> st.SearchStrategy[list[Json]]:
    """Lists of subject sets, with or without kinds that cannot be written anew."""
    return st.lists(WRITABLE if known else WRITABLE | UNKNOWN, max_size=3)


def stages(*, known: bool) -> st.SearchStrategy[Json]:
    """Approval stages."""
    return some(
        durationBeforeAutomaticDenial=DURATIONS,
        isApproverJustificationRequired=FLAGS,
        isEscalationEnabled=FLAGS,
        durationBeforeEscalation=DURATIONS,
        primaryApprovers=people(known=known),
        fallbackPrimaryApprovers=people(known=known),
        escalationApprovers=people(known=known),
        fallbackEscalationApprovers=people(known=known),
        approverInformationVisibility=st.sampled_from(["default", "notVisible", "visible"]),
        futureSetting=st.just({"keep": ["me", None]}),
    )


LOCALIZED = st.lists(
    st.fixed_dictionaries({"languageCode": st.sampled_from(["de", "fr-CA", "es"]), "text": TEXT}, optional={"x": TEXT}),
    max_size=2,
)
CHOICES = st.lists(
    st.fixed_dictionaries(
        {"actualValue": TEXT, "text": TEXT, "localizations": LOCALIZED},
        optional={"@odata.type": st.just("microsoft.graph.accessPackageAnswerChoice"), "future": TEXT},
    ),
    max_size=3,
    unique_by=lambda choice: choice["actualValue"],
)
_ASKED = {
    "isRequired": FLAGS,
    "isAnswerEditable": FLAGS | st.none(),
    "text": TEXT,
    "localizations": LOCALIZED,
    "sequence": st.integers(0, 9),
    "future": st.just([1, 2]),
}
QUESTIONS = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {"@odata.type": st.just(GRAPH + "accessPackageTextInputQuestion"), "id": IDS},
            optional={**_ASKED, "isSingleLineQuestion": FLAGS, "regexPattern": st.sampled_from([None, "^a+$"])},
        ),
        st.fixed_dictionaries(
            {"@odata.type": st.just(GRAPH + "accessPackageMultipleChoiceQuestion"), "id": IDS},
            optional={**_ASKED, "isMultipleSelectionAllowed": FLAGS, "choices": CHOICES},
        ),
    ),
    max_size=3,
    unique_by=lambda question: question["id"],
)
PATTERNS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["weekly", "absoluteMonthly", "absoluteYearly", "relativeMonthly"]),
        "interval": st.integers(1, 13),
    },
    optional={"dayOfMonth": st.just(5), "firstDayOfWeek": st.just("monday")},
)


def reviews(*, known: bool) -> st.SearchStrategy[Json | None]:
    """Review settings, switched on, off, or missing."""
    schedule = st.fixed_dictionaries(
        {
            "startDateTime": MOMENTS,
            "recurrence": st.fixed_dictionaries(
                {"pattern": PATTERNS, "range": st.just({"type": "noEnd", "startDate": "2027-03-01"})}
            ),
        },
        optional={"expiration": some(type=st.just("afterDuration"), duration=DURATIONS)},
    )
    return st.none() | st.fixed_dictionaries(
        {"isEnabled": FLAGS, "schedule": schedule},
        optional={
            "expirationBehavior": st.sampled_from(
                ["keepAccess", "removeAccess", "acceptAccessRecommendation", "later"]
            ),
            "isRecommendationEnabled": FLAGS,
            "isReviewerJustificationRequired": FLAGS,
            "isSelfReview": FLAGS,
            "primaryReviewers": people(known=known),
            "fallbackReviewers": people(known=known),
            "future": st.just(7),
        },
    )


EXPIRATIONS = st.one_of(
    DURATIONS.filter(bool).map(lambda length: {"type": "afterDuration", "duration": length, "endDateTime": None}),
    MOMENTS.map(lambda end: {"type": "afterDateTime", "endDateTime": end, "duration": None}),
    st.sampled_from([{"type": "noExpiration"}, {"type": "notSpecified", "duration": None}, {}]),
)
EXTENSIONS = st.lists(
    st.builds(
        lambda stage, key, kind: {
            "stage": stage,
            "customExtension": {"@odata.type": GRAPH + kind, "id": key, "displayName": "E", "createdBy": "a"},
        },
        st.sampled_from(["assignmentRequestCreated", "assignmentOneDayBeforeExpiration", "assignmentSomeDay"]),
        IDS,
        st.just("accessPackageAssignmentRequestWorkflowExtension"),
    ),
    max_size=2,
    unique_by=lambda setting: setting["customExtension"]["id"],
)


def policies(*, known: bool = False) -> st.SearchStrategy[Json]:
    """Whole policies as a GET with its expansions returns them; `known`: everybody in it can be written anew."""
    return st.fixed_dictionaries(
        {"id": IDS, "displayName": TEXT, "allowedTargetScope": st.sampled_from(["notSpecified", "allDirectoryUsers"])},
        optional={
            "@odata.context": st.just("https://graph.microsoft.com/v1.0/$metadata#x"),
            "description": TEXT | st.none(),
            "createdDateTime": MOMENTS,
            "modifiedDateTime": MOMENTS,
            "specificAllowedTargets": people(known=known),
            "automaticRequestSettings": st.none() | st.just({"requestAccessForAllowedTargets": True, "future": {}}),
            "notificationSettings": st.none() | st.just({"isAssignmentNotificationDisabled": True}),
            "expiration": EXPIRATIONS,
            "requestorSettings": some(
                enableTargetsToSelfAddAccess=FLAGS,
                enableTargetsToSelfUpdateAccess=FLAGS,
                enableTargetsToSelfRemoveAccess=FLAGS,
                allowCustomAssignmentSchedule=FLAGS | st.none(),
                enableOnBehalfRequestorsToAddAccess=FLAGS,
                onBehalfRequestors=people(known=known),
            ),
            "requestApprovalSettings": some(
                isApprovalRequiredForAdd=FLAGS,
                isApprovalRequiredForUpdate=FLAGS,
                isRequestorJustificationRequired=FLAGS,
                stages=st.lists(stages(known=known), max_size=3),
            ),
            "reviewSettings": reviews(known=known),
            "questions": QUESTIONS,
            "customExtensionStageSettings": EXTENSIONS,
            "accessPackage": st.just({"id": "p", "displayName": "P"}),
            "futureSetting": st.just({"deep": [{"keep": None}]}),
        },
    )
