"""The tenant of these tests: what a draft finds there, and the article's package."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.lookup import CustomExtension, Found, PackageName
from bot.domain.building.organizations import ConnectedOrganization, IdentitySource
from bot.domain.building.resources import DEFAULT_ACCESS, Resource, ResourceCandidate, ResourceRole, Role, System
from bot.domain.building.subjects import Candidate, Subject, SubjectKind
from bot.domain.building.terms import Moment, Terms
from bot.domain.packages import Catalog, Expiration, Scope

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
GENERAL = Catalog("c-general", "General")
PARTNERS = Catalog("c-partners", "Partners")
APP = Resource(System.APPLICATION, "sp-app4guest", "App4Guest", "r-app4guest")
DEFAULT = Role(DEFAULT_ACCESS, "Default Access")
ARTICLE = Blueprint(
    "Invited users package",
    GENERAL,
    roles=(ResourceRole(APP, DEFAULT),),
    policies=(
        Terms("Initial Policy", Scope.ALL_USERS, ends=Expiration(after=timedelta(days=14)), custom_timeline=True),
    ),
)
SENTENCE = (
    '"Invited users package" app:App4Guest role:"Default access" for:all-users approve:no requests:on days:14 '
    "timeline:yes review:no"
)
MEGAN = Candidate(Subject(SubjectKind.USER, "u-megan", "Megan Bowen"), "megan@contoso.com")
ADELE = Candidate(Subject(SubjectKind.USER, "u-adele", "Adele Vance"), "adele@contoso.com")
GUEST = Candidate(Subject(SubjectKind.USER, "u-ana", "Ana Guest"), "ana@fabrikam.com", is_guest=True)
GONE = Candidate(Subject(SubjectKind.USER, "u-gone", "Gone Person"), "gone@contoso.com", enabled=False)
APPROVERS = Candidate(Subject(SubjectKind.GROUP, "g-approvers", "Approvers"))


def _application(name: str, origin: str, *roles: str) -> ResourceCandidate:
    return ResourceCandidate(
        Resource(System.APPLICATION, origin, name), tuple(Role(f"{origin}-{role}", role) for role in roles)
    )


def _group(name: str, origin: str, *, is_dynamic: bool = False, is_synced: bool = False) -> ResourceCandidate:
    roles = (Role(f"Member_{origin}", "Member"), Role(f"Owner_{origin}", "Owner"))
    return ResourceCandidate(Resource(System.GROUP, origin, name), roles, is_dynamic=is_dynamic, is_synced=is_synced)


FOUND = Found(
    catalogs=(GENERAL, PARTNERS),
    packages=(PackageName("p-old", "Old package", GENERAL.id), PackageName("p-two", "Second", PARTNERS.id)),
    organizations=(
        ConnectedOrganization("o-fabrikam", "Fabrikam", sources=(IdentitySource("Fabrikam", "fabrikam.com"),)),
        ConnectedOrganization("o-tailspin", "Tailspin"),
    ),
    resources={
        (System.APPLICATION, "App4Guest"): (ResourceCandidate(APP, ()),),
        (System.APPLICATION, "CRM"): (_application("CRM", "sp-crm", "Reader", "Writer"),),
        (System.APPLICATION, "Twin"): (_application("Twin", "sp-1"), _application("Twin", "sp-2")),
        (System.GROUP, "Designers"): (_group("Designers", "g-designers"),),
        (System.GROUP, "Everybody"): (_group("Everybody", "g-everybody", is_dynamic=True),),
        (System.GROUP, "Legacy"): (_group("Legacy", "g-legacy", is_synced=True),),
    },
    subjects={
        "Megan Bowen": (MEGAN,),
        "megan@contoso.com": (MEGAN,),
        "Adele": (ADELE,),
        "Bowen": (MEGAN, Candidate(Subject(SubjectKind.USER, "u-bob", "Bob Bowen"), "bob@contoso.com")),
        "Ana Guest": (GUEST,),
        "Gone Person": (GONE,),
        "Approvers": (APPROVERS,),
    },
    extensions=(
        CustomExtension("x-hr", "Notify HR", (Moment.REQUESTED, Moment.APPROVED, Moment.GRANTED, Moment.REMOVED)),
    ),
)
