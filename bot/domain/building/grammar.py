"""The words a sentence about a package may use, and what each of them opens."""

from __future__ import annotations

from bot.domain.building.terms import Frequency, Moment

KEYS = {
    "name": "name called title",
    "description": "description describe desc about",
    "catalog": "catalog catalogue cat in-catalog",
    "app": "app application apps applications",
    "group": "group team groups teams m365-group microsoft-365-group security-group",
    "site": "site sharepoint sharepoint-site sites",
    "role": "role roles as",
    "for": "for audience who scope requestors who-can-request",
    "org": "org orgs organization organisation organizations organisations connected-organization "
    "connected-organisation connected-organizations partner partners",
    "users": "users user people person members-of",
    "approve": "approve approval approvals require-approval needs-approval",
    "approver": "approver approvers approved-by",
    "stages": "stages stage",
    "fallback": "fallback fallbacks fallback-approver fallback-approvers",
    "alternate": "alternate alternates alternate-approver alternate-approvers escalate-to",
    "alternate-fallback": "alternate-fallback alternate-fallbacks",
    "decide": "decide decide-in decide-within within days-to-decide",
    "alternate-after": "alternate-after alternates-after escalate-after",
    "approver-justification": "approver-justification approver-reason",
    "requests": "requests request new-requests enable-requests enabled",
    "justification": "justification reason requestor-justification",
    "question": "question questions ask",
    "days": "days day expires-after expire-after",
    "hours": "hours hour",
    "until": "until till ends end expires on-date date",
    "never": "never no-end no-expiry never-expires",
    "timeline": "timeline custom-timeline custom-schedule specific-timeline",
    "extend": "extend extension-allowed extend-access extendable more-time prolong",
    "review": "review reviews access-review access-reviews",
    "reviewer": "reviewer reviewers reviewed-by",
    "review-days": "review-days review-duration",
    "review-fallback": "review-fallback review-fallbacks fallback-reviewer fallback-reviewers",
    "no-answer": "no-answer no-response if-no-answer",
    "recommendations": "recommendations recommendation decision-helpers",
    "reviewer-justification": "reviewer-justification reviewer-reason",
    "review-start": "review-start review-starts first-review",
    "extension": "extension extensions custom-extension custom-extensions",
    "incompatible": "incompatible incompatible-package incompatible-packages not-with",
    "incompatible-group": "incompatible-group incompatible-groups not-in-group",
    "hidden": "hidden hide",
    "visible": "visible show shown",
    "policy": "policy assignment-policy",
    "policy-name": "policy-name rename-policy",
    "policy-description": "policy-description",
}
WORDS = {word: key for key, words in KEYS.items() for word in words.split()}
"""Word that opens a clause -> its key."""

FLAGS = {
    "hidden": "hidden",
    "hide": "hidden",
    "visible": "visible",
    "never": "never",
    "never-expires": "never",
    "no-expiry": "never",
    "no-approval": "approve:no",
    "no-review": "review:no",
    "no-reviews": "review:no",
}
"""Words that say everything by themselves -> key, or key:value."""

YES = frozenset("yes y true on 1 required enabled enable allowed allow ja oui si open".split())
NO = frozenset("no n false off 0 none not disabled disable never closed nein non".split())

AUDIENCES = {
    "all-users": "all-users all-users-including-guests including-guests everyone everybody all allusers "
    "all-users-and-guests alldirectoryusers all-directory-users members-and-guests",
    "members": "members all-members allmemberusers no-guests excluding-guests employees all-members-excluding-guests "
    "all-users-excluding-guests internal",
    "specific": "specific specific-users certain-users some-users specificdirectoryusers",
    "specific-organizations": "specific-organizations specific-organisations specific-orgs some-organizations "
    "specificconnectedorganizationusers",
    "all-organizations": "all-organizations all-organisations all-orgs all-partners connected-organizations "
    "connected-organisations all-connected-organizations all-connected-organisations "
    "allconfiguredconnectedorganizationusers",
    "anyone": "anyone anybody any external outside outsiders allexternalusers all-external all-external-users "
    "external-users",
    "admins-only": "admins-only admin-only nobody no-one none admins administrators administrators-only direct "
    "direct-only direct-assignment notspecified",
}
AUDIENCE_WORDS = {word: audience for audience, words in AUDIENCES.items() for word in words.split()}
"""Word behind `for:` -> audience of a draft."""

FREQUENCIES = {
    "week": Frequency.WEEKLY,
    "month": Frequency.MONTHLY,
    "quarter": Frequency.QUARTERLY,
    "year": Frequency.YEARLY,
    "annually": Frequency.YEARLY,
    "annual": Frequency.YEARLY,
    "half-year": Frequency.HALF_YEARLY,
    "halfyearly": Frequency.HALF_YEARLY,
    "semi-annually": Frequency.HALF_YEARLY,
    "bi-annually": Frequency.HALF_YEARLY,
    "every-week": Frequency.WEEKLY,
    "every-month": Frequency.MONTHLY,
    "every-quarter": Frequency.QUARTERLY,
    "every-year": Frequency.YEARLY,
    **{one.value: one for one in Frequency},
}
"""Word behind `review:` -> how often."""

NO_ANSWERS = {
    **dict.fromkeys("keep stay stays keep-access keepaccess".split(), "keep"),
    **dict.fromkeys("remove removes remove-access removeaccess revoke".split(), "remove"),
    **dict.fromkeys("recommend recommendation recommendations acceptaccessrecommendation".split(), "recommend"),
}
"""Word behind `no-answer:` -> as a draft says it."""

MOMENTS = {
    **{one.value.casefold(): one for one in Moment},
    **dict.fromkeys("requested request created asked".split(), Moment.REQUESTED),
    **dict.fromkeys("approved approval".split(), Moment.APPROVED),
    **dict.fromkeys("granted given assigned delivered".split(), Moment.GRANTED),
    **dict.fromkeys("removed ended revoked".split(), Moment.REMOVED),
    **dict.fromkeys("14-days 14days fourteen-days 14d".split(), Moment.FOURTEEN_DAYS),
    **dict.fromkeys("1-day 1day one-day 1d".split(), Moment.ONE_DAY),
}
"""Word behind `extension:` -> the moment it is called at."""
