"""A file names people and things where a name means one of them only, and falls back to ids with the name beside."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from bot.domain.building.applying import applied, located
from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.exporting import filed
from bot.domain.building.filed import FiledPackage
from bot.domain.building.lookup import Found, PackageName
from bot.domain.building.resources import Resource, ResourceCandidate, ResourceRole, Role, System
from bot.domain.building.subjects import Candidate, Subject, SubjectKind
from bot.domain.building.terms import Stage, Terms
from bot.domain.packages import Catalog, Scope
from packagefiles.files import Files
from tests.domain.building.contoso import NOW, ZONE

FILES = Files()
GENERAL = Catalog("c-general", "General")
ADELE = Subject(SubjectKind.USER, "u-adele", "Adele Vance")
READERS = Resource(System.GROUP, "g-readers", "Readers")
MEMBER = Role("Member_g-readers", "Member")
MANAGER = Subject(SubjectKind.MANAGER)
PACKAGE = Blueprint(
    "Partners",
    GENERAL,
    roles=(ResourceRole(READERS, MEMBER),),
    policies=(Terms("Initial Policy", Scope.ALL_USERS, stages=(Stage((ADELE, MANAGER)),), id="t-1"),),
    incompatible_packages=(Named("p-other", "Other"),),
    id="p-partners",
)
FOUND = Found(
    catalogs=(GENERAL,),
    packages=(PackageName("p-partners", "Partners", GENERAL.id), PackageName("p-other", "Other", GENERAL.id)),
    resources={(System.GROUP, "Readers"): (ResourceCandidate(READERS, (MEMBER,)),)},
    subjects={"Adele Vance": (Candidate(ADELE),)},
)


def text(found: Found, package: Blueprint = PACKAGE) -> str:
    return FILES.write([filed(package, found, zone=ZONE)], about="", time_zone="")


def test_what_is_known_by_one_name_goes_by_it() -> None:
    written = text(FOUND)

    assert "group: Readers\n" in written
    assert "role: Member\n" in written
    assert "approvers: [Adele Vance, manager]" in written
    assert "packages: [Other]" in written
    assert "catalog: General\n" in written
    assert not re.search(r"\b[cgptu]-\w+", written)


def test_people_go_by_their_address() -> None:
    found = replace(FOUND, subjects={"Adele Vance": (Candidate(ADELE, "adele@contoso.com"),)})

    assert "approvers: [adele@contoso.com, manager]" in text(found)


def test_namesakes_go_by_id_with_the_name_beside() -> None:
    twin = Subject(SubjectKind.GROUP, "g-adele", "adele vance")
    other = ResourceCandidate(Resource(System.GROUP, "g-others", "readers"), (MEMBER,))
    found = replace(
        FOUND,
        catalogs=(GENERAL, Catalog("c-2", "general")),
        packages=(*FOUND.packages, PackageName("p-3", "Other", "c-2"), PackageName("p-4", "partners", GENERAL.id)),
        resources={(System.GROUP, "Readers"): (ResourceCandidate(READERS, (MEMBER,)), other)},
        subjects={"Adele Vance": (Candidate(ADELE), Candidate(twin))},
    )

    written = text(found)

    assert 'group: "g-readers"  # Readers' in written or "group: g-readers  # Readers" in written
    assert "- u-adele  # Adele Vance" in written
    assert "- p-other  # Other" in written
    assert "id: p-partners" in written


def test_what_is_gone_or_called_like_one_of_our_words_goes_by_id() -> None:
    named = replace(PACKAGE.policies[0], stages=(Stage((replace(ADELE, name="Manager"),)),))

    written = text(replace(FOUND, subjects={}), replace(PACKAGE, policies=(named,)))

    assert "- u-adele  # Manager" in written


def test_a_package_is_known_by_name_and_catalog_or_by_id() -> None:
    elsewhere = PackageName("p-5", "PARTNERS", "c-2")
    found = replace(FOUND, packages=(*FOUND.packages, elsewhere), catalogs=(GENERAL, Catalog("c-2", "Second")))

    def ids(said: str) -> list[str]:
        return [one.id for one in located(FILES.read(said).packages[0], found)]

    assert ids("name: Partners\ncatalog: General") == ["p-partners"]
    assert ids("name: partners") == ["p-partners", "p-5"]
    assert ids("name: New name\nid: p-5") == ["p-5"]
    assert ids("name: Nothing") == []


def read(said: str) -> FiledPackage:
    reading = FILES.read(said)
    assert reading.problems == ()
    return reading.packages[0]


def test_a_resource_is_taken_out_by_name_and_a_new_one_put_in() -> None:
    other = Resource(System.GROUP, "g-new", "New", "r-new")
    found = replace(
        FOUND, resources={(System.GROUP, "New"): (ResourceCandidate(other, (Role("Member_g-new", "Member"),)),)}
    )
    file = read("name: Partners\nresources:\n  - group: readers\n    remove: yes\n  - group: New\n    role: Member")

    result = applied(file, PACKAGE, found, now=NOW, zone=ZONE)

    assert result.wanted is not None
    assert [role.resource.name for role in result.wanted.roles] == ["New"]


def test_a_policy_of_a_new_name_is_added_beside_the_others() -> None:
    file = read("name: Partners\npolicies:\n  - name: Second\n    for: members\n    ends: never")

    result = applied(file, PACKAGE, FOUND, now=NOW, zone=ZONE)

    assert result.wanted is not None
    assert [one.name for one in result.wanted.policies] == ["Initial Policy", "Second"]


def test_the_file_in_the_guide_can_be_read() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "admin-guide.md").read_text()
    examples = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)

    readings = [FILES.read(example) for example in examples]

    assert [(len(one.packages), one.problems) for one in readings] == [(1, ())]
