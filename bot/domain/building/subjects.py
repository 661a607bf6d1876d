"""Whom a policy names: people, groups, organisations, managers and sponsors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SubjectKind(StrEnum):
    """Kinds of subject set (`@odata.type` without its prefix).

    https://learn.microsoft.com/graph/api/resources/subjectset
    """

    USER = "singleUser"
    GROUP = "groupMembers"
    ORGANIZATION = "connectedOrganizationMembers"
    MANAGER = "requestorManager"
    TARGET_MANAGER = "targetManager"
    INTERNAL_SPONSORS = "internalSponsors"
    EXTERNAL_SPONSORS = "externalSponsors"
    GUEST_SPONSORS = "targetUserSponsors"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Subject:
    """One entry of approvers, reviewers or targets.

    `id` is the object id of the user or group, or the connected organization's id; "" for kinds that name nobody.
    `level` counts managers upwards from 1. `name` is what people read.
    """

    kind: SubjectKind
    id: str = ""
    name: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something a typed reference may mean, with what decides whether it fits."""

    subject: Subject
    address: str = ""
    is_guest: bool = False
    enabled: bool = True
