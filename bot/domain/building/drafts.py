"""A package that is still being described: what was typed, filled in or read from a file so far, unchecked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResourceWish:
    """`kind` is "app", "group" or "site"; `ref` a name, an id or a URL; `role` a role's name, "" for the usual one."""

    kind: str
    ref: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class StageWish:
    """One approval stage. People are names, addresses, ids, or one of: manager, sponsors, external-sponsors.

    `days` to decide, `alternates_after` days; "" for the usual; "12h" for hours. `justification` is "yes", "no" or "".
    """

    approvers: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    days: str = ""
    alternates_after: str = ""
    justification: str = ""
    alternate_fallbacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionWish:
    """`kind` is "text", "long", "choice", "several" or ""; `choices` are texts; `translations` (language, text).

    `choice_translations` are (choice, language, text); `choice_values` (choice, what is stored where that differs).
    """

    text: str
    kind: str = ""
    required: str = ""
    choices: tuple[str, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    choice_translations: tuple[tuple[str, str, str], ...] = ()
    choice_values: tuple[tuple[str, str], ...] = ()
    pattern: str = ""
    editable: str = ""


@dataclass(frozen=True, slots=True)
class ReviewWish:
    """`frequency` is "yes", "no", one of `Frequency`, or ""; `reviewers` as in a stage, or "self". `days` a review lasts.

    `no_answer` is "keep", "remove", "recommend" or "". `recommendations` and `justification` are "yes", "no" or "";
    `starts` is an ISO date or moment.
    """

    frequency: str = ""
    reviewers: tuple[str, ...] = ()
    days: str = ""
    no_answer: str = ""
    fallbacks: tuple[str, ...] = ()
    recommendations: str = ""
    justification: str = ""
    starts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWish:
    """One assignment policy. `policy` is its name, "" for the first one; `renamed` the name it shall have.

    `audience` is one of AUDIENCES; `targets` names the people, groups or connected organizations of the specific ones.
    `approve` "yes" or "no"; stages without it mean yes. `ends` is "days", "hours", "date" or "never" with the amount in
    `length` (a number) or `until` (an ISO date). `extend` is "yes", "no" or "approval". `extensions` are (moment, name).
    """

    policy: str = ""
    renamed: str = ""
    policy_description: str = ""
    audience: str = ""
    targets: tuple[str, ...] = ()
    approve: str = ""
    stages: tuple[StageWish, ...] = ()
    requests: str = ""
    justification: str = ""
    questions: tuple[QuestionWish, ...] = ()
    ends: str = ""
    length: str = ""
    until: str = ""
    timeline: str = ""
    extend: str = ""
    review: ReviewWish = ReviewWish()
    extensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDraft(PolicyWish):
    """Everything is text as a person gave it; "" and () mean not given, "yes" and "no" are answers, NONE takes away.

    The fields of its first policy stand beside those of the package; `others` are further policies, by name.
    """

    name: str = ""
    description: str = ""
    catalog: str = ""
    hidden: str = ""
    resources: tuple[ResourceWish, ...] = ()
    incompatible_packages: tuple[str, ...] = ()
    incompatible_groups: tuple[str, ...] = ()
    others: tuple[PolicyWish, ...] = ()


NONE = "-"
"""Given for a text, or as the only entry of a list: there shall be none, where "" or () would leave what there is."""

AUDIENCES = {
    "all-users": "allDirectoryUsers",
    "members": "allMemberUsers",
    "specific": "specificDirectoryUsers",
    "specific-organizations": "specificConnectedOrganizationUsers",
    "all-organizations": "allConfiguredConnectedOrganizationUsers",
    "anyone": "allExternalUsers",
    "admins-only": "notSpecified",
}
"""Word for `for:` -> `allowedTargetScope`."""
