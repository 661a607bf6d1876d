"""A package written to a file and applied again is the same package, whatever it is and wherever it is applied."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.building.applying import applied, located
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.changes import changes
from bot.domain.building.exporting import filed, names_to_check
from bot.domain.building.filed import FiledPackage
from bot.domain.building.lookup import Found, PackageName
from bot.domain.building.resources import ResourceCandidate, System
from bot.domain.building.subjects import Candidate
from packagefiles.files import Files
from tests.domain.building.contoso import NOW, ZONE
from tests.domain.building.generated import STRANGE, blueprints, stored, tenant_of, terms

FILES = Files()
FEWER = settings(max_examples=40)
THERE = (blueprints() | blueprints(policies=STRANGE | terms(), least=0)).map(stored)


def tenant(blueprint: Blueprint) -> Found:
    """Everything the package refers to, found by id and by name, and the package itself."""
    found = tenant_of(blueprint)
    people: dict[str, dict[str, Candidate]] = defaultdict(dict)
    things: dict[tuple[System, str], dict[str, ResourceCandidate]] = defaultdict(dict)
    for candidates in found.subjects.values():
        for one in candidates:
            for ref in (one.subject.id, one.subject.name, one.address):
                people[ref][one.subject.id] = one
    for (system, _), offered in found.resources.items():
        for each in offered:
            for ref in (each.resource.origin_id, each.resource.name):
                things[system, ref][each.resource.origin_id] = each
    own = (PackageName(blueprint.id, blueprint.name, blueprint.catalog.id),) if blueprint.id else ()
    return replace(
        found,
        packages=(*found.packages, *own),
        subjects={ref: tuple(one.values()) for ref, one in people.items()},
        resources={ref: tuple(one.values()) for ref, one in things.items()},
    )


def carried(blueprint: Blueprint, found: Found, zone: ZoneInfo) -> FiledPackage:
    """What is read from the file the package was written to."""
    text = FILES.write([filed(blueprint, found, zone=zone)], about="", time_zone=str(zone))
    reading = FILES.read(text)
    assert reading.problems == (), (reading.problems, text)
    assert reading.time_zone == str(zone)
    return reading.packages[0]


@FEWER
@given(THERE, st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland"]))
def test_applying_what_was_exported_changes_nothing(blueprint: Blueprint, zone: str) -> None:
    found = tenant(blueprint)
    file = carried(blueprint, found, ZoneInfo(zone))

    result = applied(file, blueprint, found, now=NOW, zone=ZoneInfo(zone))

    assert result.problems == ()
    assert result.wanted == blueprint
    assert [one.id for one in located(file, found)] == [blueprint.id]


@FEWER
@given(THERE)
def test_applying_it_again_needs_nobody_who_was_named_to_be_there_still(blueprint: Blueprint) -> None:
    file = carried(blueprint, tenant(blueprint), ZONE)
    emptied = replace(tenant(blueprint), subjects={}, resources={}, organizations=(), extensions=())

    result = applied(file, blueprint, emptied, now=NOW, zone=ZONE)

    assert result.problems == ()
    assert result.wanted is not None
    assert changes(blueprint, result.wanted) == ()


@FEWER
@given(blueprints())
def test_a_package_that_is_gone_is_made_again_from_its_file(blueprint: Blueprint) -> None:
    found = tenant(blueprint)
    file = carried(blueprint, found, ZONE)

    result = applied(file, None, found, now=NOW, zone=ZONE)

    assert result.problems == ()
    assert result.wanted == blueprint


@FEWER
@given(THERE)
def test_the_names_of_a_package_are_known_to_be_looked_up(blueprint: Blueprint) -> None:
    wanted, found = names_to_check(blueprint), tenant(blueprint)
    looked_up = replace(
        found,
        resources={key: one for key, one in found.resources.items() if key in wanted.resources},
        subjects={ref: one for ref, one in found.subjects.items() if ref in wanted.subjects},
    )

    assert filed(blueprint, looked_up, zone=ZONE) == filed(blueprint, found, zone=ZONE)
