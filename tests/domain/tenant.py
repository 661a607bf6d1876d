"""A small tenant as the directory would show it, for the rules that decide about invites."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.choosing import choose
from bot.domain.drafts import InviteDraft
from bot.domain.packages import AccessPackage, Catalog, Expiration, Policy, Scope
from bot.domain.people import InvitesFrom, Person, Redemption
from bot.domain.preflight import Case
from bot.domain.roles import Roles
from bot.domain.survey import Survey

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")
ANA = "ana@fabrikam.com"

GENERAL = Catalog("c1", "General")
FORTNIGHT = Expiration(after=timedelta(days=14))
OPEN_TO_ALL = Policy("po1", "All users", Scope.ALL_USERS, can_request=True, expiration=FORTNIGHT)
DIRECT = Policy("po2", "Direct", Scope.DIRECT_ONLY)
WITH_APPROVAL = replace(OPEN_TO_ALL, id="po3", needs_approval=True)
FOR_MEMBERS = Policy("po4", "Members", Scope.MEMBERS, can_request=True)

INVITED = AccessPackage("p1", "Invited users package", GENERAL, policies=(OPEN_TO_ALL,))
PROJECT = AccessPackage("p2", "Partner project", Catalog("c2", "Partners"), policies=(WITH_APPROVAL,))

ALEX = Person("alex", "Alex Wilber", "alex@contoso.com")
GUEST = Person(
    "g1", "Ana Silva", ANA, "ana_fabrikam.com#EXT#@contoso.com", is_guest=True, redemption=Redemption.ACCEPTED
)


def survey(*people: Person, packages: tuple[AccessPackage, ...] = (INVITED, PROJECT), **more: object) -> Survey:
    known = {ANA: people} if people else {}
    facts: dict[str, object] = {"invites_from": InvitesFrom.ADMINS, "licensed": True} | more
    return Survey(caller=ALEX, roles=Roles(), packages=packages, people=known, **facts)  # type: ignore[arg-type]


def case(seen: Survey, *, verb: str = "invite.submit", held: tuple = (), asked: tuple = (), **given: str) -> Case:  # type: ignore[type-arg]
    draft = InviteDraft(**({"addresses": ANA, "package": INVITED.name} | given))
    chosen = choose(draft, seen, now=NOW, zone=UTC_ZONE)
    assert not chosen.problems
    return Case(chosen.addresses[0].address, draft, chosen, seen, verb, held, asked)
